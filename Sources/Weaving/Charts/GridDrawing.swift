import CellOutputs
import Foundation

/// A world of squares: values as colours and numbers, a policy as arrows, walls hatched.
struct GridDrawing {
  private let grid: GridOutput
  private let size: Double
  private let scale: ColorScale?
  private var hasNumbers: Bool { size >= 44 }

  init(_ grid: GridOutput) {
    self.grid = grid
    size = max(14, min(68, 600 / Double(grid.columns)))
    let hasValues = grid.cells.contains { $0.value?.isFinite == true }
    scale = hasValues ? ColorScale(low: grid.low, high: grid.high, map: ColorMap(grid.scale)) : nil
  }

  func svg(id: String, title: String, description: String) -> HTML {
    let (width, height) = (Double(grid.columns) * size + 4, Double(grid.rows) * size + 4)
    let needsLegend = scale != nil && !hasNumbers
    let hatch: HTML = """
      <defs><pattern id="\(id)-wall" width="7" height="7" patternUnits="userSpaceOnUse" \
      patternTransform="rotate(45)"><path class="hatch" d="M0 0V7"/></pattern></defs>

      """
    // A hole's border is seen only if no neighbour is painted over it.
    let indices = grid.cells.indices
    let squares =
      (indices.filter { grid.cells[$0].ground != .hole } + indices.filter { grid.cells[$0].ground == .hole })
      .map { square($0, id: id) }.joined()
    let contents = grid.cells.indices.map(content).joined()
    let legend = needsLegend ? scale?.legend(id: id, width: max(width, 200), y: height + 8) : nil
    return Weaving.svg(
      kind: "map grid", id: id, title: title, description: description,
      width: needsLegend ? max(width, 200) : width, height: height + (needsLegend ? 28 : 0),
      content: hatch + squares + path + contents + (legend ?? HTML()))
  }

  private func corner(_ index: Int) -> (x: Double, y: Double) {
    (Double(index % grid.columns) * size + 2, Double(index / grid.columns) * size + 2)
  }

  private func square(_ index: Int, id: String) -> HTML {
    let cell = grid.cells[index]
    let (x, y) = corner(index)
    let color = color(cell)
    let fill: HTML = cell.ground == .wall ? " style=\"fill:url(#\(id)-wall)\"" : HTML()
    let paint: HTML = color.map { " style=\"fill:\($0.css)\"" } ?? fill
    let kind: HTML = "square ground-\(cell.ground.rawValue)"
    return """
      <rect class="\(kind)"\(paint) x="\(coordinate(x))" y="\(coordinate(y))" width="\(coordinate(size))" \
      height="\(coordinate(size))"/>

      """
  }

  private func color(_ cell: GridOutput.Cell) -> Color? {
    cell.ground == .wall ? nil : cell.value.flatMap { value in scale.map { $0.color(of: value) } }
  }

  /// A square's word or arrows, and its number.
  private func content(_ index: Int) -> HTML {
    let cell = grid.cells[index]
    if cell.ground == .wall { return HTML() }
    var result = HTML()
    let (x, y) = corner(index)
    let ink = color(cell)?.ink.css
    let (cx, cy) = (x + size / 2, y + size / 2)
    let number = hasNumbers ? cell.value.map { Numbers.fixed($0, grid.decimals) } : nil
    let word = TerminalText.plain(cell.text ?? (cell.arrows == nil ? cell.ground.mark : ""))
    if !word.isEmpty {
      result += text(word, cx, number == nil ? cy : cy - size * 0.12, size * 0.3, ink, isBold: true)
    } else if let arrows = cell.arrows {
      result += self.arrows(arrows, cx, number == nil ? cy : cy - size * 0.13, ink)
    }
    if let number {
      let isAlone = word.isEmpty && cell.arrows == nil
      result += text(number, cx, isAlone ? cy : cy + size * 0.33, min(13, size * 0.2), ink, isBold: false)
    }
    return result
  }

  private func text(
    _ text: String, _ x: Double, _ y: Double, _ size: Double, _ ink: String?, isBold: Bool
  ) -> HTML {
    let size = min(size, self.size * 0.92 / max(textWidth(text, size: 1), 0.1))
    return """
      <text\(attribute: "class", grid.path == nil ? nil : "halo")\(attribute: "style", ink.map { "fill:\($0)" }) x="\(coordinate(x))" y="\(coordinate(y + size * 0.36))" \
      text-anchor="middle" font-size="\(coordinate(size))"\(attribute: "font-weight", isBold ? "600" : nil)>\
      \(text)</text>

      """
  }

  /// Each arrow from near the middle outwards; of several, all from the middle.
  private func arrows(_ arrows: String, _ x: Double, _ y: Double, _ ink: String?) -> HTML {
    let steps = arrows.compactMap { GridOutput.steps[String($0)] }
    guard !steps.isEmpty else {
      return text(TerminalText.plain(arrows), x, y, size * 0.3, ink, isBold: false)
    }
    let reach = size * 0.2
    return steps.map { step -> HTML in
      let length = hypot(Double(step.right), Double(step.down))
      let (ux, uy) = (Double(step.right) / length, Double(step.down) / length)
      let start = steps.count == 1 ? -reach : 0
      let (tx, ty) = (x + ux * reach, y + uy * reach)
      let head = size * 0.11
      let wing: HTML = """
        M\(coordinate(tx - (ux + uy) * head)) \(coordinate(ty - (uy - ux) * head))L\(coordinate(tx)) \
        \(coordinate(ty))L\(coordinate(tx - (ux - uy) * head)) \(coordinate(ty - (uy + ux) * head))
        """
      return """
        <path class="way"\(attribute: "style", ink.map { "stroke:\($0)" }) \
        d="M\(coordinate(x + ux * start)) \(coordinate(y + uy * start))L\(coordinate(tx)) \(coordinate(ty))\
        \(wing)"/>

        """
    }.joined()
  }

  /// The way through the world, from the middle of one square to that of the next.
  private var path: HTML {
    guard let path = grid.path?.filter({ grid.cells.indices.contains($0) }), path.count > 1 else {
      return HTML()
    }
    let corners = path.map { index -> HTML in
      let (x, y) = corner(index)
      return "\(coordinate(x + size / 2)) \(coordinate(y + size / 2))"
    }.joined(separator: "L")
    return """
      <path class="way-halo" d="M\(corners)"/><path class="way-path" d="M\(corners)"/>

      """
  }
}

extension GridOutput.Cell.Ground {
  fileprivate var mark: String {
    switch self {
    case .floor, .wall: ""
    case .hole: "H"
    case .goal: "G"
    case .start: "S"
    }
  }
}
