import CellOutputs
import Foundation

/// Where the nodes of a graph stand: in columns from left to right, or on a ring.
struct GraphLayout {
  struct Box {
    var node: GraphOutput.Node
    var x: Double
    var y: Double
    var width: Double
    var height: Double
    var left: Double { x - width / 2 }
    var right: Double { x + width / 2 }
    var frame: Frame { Frame(x: x, y: y, width: width, height: height) }

    /// Where a line from the middle to another place leaves the box.
    func edge(towards place: (x: Double, y: Double)) -> (x: Double, y: Double) {
      let (dx, dy) = (place.x - x, place.y - y)
      guard dx != 0 || dy != 0 else { return (x, y - height / 2) }
      let share = min(
        dx == 0 ? .infinity : width / 2 / abs(dx), dy == 0 ? .infinity : height / 2 / abs(dy))
      return (x + dx * share, y + dy * share)
    }
  }

  /// A rectangle around a middle.
  struct Frame {
    var x: Double
    var y: Double
    var width: Double
    var height: Double

    /// How much of another one this one covers.
    func overlap(_ other: Frame) -> Double {
      let across =
        min(x + width / 2, other.x + other.width / 2) - max(x - width / 2, other.x - other.width / 2)
      let down =
        min(y + height / 2, other.y + other.height / 2) - max(y - height / 2, other.y - other.height / 2)
      return max(0, across) * max(0, down)
    }

    func contains(_ place: (x: Double, y: Double), margin: Double) -> Bool {
      abs(place.x - x) < width / 2 + margin && abs(place.y - y) < height / 2 + margin
    }
  }

  static let lineHeight = 16.0
  private static let narrowestGap = 52.0
  private static let narrowestLabelledGap = 110.0
  private static let rowGap = 34.0

  let boxes: [Box]
  private let places: [String: Int]

  init(_ graph: GraphOutput) {
    boxes = graph.arrangement == .ring ? Self.ring(graph) : Self.columns(graph)
    places = Dictionary(zip(boxes.map(\.node.id), boxes.indices), uniquingKeysWith: { first, _ in first })
  }

  func box(_ id: String) -> Box? { places[id].map { boxes[$0] } }

  private static func box(_ node: GraphOutput.Node) -> Box {
    let details = node.details.map { textWidth($0, size: 12) }
    let widest = ([textWidth(node.label) * 1.06] + details).max() ?? 0
    return Box(
      node: node, x: 0, y: 0, width: max(44, widest + 22),
      height: 26 + Double(node.details.count) * lineHeight)
  }

  private static func columns(_ graph: GraphOutput) -> [Box] {
    let layers = Set(graph.nodes.map(\.layer)).sorted()
    let columns = layers.map { layer in graph.nodes.filter { $0.layer == layer }.map(box) }
    let heights = columns.map { column in
      column.map(\.height).reduce(0, +) + Double(max(column.count - 1, 0)) * rowGap
    }
    let tallest = heights.max() ?? 0
    var boxes: [Box] = []
    var x = 0.0
    for (column, own) in zip(columns, heights) {
      let widest = column.map(\.width).max() ?? 0
      var y = (tallest - own) / 2
      for var box in column {
        (box.x, box.y) = (x + widest / 2, y + box.height / 2)
        boxes.append(box)
        y += box.height + rowGap
      }
      let ids = Set(column.map(\.node.id))
      x += widest + gap(for: graph.edges.filter { ids.contains($0.from) })
    }
    return boxes
  }

  /// Room between two columns, so that no label of `edges` covers the node that it leaves.
  private static func gap(for edges: [GraphOutput.Edge]) -> Double {
    let widths = edges.compactMap(\.label).map { textWidth($0, size: 12) }
    // An arrow alone needs little, and a figure of many columns has none to give away.
    guard let widest = widths.max() else { return narrowestGap }
    return max(narrowestLabelledGap, (widest / 2 + 6) / GraphRoutes.labelPlace)
  }

  /// From the left over the top, so wide that the labels between neighbours have room.
  private static func ring(_ graph: GraphOutput) -> [Box] {
    let boxes = graph.nodes.map(box)
    guard boxes.count > 1 else { return boxes }
    let widest = boxes.map(\.width).max() ?? 0
    let label = graph.edges.compactMap(\.label).map { textWidth($0, size: 12) }.max() ?? 0
    let around = Double(boxes.count) * (widest + max(60, min(label, 130) + 24))
    let radius = max(105, around / (2 * .pi))
    return boxes.enumerated().map { index, box in
      let angle = .pi + 2 * .pi * Double(index) / Double(boxes.count)
      var box = box
      (box.x, box.y) = (radius * 1.2 * cos(angle), radius * 0.85 * sin(angle))
      return box
    }
  }
}
