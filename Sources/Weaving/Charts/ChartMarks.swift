import CellOutputs

extension ChartDrawing {
  /// How the lines of series differ besides their colours.
  private static let dashes = ["", "7 4", "2 4", "10 4 2 4", "1 5", "14 5"]

  /// More points than this on a line are drawn as the least and the greatest of each step across.
  private static let lineLimit = 1200

  func marks(_ index: Int) -> HTML {
    let content: HTML =
      switch chart.series[index].mark {
      case .line: line(index)
      case .scatter: points(index)
      case .bar: bars(index)
      }
    return "<g class=\"series-\(index % 6 + 1)\">\(content)</g>\n"
  }

  private func line(_ index: Int) -> HTML {
    let series = chart.series[index]
    var path = HTML()
    var isDrawing = false
    for (x, y) in thinned(Array(zip(series.x, series.y))) {
      // A value that cannot be shown leaves a gap.
      guard let across = across(x), let down = down(y) else {
        isDrawing = false
        continue
      }
      path += "\(isDrawing ? "L" : "M")\(number(across)) \(number(down))"
      isDrawing = true
    }
    guard !path.isEmpty else { return HTML() }
    let dash = Self.dashes[index % Self.dashes.count]
    let curve: HTML = """
      <path class="curve" d="\(path)" \
      stroke-width="2"\(attribute: "stroke-dasharray", dash.isEmpty ? nil : dash)/>
      """
    // A few points are marked, since they, and not the line between them, are the data.
    return series.x.count <= 12 ? curve + points(index) : curve
  }

  private func thinned(_ points: [(Double, Double)]) -> [(Double, Double)] {
    guard points.count > Self.lineLimit else { return points }
    let size = points.count * 2 / Self.lineLimit
    return stride(from: 0, to: points.count, by: size).flatMap { start -> [(Double, Double)] in
      let part = points[start..<min(start + size, points.count)]
      let finite = part.indices.filter { part[$0].1.isFinite }
      guard let low = finite.min(by: { part[$0].1 < part[$1].1 }),
        let high = finite.max(by: { part[$0].1 < part[$1].1 })
      else { return [part[part.startIndex]] }
      return low == high ? [part[low]] : [part[min(low, high)], part[max(low, high)]]
    }
  }

  private func points(_ index: Int) -> HTML {
    let series = chart.series[index]
    let radius = series.x.count > 400 ? 2.2 : 3.6
    return zip(series.x, series.y).map { x, y -> HTML in
      guard let across = across(x), let down = down(y) else { return HTML() }
      return shape(index, across, down, radius: radius)
    }.joined()
  }

  /// A disc, a square, a triangle, a diamond: the series' own shape.
  func shape(_ index: Int, _ x: Double, _ y: Double, radius r: Double) -> HTML {
    switch index % 4 {
    case 0: "<circle class=\"mark\" cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"\(number(r))\"/>"
    case 1:
      """
      <rect class="mark" x="\(number(x - r * 0.9))" y="\(number(y - r * 0.9))" width="\(number(r * 1.8))" \
      height="\(number(r * 1.8))"/>
      """
    case 2:
      """
      <path class="mark" d="M\(number(x)) \(number(y - r * 1.2))L\(number(x + r * 1.1)) \
      \(number(y + r * 0.8))\
      L\(number(x - r * 1.1)) \(number(y + r * 0.8))Z"/>
      """
    default:
      """
      <path class="mark" d="M\(number(x)) \(number(y - r * 1.3))L\(number(x + r * 1.3)) \(number(y))\
      L\(number(x)) \(number(y + r * 1.3))L\(number(x - r * 1.3)) \(number(y))Z"/>
      """
    }
  }

  private func bars(_ index: Int) -> HTML {
    let group = chart.series.indices.filter { chart.series[$0].mark == .bar }
    let position = group.firstIndex(of: index) ?? 0
    let spacing = Self.barSpacing(chart)
    guard let a = across(x.low), let b = across(x.low + spacing) else { return HTML() }
    let width = (b - a) * 0.8 / Double(group.count)
    let base = down(y.isLogarithmic ? y.low : 0) ?? bottom
    let series = chart.series[index]
    return zip(series.x, series.y).map { x, y -> HTML in
      guard let across = across(x), let end = down(y) else { return HTML() }
      let left = across + (Double(position) - Double(group.count) / 2) * width
      return """
        <rect class="mark" x="\(number(left))" y="\(number(min(end, base)))" \
        width="\(number(max(width, 1)))" \
        height="\(number(abs(end - base)))"/>
        """
    }.joined()
  }

  /// Each line's name at its right end, moved apart where two would overlap.
  var lineLabels: HTML {
    guard chart.hasSeveralSeries else { return HTML() }
    var labels: [(index: Int, y: Double)] = []
    for (index, series) in chart.series.enumerated() where series.mark == .line {
      guard
        let y = zip(series.x, series.y).reversed().lazy.compactMap({ across($0) == nil ? nil : down($1) })
          .first
      else { continue }
      labels.append((index, y))
    }
    labels.sort { ($0.y, $0.index) < ($1.y, $1.index) }
    let gap = 15.0
    for i in labels.indices.dropFirst() { labels[i].y = max(labels[i].y, labels[i - 1].y + gap) }
    if let last = labels.indices.last, labels[last].y > bottom {
      labels[last].y = bottom
      for i in labels.indices.dropLast().reversed() { labels[i].y = min(labels[i].y, labels[i + 1].y - gap) }
    }
    return labels.map { label -> HTML in
      """
      <text class="series series-\(label.index % 6 + 1) halo" x="\(number(right + 6))" \
      y="\(number(label.y + 4.5))">\
      \(chart.series[label.index].name)</text>

      """
    }.joined()
  }
}
