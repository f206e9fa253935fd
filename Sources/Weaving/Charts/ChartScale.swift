import CellOutputs
import Foundation

/// Maps an axis's values to places on the paper.
package struct ChartScale: Sendable {
  package struct Tick: Hashable, Sendable {
    package var value: Double
    package var label: String
  }

  package let isLogarithmic: Bool
  /// The values at the axis's two ends.
  package let low: Double
  package let high: Double
  package let ticks: [Tick]

  /// - Parameters:
  ///   - values: all that is to be shown.
  ///   - includesZero: whether the axis must show zero, as bars need.
  ///   - isTight: whether the axis ends where the values end, and not at the next tick.
  ///   - limits: what the axis must show, and no more, where that is given.
  package init(
    _ values: [Double], scale: ChartOutput.Scale = .linear, includesZero: Bool = false, isTight: Bool = false,
    count: Int = 5, limits: ChartOutput.Limits? = nil
  ) {
    // Beyond this, the distance of two values is no number any more.
    var finite = values.filter { abs($0) < 1e300 }
    if let limits, limits.low < limits.high, scale != .logarithmic || limits.low > 0,
      abs(limits.low) < 1e300, abs(limits.high) < 1e300
    {
      finite = [limits.low, limits.high]
    }
    isLogarithmic = scale == .logarithmic && !includesZero && finite.contains { $0 > 0 }
    if isLogarithmic { finite.removeAll { $0 <= 0 } }
    if includesZero { finite.append(0) }
    let least = finite.min() ?? 0
    let greatest = finite.max() ?? 1
    let (first, last, all) =
      isLogarithmic ? Self.logarithmic(least, greatest) : Self.linear(least, greatest, count: count)
    // Values closer together than numbers can tell apart have no axis of their own.
    if isTight, greatest - least > max(abs(least), abs(greatest)) * 1e-12 {
      (low, high) = (least, greatest)
      let slack = isLogarithmic ? least * 1e-9 : (greatest - least) * 1e-9
      ticks = all.filter { $0.value >= least - slack && $0.value <= greatest + slack }
    } else {
      (low, high, ticks) = (first, last, all)
    }
  }

  /// From 0 at the low end to 1 at the high end; `nil` for what the axis cannot show.
  package func place(_ value: Double) -> Double? {
    guard abs(value) < 1e300, !isLogarithmic || value > 0 else { return nil }
    if isLogarithmic { return (log10(value) - log10(low)) / (log10(high) - log10(low)) }
    return (value - low) / (high - low)
  }

  /// Steps of 1, 2 or 5 times a power of ten.
  private static func linear(_ least: Double, _ greatest: Double, count: Int) -> (Double, Double, [Tick]) {
    var (least, greatest) = (least, greatest)
    if greatest - least <= abs(greatest) * 1e-12 {
      // A single value stands in the middle.
      let reach = greatest == 0 ? 1 : abs(greatest) * 0.5
      (least, greatest) = (least - reach, greatest + reach)
    }
    let rough = (greatest - least) / Double(count)
    let power = pow(10, floor(log10(rough)))
    let step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= rough * 0.999 } ?? 10 * power
    let first = (least / step + 1e-9).rounded(.down)
    let last = (greatest / step - 1e-9).rounded(.up)
    let decimals = max(0, Int(-floor(log10(step) + 1e-9)))
    let size = max(abs(first * step), abs(last * step))
    func label(_ value: Double) -> String {
      if size >= 1e6 || decimals > 4 { return Numbers.short(value, digits: 3) }
      // As in tables.
      if size >= 1e4, let whole = Int(exactly: value) { return grouped(whole) }
      return Numbers.fixed(value, decimals)
    }
    let ticks = stride(from: first, through: last, by: 1).map {
      Tick(value: $0 * step, label: label($0 * step))
    }
    return (first * step, last * step, ticks)
  }

  /// Powers of ten, every second or third of them where there are many.
  private static func logarithmic(_ least: Double, _ greatest: Double) -> (Double, Double, [Tick]) {
    let first = Int(floor(log10(least) + 1e-9))
    let last = max(first + 1, Int(ceil(log10(greatest) - 1e-9)))
    let every = max(1, (last - first + 5) / 6)
    let ticks = stride(from: first, through: last, by: every).map { power in
      Tick(value: pow(10, Double(power)), label: label(ofPower: power))
    }
    return (pow(10, Double(first)), pow(10, Double(last)), ticks)
  }

  private static func label(ofPower power: Int) -> String {
    if power == 4 { return grouped(10_000) }
    if (-3..<4).contains(power) { return Numbers.fixed(pow(10, Double(power)), max(0, -power)) }
    let superscripts = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    let digits = String(abs(power)).compactMap(\.wholeNumberValue).map { superscripts[$0] }
    return "10" + (power < 0 ? "⁻" : "") + String(digits)
  }
}
