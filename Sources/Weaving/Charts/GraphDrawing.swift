import CellOutputs
import Foundation

/// A graph in layers from left to right: values in the nodes, weights on the edges.
struct GraphDrawing {
  private struct Box {
    var node: GraphOutput.Node
    var x: Double
    var y: Double
    var width: Double
    var height: Double
    var left: Double { x - width / 2 }
    var right: Double { x + width / 2 }
  }

  let graph: GraphOutput
  private let boxes: [Box]
  private let places: [String: Int]
  private let width: Double
  private let height: Double

  private static let narrowestGap = 110.0
  /// How far along its edge a label stands.
  private static let labelPlace = 0.3
  private static let rowGap = 34.0
  private static let lineHeight = 16.0

  init(_ graph: GraphOutput) {
    self.graph = graph
    let layers = Set(graph.nodes.map(\.layer)).sorted()
    let title = graph.title == nil ? 0.0 : 30
    func size(_ node: GraphOutput.Node) -> (width: Double, height: Double) {
      let widest = ([node.label] + node.details).map(Self.width).max() ?? 0
      return (max(44, widest + 22), 26 + Double(node.details.count) * Self.lineHeight)
    }
    let columns = layers.map { layer in graph.nodes.filter { $0.layer == layer } }
    let heights = columns.map { column in
      column.map { size($0).height }.reduce(0, +) + Double(max(column.count - 1, 0)) * Self.rowGap
    }
    let tallest = heights.max() ?? 0
    var boxes: [Box] = []
    var x = 8.0
    var end = x
    for (column, own) in zip(columns, heights) {
      let gap = Self.gap(for: graph.edges.filter { edge in column.contains { $0.id == edge.from } })
      let widest = column.map { size($0).width }.max() ?? 0
      var y = title + 8 + (tallest - own) / 2
      for node in column {
        let size = size(node)
        boxes.append(
          Box(node: node, x: x + widest / 2, y: y + size.height / 2, width: size.width, height: size.height))
        y += size.height + Self.rowGap
      }
      x += widest + gap
      end = x - gap
    }
    self.boxes = boxes
    places = Dictionary(zip(boxes.map(\.node.id), boxes.indices), uniquingKeysWith: { first, _ in first })
    width = max(end + 8, 60)
    height = title + tallest + 16
  }

  /// Room between two columns, so that no label of `edges` covers the node that it leaves.
  private static func gap(for edges: [GraphOutput.Edge]) -> Double {
    let widest = edges.compactMap(\.label).map(width).max() ?? 0
    return max(narrowestGap, (widest / 2 + 6) / labelPlace)
  }

  /// About as wide as the text will be: wide characters count double.
  private static func width(_ text: String) -> Double {
    text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 13 : $1.properties.isDiacritic ? 0 : 7.4) }
  }

  func svg(id: String, title: String, description: String) -> HTML {
    let heading: HTML =
      graph.title.map { text -> HTML in
        """
        <text x="\(coordinate(width / 2))" y="18" text-anchor="middle" font-size="15" font-weight="600">\(text)</text>

        """
      } ?? HTML()
    let edges = graph.edges.enumerated().map(edge).joined()
    let labels = graph.edges.enumerated().map(label).joined()
    return """
      <svg class="graph" viewBox="0 0 \(coordinate(width)) \(coordinate(height))" width="\(coordinate(width))" height="\(coordinate(height))" \
      role="img" \
      aria-labelledby="\(id)-title" aria-describedby="\(id)-desc" font-size="13">
      <title id="\(id)-title">\(title)</title>
      <desc id="\(id)-desc">\(description)</desc>
      \(heading)\(edges)\(boxes.map(node).joined())\(labels)</svg>

      """
  }

  private func node(_ box: Box) -> HTML {
    var y = box.y - box.height / 2 + 18
    var result: HTML = """
      <rect class="node" x="\(coordinate(box.left))" y="\(coordinate(box.y - box.height / 2))" width="\(coordinate(box.width))" \
      height="\(coordinate(box.height))" rx="8"/>
      <text x="\(coordinate(box.x))" y="\(coordinate(y))" text-anchor="middle" font-weight="600">\(box.node.label)</text>

      """
    for detail in box.node.details {
      y += Self.lineHeight
      result += """
        <text class="detail" x="\(coordinate(box.x))" y="\(coordinate(y))" text-anchor="middle" font-size="12">\(detail)</text>

        """
    }
    return result
  }

  /// Where an edge starts and ends, on the boxes' sides; `nil` for an edge of unknown nodes.
  private func ends(_ edge: GraphOutput.Edge) -> (x1: Double, y1: Double, x2: Double, y2: Double)? {
    guard let a = places[edge.from].map({ boxes[$0] }), let b = places[edge.to].map({ boxes[$0] }) else {
      return nil
    }
    if a.node.id == b.node.id { return nil }
    if a.x < b.x { return (a.right, a.y, b.left, b.y) }
    if a.x > b.x { return (a.left, a.y, b.right, b.y) }
    return a.y < b.y
      ? (a.x, a.y + a.height / 2, b.x, b.y - b.height / 2)
      : (a.x, a.y - a.height / 2, b.x, b.y + b.height / 2)
  }

  private func edge(_ index: Int, _ edge: GraphOutput.Edge) -> HTML {
    guard let (x1, y1, x2, y2) = ends(edge) else { return HTML() }
    let length = max(hypot(x2 - x1, y2 - y1), 1)
    let (ux, uy) = ((x2 - x1) / length, (y2 - y1) / length)
    let (bx, by) = (x2 - 8 * ux, y2 - 8 * uy)
    return """
      <path class="edge" d="M\(coordinate(x1)) \(coordinate(y1))L\(coordinate(bx)) \(coordinate(by))"/>\
      <path class="arrow" d="M\(coordinate(x2)) \(coordinate(y2))L\(coordinate(bx - 4 * uy)) \(coordinate(by + 4 * ux))L\(coordinate(bx + 4 * uy)) \
      \(coordinate(by - 4 * ux))Z"/>

      """
  }

  /// Labels stand near the edge's start, where edges have not yet crossed; those of one node at different
  /// distances.
  private func label(_ index: Int, _ edge: GraphOutput.Edge) -> HTML {
    guard let text = edge.label, let (x1, y1, x2, y2) = ends(edge) else { return HTML() }
    let siblings = graph.edges.indices.filter { graph.edges[$0].from == edge.from }
    let rank = siblings.firstIndex(of: index) ?? 0
    let t = siblings.count > 3 ? [0.24, 0.44, 0.64][rank % 3] : Self.labelPlace
    return """
      <text class="halo" x="\(coordinate(x1 + (x2 - x1) * t))" y="\(coordinate(y1 + (y2 - y1) * t + 4))" text-anchor="middle" \
      font-size="12">\(text)</text>

      """
  }
}
