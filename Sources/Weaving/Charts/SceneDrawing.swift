import CellOutputs
import Foundation

/// Shapes in a box of coordinates, both axes on one scale.
struct SceneDrawing {
  private let scene: SceneOutput
  private let scale: Double
  private let width: Double
  private let height: Double

  private static let room = (width: 520.0, height: 380.0)
  private static let margin = 6.0

  /// `nil` where the box has no size.
  init?(_ scene: SceneOutput) {
    let (across, up) = (scene.x.high - scene.x.low, scene.y.high - scene.y.low)
    guard across > 0, up > 0, across.isFinite, up.isFinite else { return nil }
    scale = min(Self.room.width / across, Self.room.height / up)
    // A box a thousand times as long as high would be a hair.
    guard scale.isFinite, across * scale >= 1, up * scale >= 1 else { return nil }
    self.scene = scene
    width = across * scale + 2 * Self.margin
    height = up * scale + 2 * Self.margin
  }

  func svg(id: String, title: String, description: String) -> HTML {
    Weaving.svg(
      kind: "scene", id: id, title: title, description: description, width: width, height: height,
      content: "<g text-anchor=\"middle\">\n\(scene.shapes.map(shape).joined())</g>\n")
  }

  private func place(_ point: SceneOutput.Point) -> (x: Double, y: Double)? {
    let x = (point.x - scene.x.low) * scale
    let y = (scene.isDownward ? point.y - scene.y.low : scene.y.high - point.y) * scale
    guard x.isFinite, y.isFinite, abs(x) < 1e5, abs(y) < 1e5 else { return nil }
    return (x + Self.margin, y + Self.margin)
  }

  private func shape(_ shape: SceneOutput.Shape) -> HTML {
    let places = shape.points.compactMap(place)
    guard let first = places.first, places.count == shape.points.count else { return HTML() }
    let size = shape.size.isFinite ? min(max(shape.size, 0.25), 200) : 2
    let look: HTML = "class=\"\(ink(shape.ink))\(shape.isFilled ? "filled" : "drawn")\""
    let stroke: HTML =
      shape.isFilled
      ? HTML()
      : " stroke-width=\"\(coordinate(size))\"\(attribute: "stroke-dasharray", shape.isDashed ? "6 5" : nil)"
    let path = places.enumerated().map { index, place -> HTML in
      "\(index == 0 ? "M" : "L")\(coordinate(place.x)) \(coordinate(place.y))"
    }.joined()
    switch shape.form {
    case .text:
      return """
        <text\(attribute: "class", shape.ink == .ink ? nil : "ink-\(shape.ink.rawValue)") \
        x="\(coordinate(first.x))" y="\(coordinate(first.y + size * 0.36))" \
        font-size="\(coordinate(size))">\(TerminalText.plain(shape.text ?? ""))</text>

        """
    case .circle:
      let radius = (shape.radius ?? 0) * scale
      guard radius.isFinite, radius > 0, radius < 1e5 else { return HTML() }
      return """
        <circle \(look)\(stroke) cx="\(coordinate(first.x))" cy="\(coordinate(first.y))" \
        r="\(coordinate(radius))"/>

        """
    case .polygon: return "<path \(look)\(stroke) d=\"\(path)Z\"/>\n"
    case .line: return "<path class=\"\(ink(shape.ink))drawn\"\(stroke) d=\"\(path)\"/>\n"
    case .arrow:
      return "<path class=\"\(ink(shape.ink))drawn\"\(stroke) d=\"\(path)\"/>"
        + head(places, size: size, ink: shape.ink)
    }
  }

  /// The class of a colour; the text's own needs none.
  private func ink(_ ink: SceneOutput.Ink) -> String { ink == .ink ? "" : "ink-\(ink.rawValue) " }

  private func head(_ places: [(x: Double, y: Double)], size: Double, ink: SceneOutput.Ink) -> HTML {
    guard places.count > 1 else { return HTML() }
    let (a, b) = (places[places.count - 2], places[places.count - 1])
    let length = hypot(b.x - a.x, b.y - a.y)
    guard length > 0 else { return HTML() }
    let reach = min(5 + 2.5 * size, max(length * 0.6, 4))
    let (ux, uy) = ((b.x - a.x) / length * reach, (b.y - a.y) / length * reach)
    return """
      <path class="\(self.ink(ink))filled" d="M\(coordinate(b.x)) \(coordinate(b.y))\
      L\(coordinate(b.x - ux - uy * 0.45)) \(coordinate(b.y - uy + ux * 0.45))\
      L\(coordinate(b.x - ux + uy * 0.45)) \(coordinate(b.y - uy - ux * 0.45))Z"/>

      """
  }
}
