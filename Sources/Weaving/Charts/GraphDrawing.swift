import CellOutputs
import Foundation

/// A graph: values in the nodes, weights on the edges.
struct GraphDrawing {
  let layout: GraphLayout
  let routes: GraphRoutes
  private let title: String?
  /// The drawing's corner and size: all that is drawn lies within.
  let bounds: (x: Double, y: Double, width: Double, height: Double)

  init(_ graph: GraphOutput) {
    layout = GraphLayout(graph)
    routes = GraphRoutes(graph, layout)
    title = graph.title
    var (left, right, top, bottom) = (Double.infinity, -Double.infinity, Double.infinity, -Double.infinity)
    func take(_ x: Double, _ y: Double, _ width: Double = 0, _ height: Double = 0) {
      (left, right) = (min(left, x - width / 2), max(right, x + width / 2))
      (top, bottom) = (min(top, y - height / 2), max(bottom, y + height / 2))
    }
    for frame in layout.boxes.map(\.frame) + routes.labels.map(\.frame) {
      take(frame.x, frame.y, frame.width, frame.height)
    }
    for route in routes.routes {
      for step in 0...16 {
        let place = route.place(Double(step) / 16)
        take(place.x, place.y)
      }
    }
    if layout.boxes.isEmpty { (left, right, top, bottom) = (0, 60, 0, 20) }
    let head = graph.title == nil ? 0.0 : 30
    let room = max(right - left, graph.title.map { textWidth($0, size: 15) * 1.1 } ?? 0)
    bounds = ((left + right - room) / 2 - 8, top - 8 - head, room + 16, bottom - top + 16 + head)
  }

  func svg(id: String, title: String, description: String) -> HTML {
    let heading: HTML =
      self.title.map { text -> HTML in
        """
        <text x="\(x(bounds.x + bounds.width / 2))" y="18" text-anchor="middle" font-size="15" \
        font-weight="600">\(text)</text>

        """
      } ?? HTML()
    return Weaving.svg(
      kind: "graph", id: id, title: title, description: description, width: bounds.width,
      height: bounds.height,
      content: heading + routes.routes.map(edge).joined() + layout.boxes.map(node).joined()
        + routes.labels.map(label).joined())
  }

  private func x(_ value: Double) -> HTML { coordinate(value - bounds.x) }
  private func y(_ value: Double) -> HTML { coordinate(value - bounds.y) }

  private func node(_ box: GraphLayout.Box) -> HTML {
    var line = box.y - box.height / 2 + 18
    var result: HTML = """
      <rect class="node" x="\(x(box.left))" y="\(y(box.y - box.height / 2))" \
      width="\(coordinate(box.width))" height="\(coordinate(box.height))" rx="8"/>
      <text x="\(x(box.x))" y="\(y(line))" text-anchor="middle" font-weight="600">\(box.node.label)</text>

      """
    for detail in box.node.details {
      line += GraphLayout.lineHeight
      result += """
        <text class="detail" x="\(x(box.x))" y="\(y(line))" text-anchor="middle" font-size="12">\(detail)</text>

        """
    }
    return result
  }

  private func edge(_ route: GraphRoutes.Route) -> HTML {
    // The head points where the end of the curve leads.
    let before = route.isStraight ? route.start : route.place(0.92)
    let length = max(hypot(route.end.x - before.x, route.end.y - before.y), 1)
    let (ux, uy) = ((route.end.x - before.x) / length, (route.end.y - before.y) / length)
    let (bx, by) = (route.end.x - 8 * ux, route.end.y - 8 * uy)
    let way: HTML =
      route.isStraight
      ? "L\(x(bx)) \(y(by))"
      : "C\(x(route.first.x)) \(y(route.first.y)) \(x(route.second.x)) \(y(route.second.y)) \(x(bx)) \(y(by))"
    return """
      <path class="edge" d="M\(x(route.start.x)) \(y(route.start.y))\(way)"/>\
      <path class="arrow" d="M\(x(route.end.x)) \(y(route.end.y))L\(x(bx - 4 * uy)) \(y(by + 4 * ux))\
      L\(x(bx + 4 * uy)) \(y(by - 4 * ux))Z"/>

      """
  }

  private func label(_ label: GraphRoutes.Label) -> HTML {
    let frame = label.frame
    return """
      <rect class="plate" x="\(x(frame.x - frame.width / 2))" y="\(y(frame.y - frame.height / 2))" \
      width="\(coordinate(frame.width))" height="\(coordinate(frame.height))"/>\
      <text x="\(x(frame.x))" y="\(y(frame.y + 4))" text-anchor="middle" font-size="12">\(label.text)</text>

      """
  }
}
