import CellOutputs
import Foundation

/// A chart as SVG. Ink comes from the page's own colours; series differ by colour and by dash or shape, and
/// lines carry their names where they end.
struct ChartDrawing {
  let chart: ChartOutput
  let x: ChartScale
  let y: ChartScale

  static let width = 620.0
  /// How much wider bold letters are.
  static let bold = 1.1
  let height: Double
  let left: Double
  let right: Double
  let top: Double
  let bottom: Double
  private let key: ChartKey
  private let field: ChartField?

  init(_ chart: ChartOutput) {
    self.chart = chart
    let field = chart.field.flatMap(ChartField.init)
    self.field = field
    let hasBars = chart.hasBars
    let scale = chart.resolvedScale
    y = ChartScale(
      chart.series.flatMap(\.allY), scale: scale, includesZero: hasBars && scale != .logarithmic,
      isTight: field != nil, limits: field == nil ? chart.y.limits : chart.field?.y)
    var xs = chart.series.flatMap { zip($0.x, $0.y).filter { $0.isFinite && $1.isFinite }.map(\.0) }
    if hasBars, let least = xs.min(), let greatest = xs.max() {
      let reach = Self.barSpacing(chart) / 2
      xs += [least - reach, greatest + reach]
    }
    let isScattered = chart.series.contains { $0.mark == .scatter }
    x = ChartScale(
      xs, scale: hasBars ? .linear : chart.x.scale, isTight: !isScattered || field != nil, count: 7,
      limits: field == nil ? chart.x.limits : chart.field?.x)
    let widest = y.ticks.map { textWidth($0.label) }.max() ?? 0
    left = 36 + widest
    let names = chart.labelled.map { textWidth(chart.series[$0].name) * Self.bold + 12 }
    right =
      Self.width - (field?.hasLegend == true ? ChartField.legendWidth : min(170, max(names.max() ?? 0, 18)))
    key = ChartKey(chart, left: left, right: right)
    top = (chart.title == nil ? 14 : 38) + max(key.height, field?.hasLegend == true ? 16 : 0)
    // A field is a map: it should not be flat.
    height = field == nil ? 360 + max(0, key.height - 24) : 440 + key.height
    bottom = height - 48
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
    let isClipped = chart.x.limits != nil || chart.y.limits != nil || field != nil
    let clip: HTML = """
      <clipPath id="\(id)-plot"><rect x="\(coordinate(left))" y="\(coordinate(top - 4))" \
      width="\(coordinate(right - left))" height="\(coordinate(bottom - top + 4))"/></clipPath>

      """
    let marks = under + chart.series.indices.map(marks).joined()
    return Weaving.svg(
      kind: "chart", id: id, title: title, description: description, width: Self.width, height: height,
      isFluid: true,
      content: heading + keyText + (field == nil ? grid : HTML())
        + (isClipped ? clip + "<g clip-path=\"url(#\(id)-plot)\">\n\(marks)</g>\n" : marks)
        + (field == nil ? HTML() : grid) + axes + lineLabels
        + (field?.hasLegend == true ? field!.legend(x: right + 12, top: top, bottom: bottom) : HTML()))
  }

  /// The field's picture.
  private var under: HTML {
    guard let field, let limits = chart.field, let left = across(limits.x.low), let right = across(limits.x.high),
      let top = down(limits.y.high), let bottom = down(limits.y.low)
    else { return HTML() }
    // A class has its points' colour.
    return field.image(left: left, right: right, top: top, bottom: bottom) { index in
      let name = limits.classes.flatMap { $0.indices.contains(index) ? $0[index] : nil }
      return chart.series.firstIndex { $0.name == name } ?? index
    }
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
      // Over a field only short strokes outside of it.
      return """
        <line class="\(field == nil ? "faint" : "axis")" x1="\(coordinate(field == nil ? left : left - 5))" x2="\(coordinate(field == nil ? right : left))" \
        y1="\(coordinate(place))" y2="\(coordinate(place))"/>
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
      <text class="axis-title" x="\(coordinate((left + right) / 2))" y="\(coordinate(height - 8))" \
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

  /// Names of points, bars and ways, which have no end of their own to write them at.
  private var keyText: HTML {
    key.entries.map { entry -> HTML in
      let series = chart.series[entry.index]
      let y = top - key.height + Double(entry.row) * ChartKey.rowHeight + 6
      let sample: HTML =
        switch series.mark {
        case .bar, .histogram:
          "<rect class=\"mark\" x=\"\(coordinate(entry.x))\" y=\"\(coordinate(y - 5))\" width=\"11\" height=\"11\"/>"
        case .scatter: shape(entry.index, entry.x + 6, y, radius: 4.5)
        case .line: stroke(entry.index, "M\(coordinate(entry.x)) \(coordinate(y))h20")
        }
      let start = entry.x + (series.mark == .line ? 25 : 17)
      return """
        <g class="series-\(entry.index % 6 + 1)">\(sample)<text x="\(coordinate(start))" \
        y="\(coordinate(y + 5))">\(series.name)</text></g>

        """
    }.joined()
  }
}
