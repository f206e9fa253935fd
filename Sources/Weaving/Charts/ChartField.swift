import CellOutputs
import Foundation

/// What lies under a chart's series: bands of equal values, whose edges are its contours, or the classes' regions.
struct ChartField {
  private let field: ChartOutput.Field
  /// The field's values as they are placed on the scale.
  private let values: [Double]
  private let scale: ColorScale

  /// So many bands as an eye can tell apart.
  private static let bands = 14
  /// Room for the scale beside a chart of values.
  static let legendWidth = 88.0

  /// `nil` where the values do not fill the plane.
  init?(_ field: ChartOutput.Field) {
    guard field.isComplete, field.x.low < field.x.high, field.y.low < field.y.high else { return nil }
    self.field = field
    values = Self.placed(field)
    let fitting = ColorScale(fitting: values)
    // An exponent below 0 is no negative value.
    scale =
      field.isLogarithmic
      ? ColorScale(
        low: values.filter(\.isFinite).min() ?? 0, high: values.filter(\.isFinite).max() ?? 0,
        map: .sequential)
      : fitting
  }

  var hasLegend: Bool { field.classes == nil }

  /// Of a logarithmic field, nothing is less than a millionth of the greatest.
  private static func placed(_ field: ChartOutput.Field) -> [Double] {
    guard field.isLogarithmic else { return field.values.map(Double.init) }
    let greatest = Double(field.values.filter(\.isFinite).max() ?? 1)
    let least = max(greatest, 1e-300) * 1e-6
    return field.values.map { $0.isFinite ? log10(max(Double($0), least)) : Double($0) }
  }

  /// The picture between the places of the field's corners.
  func image(left: Double, right: Double, top: Double, bottom: Double, classColor: (Int) -> Int) -> HTML {
    if field.classes != nil {
      return picture(regions(classColor), left: left, right: right, top: top, bottom: bottom)
    }
    return picture(contours, left: left, right: right, top: top, bottom: bottom)
  }

  private func picture(_ uri: String, left: Double, right: Double, top: Double, bottom: Double) -> HTML {
    // A class's pixel lies around its place, half of it beyond the edge.
    let (dx, dy) =
      field.classes == nil
      ? (0, 0)
      : (
        (right - left) / Double(max(field.columns - 1, 1)) / 2,
        (bottom - top) / Double(max(field.rows - 1, 1)) / 2
      )
    return """
      <image class="field" x="\(coordinate(left - dx))" y="\(coordinate(top - dy))" \
      width="\(coordinate(right - left + 2 * dx))" height="\(coordinate(bottom - top + 2 * dy))" \
      preserveAspectRatio="none" href="\(uri)"/>

      """
  }

  private func regions(_ classColor: (Int) -> Int) -> String {
    let classes = field.values.map { $0 >= 0 && $0 < 200 ? Int($0) : 0 }
    let pixels = (0..<field.rows).reversed().flatMap { row in
      classes[row * field.columns..<(row + 1) * field.columns].map { UInt8($0) }
    }
    // Half-transparent colours between the series' of light and of dark pages.
    let tints = [
      Color(30, 125, 200), Color(222, 110, 30), Color(30, 155, 115), Color(185, 100, 160),
      Color(160, 140, 20),
      Color(125, 133, 143),
    ]
    let palette = (0...(classes.max() ?? 0)).map { tints[classColor($0) % tints.count] }
    return PNG.dataURI(
      PNG.encoded(width: field.columns, height: field.rows, pixels: pixels, palette: palette, alpha: 82))
  }

  /// The values on a finer grid, each in the colour of its band.
  private var contours: String {
    func fine(_ count: Int) -> Int { max(count, min(count * 5, 300)) }
    let (width, height) = (fine(field.columns), fine(field.rows))
    func place(_ index: Int, _ count: Int, _ own: Int) -> (Int, Double) {
      let place = Double(index) / Double(max(count - 1, 1)) * Double(own - 1)
      let whole = min(Int(place), max(own - 2, 0))
      return (whole, place - Double(whole))
    }
    let columns = (0..<width).map { place($0, width, field.columns) }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(width * height)
    for y in (0..<height).reversed() {
      let (row, v) = place(y, height, field.rows)
      let (below, above) = (row * field.columns, min(row + 1, field.rows - 1) * field.columns)
      for (column, u) in columns {
        let right = min(column + 1, field.columns - 1)
        let low = values[below + column] * (1 - u) + values[below + right] * u
        let high = values[above + column] * (1 - u) + values[above + right] * u
        pixels.append(band(of: low * (1 - v) + high * v))
      }
    }
    let palette = (0..<Self.bands).map { scale.map.color(at: (Double($0) + 0.5) / Double(Self.bands)) }
    return PNG.dataURI(
      PNG.encoded(width: width, height: height, pixels: pixels, palette: palette + [Color(128, 128, 128)]))
  }

  private func band(of value: Double) -> UInt8 {
    let t = (value - scale.low) / (scale.high - scale.low)
    if t.isNaN { return UInt8(value.isNaN ? Self.bands : 0) }
    return UInt8(min(max(t, 0), 0.999) * Double(Self.bands))
  }

  /// The bands with the values at their edges, beside the chart.
  func legend(x: Double, top: Double, bottom: Double) -> HTML {
    let step = (bottom - top) / Double(Self.bands)
    let bars = (0..<Self.bands).map { band -> HTML in
      let color = scale.map.color(at: (Double(band) + 0.5) / Double(Self.bands)).css
      return """
        <rect x="\(coordinate(x))" y="\(coordinate(bottom - Double(band + 1) * step))" width="12" \
        height="\(coordinate(step + 0.3))" fill="\(color)"/>
        """
    }.joined()
    let labels = [0, 3, 7, 11, Self.bands].map { edge -> HTML in
      let value = scale.low + (scale.high - scale.low) * Double(edge) / Double(Self.bands)
      let short = Numbers.short(field.isLogarithmic ? pow(10, value) : value, digits: 2)
      // Without an exponent where that is as short.
      let text = Double(short).map { Numbers.short($0, digits: 5) } ?? short
      return """
        <text class="tick" x="\(coordinate(x + 17))" y="\(coordinate(bottom - Double(edge) * step + 4))" \
        font-size="12">\(text)</text>

        """
    }.joined()
    return """
      \(bars)
      \(labels)<text class="axis-title" x="\(coordinate(x - 2))" y="\(coordinate(top - 9))" font-size="12">\
      \(shortened(field.label, to: Self.legendWidth - 4, size: 12))</text>

      """
  }
}
