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
    let hasBars = chart.hasBars
    let scale = chart.resolvedScale
    y = ChartScale(
      chart.series.flatMap(\.allY), scale: scale, includesZero: hasBars && scale != .logarithmic,
      limits: chart.y.limits)
    var xs = chart.series.flatMap { zip($0.x, $0.y).filter { $0.isFinite && $1.isFinite }.map(\.0) }
    if hasBars, let least = xs.min(), let greatest = xs.max() {
      let reach = Self.barSpacing(chart) / 2
      xs += [least - reach, greatest + reach]
    }
    let isScattered = chart.series.contains { $0.mark == .scatter }
    x = ChartScale(
      xs, scale: hasBars ? .linear : chart.x.scale, isTight: !isScattered, count: 7, limits: chart.x.limits)
    let widest = y.ticks.map { textWidth($0.label) }.max() ?? 0
    left = 36 + widest
    let names = chart.lineNames.map { textWidth($0) + 14 }
    right = Self.width - min(170, max(names.max() ?? 0, 18))
    let needsKey = chart.hasSeveralSeries && chart.series.contains { $0.mark != .line }
    top = (chart.title == nil ? 14 : 38) + (needsKey ? 22 : 0)
  }

  /// The least distance between two bars of a series.
  static func barSpacing(_ chart: ChartOutput) -> Double {
    let xs = Set(chart.series.filter(\.isBars).flatMap(\.x).filter(\.isFinite)).sorted()
    return zip(xs, xs.dropFirst()).map { $1 - $0 }.min() ?? 1
  }

  func across(_ value: Double) -> Double? { x.place(value).map { left + $0 * (right - left) } }
  func down(_ value: Double) -> Double? { y.place(value).map { bottom - $0 * (bottom - top) } }

  func svg(id: String, title: String, description: String) -> HTML {
    // What lies outside of given limits must not be drawn over the axes.
    let isClipped = chart.x.limits != nil || chart.y.limits != nil
    let clip: HTML = """
      <clipPath id="\(id)-plot"><rect x="\(coordinate(left))" y="\(coordinate(top - 4))" \
      width="\(coordinate(right - left))" height="\(coordinate(bottom - top + 4))"/></clipPath>

      """
    let marks = chart.series.indices.map(marks).joined()
    return Weaving.svg(
      kind: "chart", id: id, title: title, description: description, width: Self.width, height: Self.height,
      isFluid: true,
      content: heading + key + grid + axes
        + (isClipped ? clip + "<g clip-path=\"url(#\(id)-plot)\">\n\(marks)</g>\n" : marks) + lineLabels)
  }

  // MARK: Frame

  private var heading: HTML {
    guard let title = chart.title else { return HTML() }
    return """
      <text x="\(coordinate((left + right) / 2))" y="20" text-anchor="middle" font-size="15" \
      font-weight="600">\(title)</text>

      """
  }

  private var grid: HTML {
    y.ticks.map { tick -> HTML in
      guard let place = down(tick.value) else { return HTML() }
      return """
        <line class="faint" x1="\(coordinate(left))" x2="\(coordinate(right))" y1="\(coordinate(place))" \
        y2="\(coordinate(place))"/>
        <text class="tick" x="\(coordinate(left - 8))" y="\(coordinate(place + 4.5))" \
        text-anchor="end">\(tick.label)</text>

        """
    }.joined()
  }

  private var axes: HTML {
    let base: HTML = """
      <line class="axis" x1="\(coordinate(left))" x2="\(coordinate(right))" y1="\(coordinate(bottom))" \
      y2="\(coordinate(bottom))"/>

      """
    let ticks = xTicks.map { tick -> HTML in
      guard let place = across(tick.value) else { return HTML() }
      return """
        <line class="axis" x1="\(coordinate(place))" x2="\(coordinate(place))" y1="\(coordinate(bottom))" \
        y2="\(coordinate(bottom + 5))"/>
        <text class="tick" x="\(coordinate(place))" y="\(coordinate(bottom + 19))" \
        text-anchor="middle">\(tick.label)</text>

        """
    }.joined()
    let middle = coordinate((top + bottom) / 2)
    let xTitle: HTML = """
      <text class="axis-title" x="\(coordinate((left + right) / 2))" y="\(coordinate(Self.height - 8))" \
      text-anchor="middle">\(chart.x.label)</text>

      """
    let yTitle: HTML = """
      <text class="axis-title" transform="translate(14 \(middle)) rotate(-90)" \
      text-anchor="middle">\(chart.y.label)</text>

      """
    return base + ticks + xTitle + yTitle
  }

  /// The places that the x axis names: numbers, or categories as far as there is room for them.
  private var xTicks: [ChartScale.Tick] {
    guard let categories = chart.x.categories, !categories.isEmpty else { return x.ticks }
    let room = (right - left) / Double(categories.count)
    let widest = min(categories.map { textWidth($0) }.max() ?? 0, 110) + 10
    // Of many or long names every second, third, … is written.
    let every = max(1, Int((widest / room).rounded(.up)))
    return stride(from: 0, to: categories.count, by: every).map { index in
      ChartScale.Tick(
        value: Double(index), label: shortened(categories[index], to: room * Double(every) - 6))
    }
  }

  /// Names of points and bars, which have no end to write them at.
  private var key: HTML {
    guard chart.hasSeveralSeries else { return HTML() }
    var place = left
    var result = HTML()
    for (index, series) in chart.series.enumerated() where series.mark != .line {
      result += "<g class=\"series-\(index % 6 + 1)\">"
      result +=
        series.isBars
        ? "<rect class=\"mark\" x=\"\(coordinate(place))\" y=\"\(coordinate(top - 21))\" width=\"11\" height=\"11\"/>"
        : shape(index, place + 6, top - 16, radius: 4.5)
      result +=
        "<text x=\"\(coordinate(place + 17))\" y=\"\(coordinate(top - 11))\">\(series.name)</text></g>\n"
      place += 34 + textWidth(series.name)
    }
    return result
  }
}

extension ChartOutput {
  var hasSeveralSeries: Bool { series.count > 1 }
  var hasBars: Bool { series.contains(where: \.isBars) }
  /// The names that stand at the ends of lines.
  var lineNames: [String] { hasSeveralSeries ? series.filter { $0.mark == .line }.map(\.name) : [] }
}

extension ChartOutput.Series {
  var isBars: Bool { mark == .bar || mark == .histogram }
  /// All that the y axis must show.
  fileprivate var allY: [Double] {
    zip(x, y).filter { $0.isFinite && $1.isFinite }.map(\.1) + (raw ?? []) + (band?.low ?? [])
      + (band?.high ?? [])
  }
}
