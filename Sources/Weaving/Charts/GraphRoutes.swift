import CellOutputs
import Foundation

/// The ways of a graph's edges between its nodes, and the places of their labels, so that as little as possible
/// is covered.
struct GraphRoutes {
  typealias Place = (x: Double, y: Double)

  /// A curve of four points.
  struct Route {
    var start: Place
    var first: Place
    var second: Place
    var end: Place

    func place(_ t: Double) -> Place {
      let u = 1 - t
      let (a, b, c, d) = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
      return (
        a * start.x + b * first.x + c * second.x + d * end.x,
        a * start.y + b * first.y + c * second.y + d * end.y
      )
    }

    var isStraight: Bool {
      let middle = place(0.5)
      return hypot(middle.x - (start.x + end.x) / 2, middle.y - (start.y + end.y) / 2) < 0.5
    }
  }

  struct Label {
    var text: String
    var frame: GraphLayout.Frame
  }

  /// How far along its edge a label stands, where nothing is in its way.
  static let labelPlace = 0.3

  private(set) var routes: [Route] = []
  private(set) var labels: [Label] = []
  private let layout: GraphLayout
  private let isRing: Bool

  init(_ graph: GraphOutput, _ layout: GraphLayout) {
    self.layout = layout
    isRing = graph.arrangement == .ring
    var labelled: [(String, Route)] = []
    for (index, edge) in graph.edges.enumerated() {
      guard let a = layout.box(edge.from), let b = layout.box(edge.to) else { continue }
      let earlier = graph.edges[..<index]
      let rank = earlier.count { $0.from == edge.from && $0.to == edge.to }
      let isAlone = !graph.edges.enumerated().contains {
        $0.offset != index && Set([$0.element.from, $0.element.to]) == Set([edge.from, edge.to])
      }
      let route = edge.from == edge.to ? loop(a, rank) : best(a, b, rank: rank, isAlone: isAlone)
      routes.append(route)
      if let label = edge.label, !label.isEmpty { labelled.append((label, route)) }
    }
    // A loop is short: its label has the first choice.
    for (text, route) in labelled.filter({ Self.isLoop($0.1) }) + labelled.filter({ !Self.isLoop($0.1) }) {
      labels.append(Label(text: text, frame: place(text, on: route)))
    }
  }

  // MARK: Ways

  /// The least bent way that runs into no other node. Of several edges between two nodes each has a bend of its
  /// own; that of the way back is on the other side.
  private func best(_ a: GraphLayout.Box, _ b: GraphLayout.Box, rank: Int, isAlone: Bool) -> Route {
    let own = 26 + 40 * Double(rank)
    let bends = isAlone ? [0, 34, -34, 70, -70, 120, -120, 180, -180] : [own, own + 26, own + 64]
    let others = layout.boxes.filter { $0.node.id != a.node.id && $0.node.id != b.node.id }
    func hits(_ route: Route) -> Int {
      (1..<24).count { step in
        let place = route.place(Double(step) / 24)
        return others.contains { $0.frame.contains(place, margin: 5) }
      }
    }
    let candidates = bends.map { route(a, b, bend: $0) }
    return candidates.first { hits($0) == 0 } ?? candidates.min { hits($0) < hits($1) }!
  }

  private func route(_ a: GraphLayout.Box, _ b: GraphLayout.Box, bend: Double) -> Route {
    let isSideways = !isRing && a.node.layer != b.node.layer
    var (from, to): (Place, Place) = ((x: a.x, y: a.y), (x: b.x, y: b.y))
    if isSideways {
      from.x = a.x < b.x ? a.right : a.left
      to.x = a.x < b.x ? b.left : b.right
    }
    let length = max(hypot(to.x - from.x, to.y - from.y), 1)
    let (nx, ny) = ((to.y - from.y) / length * bend * 4 / 3, -(to.x - from.x) / length * bend * 4 / 3)
    let first = (x: from.x + (to.x - from.x) * 0.3 + nx, y: from.y + (to.y - from.y) * 0.3 + ny)
    let second = (x: from.x + (to.x - from.x) * 0.7 + nx, y: from.y + (to.y - from.y) * 0.7 + ny)
    return isSideways
      ? Route(start: from, first: first, second: second, end: to)
      : Route(start: a.edge(towards: first), first: first, second: second, end: b.edge(towards: second))
  }

  /// From a node back to itself, over it or, in the lower half of a ring, under it.
  private func loop(_ box: GraphLayout.Box, _ rank: Int) -> Route {
    let sign = isRing && box.y > 0 ? 1.0 : -1
    let (y, reach) = (box.y + sign * box.height / 2, sign * (46 + 30 * Double(rank)))
    let wide = 26 + 10 * Double(rank)
    return Route(
      start: (box.x - 10, y), first: (box.x - wide, y + reach), second: (box.x + wide, y + reach),
      end: (box.x + 10, y))
  }

  private static func isLoop(_ route: Route) -> Bool {
    abs(route.start.y - route.end.y) < 0.1 && abs(route.end.x - route.start.x) < 21
  }

  // MARK: Labels

  private func place(_ text: String, on route: Route) -> GraphLayout.Frame {
    let isLoop = Self.isLoop(route)
    let alongColumns = [Self.labelPlace, 0.24, 0.4, 0.5, 0.62, 0.18, 0.72]
    let alongRing = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74]
    let places = isLoop ? [0.5, 0.42, 0.58] : isRing ? alongRing : alongColumns
    let frames = places.map { t -> GraphLayout.Frame in
      let place = route.place(t)
      return GraphLayout.Frame(x: place.x, y: place.y, width: textWidth(text, size: 12) + 4, height: 15)
    }
    func covered(_ frame: GraphLayout.Frame) -> Double {
      layout.boxes.reduce(0) { $0 + 3 * frame.overlap($1.frame) }
        + labels.reduce(0) { $0 + frame.overlap($1.frame) }
    }
    return frames.first { covered($0) == 0 } ?? frames.min { covered($0) < covered($1) }!
  }
}
