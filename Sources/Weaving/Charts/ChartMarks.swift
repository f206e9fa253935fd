import CellOutputs

extension ChartDrawing {
  /// How the lines of series differ besides their colours.
  private static let dashes = ["", "7 4", "2 4", "10 4 2 4", "1 5", "14 5"]

  /// More points than this on a line are drawn as the least and the greatest of each step across.
  private static let lineLimit = 1200

  func marks(_ index: Int) -> HTML {
    let content: HTML =
      switch chart.series[index].mark {
      case .line: band(index) + raw(index) + line(index)
      case .scatter: points(index)
      case .bar, .histogram: bars(index)
      }
    return "<g class=\"series-\(index % 6 + 1)\">\(content)</g>\n"
  }

  private func line(_ index: Int) -> HTML {
    let series = chart.series[index]
    let path = path(Array(zip(series.x, series.y)))
    guard !path.isEmpty else { return HTML() }
    // On a field of any colour a line needs a rim.
    let curve =
      (chart.field == nil ? HTML() : "<path class=\"rim\" d=\"\(path)\"/>") + stroke(index, path)
    // A few points are marked, since they, and not the line between them, are the data.
    return series.x.count <= 12 && chart.field == nil ? curve + points(index) : curve
  }

  /// A path in the look of a series' line.
  func stroke(_ index: Int, _ path: HTML) -> HTML {
    let dash = Self.dashes[index % Self.dashes.count]
    return """
      <path class="curve" d="\(path)" \
      stroke-width="2"\(attribute: "stroke-dasharray", dash.isEmpty ? nil : dash)/>
      """
  }

  /// The values that a smooth line was made from, faint and thin.
  private func raw(_ index: Int) -> HTML {
    let series = chart.series[index]
    guard let raw = series.raw else { return HTML() }
    let path = path(Array(zip(series.x, raw)))
    return path.isEmpty ? path : "<path class=\"curve raw\" d=\"\(path)\" stroke-width=\"1\"/>"
  }

  /// The room between the lower and the upper values; a gap where one of them is none.
  private func band(_ index: Int) -> HTML {
    let series = chart.series[index]
    guard let band = series.band else { return HTML() }
    let count = min(series.x.count, band.low.count, band.high.count)
    // More places than pixels say nothing.
    let step = max(1, count / 300)
    var parts: [[(x: Double, low: Double, high: Double)]] = [[]]
    for i in stride(from: 0, to: count, by: step) {
      // What is below the least value of a logarithmic axis ends at its foot.
      let low = y.isLogarithmic ? max(band.low[i], y.low) : band.low[i]
      guard let across = across(series.x[i]), let a = down(low), let b = down(band.high[i]) else {
        parts.append([])
        continue
      }
      parts[parts.count - 1].append((across, a, b))
    }
    let path = parts.filter { $0.count > 1 }.map { part -> HTML in
      let outline = part.map { ($0.x, $0.high) } + part.reversed().map { ($0.x, $0.low) }
      let corners = outline.map { x, y -> HTML in "\(coordinate(x)) \(coordinate(y))" }
      return "M\(corners.joined(separator: "L"))Z"
    }.joined()
    return path.isEmpty ? path : "<path class=\"band\" d=\"\(path)\"/>"
  }

  private func path(_ points: [(Double, Double)]) -> HTML {
    var path = HTML()
    var isDrawing = false
    for (x, y) in thinned(points) {
      // A value that cannot be shown leaves a gap.
      guard let across = across(x), let down = down(y) else {
        isDrawing = false
        continue
      }
      path += "\(isDrawing ? "L" : "M")\(coordinate(across)) \(coordinate(down))"
      isDrawing = true
    }
    return path
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
    case 0: "<circle class=\"mark\" cx=\"\(coordinate(x))\" cy=\"\(coordinate(y))\" r=\"\(coordinate(r))\"/>"
    case 1:
      """
      <rect class="mark" x="\(coordinate(x - r * 0.9))" y="\(coordinate(y - r * 0.9))" width="\(coordinate(r * 1.8))" \
      height="\(coordinate(r * 1.8))"/>
      """
    case 2:
      """
      <path class="mark" d="M\(coordinate(x)) \(coordinate(y - r * 1.2))L\(coordinate(x + r * 1.1)) \
      \(coordinate(y + r * 0.8))\
      L\(coordinate(x - r * 1.1)) \(coordinate(y + r * 0.8))Z"/>
      """
    default:
      """
      <path class="mark" d="M\(coordinate(x)) \(coordinate(y - r * 1.3))L\(coordinate(x + r * 1.3)) \(coordinate(y))\
      L\(coordinate(x)) \(coordinate(y + r * 1.3))L\(coordinate(x - r * 1.3)) \(coordinate(y))Z"/>
      """
    }
  }

  private func bars(_ index: Int) -> HTML {
    let group = chart.series.indices.filter { chart.series[$0].isBars }
    let position = group.firstIndex(of: index) ?? 0
    let spacing = Self.barSpacing(chart)
    guard let a = across(x.low), let b = across(x.low + spacing) else { return HTML() }
    // Bins touch, since no value lies between them.
    let share = chart.series[index].mark == .histogram ? 1.0 : 0.8
    let width = (b - a) * share / Double(group.count)
    let base = down(y.isLogarithmic ? y.low : 0) ?? bottom
    let series = chart.series[index]
    return zip(series.x, series.y).map { x, y -> HTML in
      guard let across = across(x), let end = down(y) else { return HTML() }
      let left = across + (Double(position) - Double(group.count) / 2) * width
      return """
        <rect class="mark" x="\(coordinate(left))" y="\(coordinate(min(end, base)))" \
        width="\(coordinate(max(width, 1)))" \
        height="\(coordinate(abs(end - base)))"/>
        """
    }.joined()
  }

  /// Each line's name at its right end, moved apart where two would overlap.
  var lineLabels: HTML {
    var labels: [(index: Int, y: Double)] = []
    for index in chart.labelled {
      let series = chart.series[index]
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
      <text class="series series-\(label.index % 6 + 1) halo" x="\(coordinate(right + 6))" \
      y="\(coordinate(label.y + 4.5))">\
      \(shortened(chart.series[label.index].name, to: (Self.width - right - 6) / Self.bold))</text>

      """
    }.joined()
  }
}
