import CellOutputs
import Foundation

/// A chart as SVG. Ink comes from the page's own colours; series differ by colour and by dash or shape, and
/// lines carry their names where they end.
struct ChartDrawing {
  let chart: ChartOutput
  let x: ChartScale
  let y: ChartScale

  static let width = 620.0
  static let height = 360.0
  let left: Double
  let right: Double
  let top: Double
  let bottom = height - 48

  init(_ chart: ChartOutput) {
    self.chart = chart
    let hasBars = chart.series.contains { $0.mark == .bar }
    let points = chart.series.flatMap { zip($0.x, $0.y).filter { $0.isFinite && $1.isFinite } }
    y = ChartScale(points.map(\.1), scale: chart.y.scale, includesZero: hasBars && chart.y.scale == .linear)
    var xs = points.map(\.0)
    if hasBars, let least = xs.min(), let greatest = xs.max() {
      let reach = Self.barSpacing(chart) / 2
      xs += [least - reach, greatest + reach]
    }
    let isScattered = chart.series.contains { $0.mark == .scatter }
    x = ChartScale(xs, scale: hasBars ? .linear : chart.x.scale, isTight: !isScattered, count: 7)
    let widest = y.ticks.map(\.label.count).max() ?? 1
    left = 34 + 7.2 * Double(widest)
    let names = chart.hasSeveralSeries ? chart.series.filter { $0.mark == .line }.map { $0.name.count } : []
    right = Self.width - (names.isEmpty ? 18 : min(160, 14 + 8 * Double(names.max() ?? 0)))
    let needsKey = chart.hasSeveralSeries && chart.series.contains { $0.mark != .line }
    top = (chart.title == nil ? 14 : 38) + (needsKey ? 22 : 0)
  }

  /// The least distance between two bars of a series.
  static func barSpacing(_ chart: ChartOutput) -> Double {
    let xs = Set(chart.series.filter { $0.mark == .bar }.flatMap(\.x).filter(\.isFinite)).sorted()
    return zip(xs, xs.dropFirst()).map { $1 - $0 }.min() ?? 1
  }

  func across(_ value: Double) -> Double? { x.place(value).map { left + $0 * (right - left) } }
  func down(_ value: Double) -> Double? { y.place(value).map { bottom - $0 * (bottom - top) } }

  func svg(id: String, title: String, description: String) -> HTML {
    """
    <svg class="chart" viewBox="0 0 \(number(Self.width)) \(number(Self.height))" role="img" \
    aria-labelledby="\(id)-title" aria-describedby="\(id)-desc" font-size="13">
    <title id="\(id)-title">\(title)</title>
    <desc id="\(id)-desc">\(description)</desc>
    \(heading)\(key)\(grid)\(axes)\(chart.series.indices.map(marks).joined())\(lineLabels)</svg>

    """
  }

  /// A coordinate: a tenth of a unit is finer than a screen shows.
  func number(_ value: Double) -> HTML {
    let text = Numbers.fixed(value, 1)
    return HTML(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
  }

  // MARK: Frame

  private var heading: HTML {
    guard let title = chart.title else { return HTML() }
    return """
      <text x="\(number((left + right) / 2))" y="20" text-anchor="middle" font-size="15" \
      font-weight="600">\(title)</text>

      """
  }

  private var grid: HTML {
    y.ticks.map { tick -> HTML in
      guard let place = down(tick.value) else { return HTML() }
      return """
        <line class="faint" x1="\(number(left))" x2="\(number(right))" y1="\(number(place))" \
        y2="\(number(place))"/>
        <text class="tick" x="\(number(left - 8))" y="\(number(place + 4.5))" \
        text-anchor="end">\(tick.label)</text>

        """
    }.joined()
  }

  private var axes: HTML {
    let base: HTML = """
      <line class="axis" x1="\(number(left))" x2="\(number(right))" y1="\(number(bottom))" \
      y2="\(number(bottom))"/>

      """
    let ticks = x.ticks.map { tick -> HTML in
      guard let place = across(tick.value) else { return HTML() }
      return """
        <line class="axis" x1="\(number(place))" x2="\(number(place))" y1="\(number(bottom))" \
        y2="\(number(bottom + 5))"/>
        <text class="tick" x="\(number(place))" y="\(number(bottom + 19))" \
        text-anchor="middle">\(tick.label)</text>

        """
    }.joined()
    let middle = number((top + bottom) / 2)
    let xTitle: HTML = """
      <text class="axis-title" x="\(number((left + right) / 2))" y="\(number(Self.height - 8))" \
      text-anchor="middle">\(chart.x.label)</text>

      """
    let yTitle: HTML = """
      <text class="axis-title" transform="translate(14 \(middle)) rotate(-90)" \
      text-anchor="middle">\(chart.y.label)</text>

      """
    return base + ticks + xTitle + yTitle
  }

  /// Names of points and bars, which have no end to write them at.
  private var key: HTML {
    guard chart.hasSeveralSeries else { return HTML() }
    var place = left
    var result = HTML()
    for (index, series) in chart.series.enumerated() where series.mark != .line {
      result += "<g class=\"series-\(index % 6 + 1)\">"
      result +=
        series.mark == .bar
        ? "<rect class=\"mark\" x=\"\(number(place))\" y=\"\(number(top - 21))\" width=\"11\" height=\"11\"/>"
        : shape(index, place + 6, top - 16, radius: 4.5)
      result += "<text x=\"\(number(place + 17))\" y=\"\(number(top - 11))\">\(series.name)</text></g>\n"
      place += 34 + 7.4 * Double(series.name.count)
    }
    return result
  }
}

extension ChartOutput {
  var hasSeveralSeries: Bool { series.count > 1 }
}
