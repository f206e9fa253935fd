import CellOutputs
import Foundation

/// Numbers as readers like them, the same on every machine.
package enum Numbers {
  /// "12 MB", "1.5 kB".
  package static func byteCount(_ bytes: Int) -> String {
    let units = ["bytes", "kB", "MB", "GB"]
    var value = Double(bytes)
    var unit = 0
    while value >= 999.5, unit < units.count - 1 {
      value /= 1000
      unit += 1
    }
    let text = unit == 0 || value >= 9.95 ? fixed(value, 0) : fixed(value, 1)
    return "\(text.hasSuffix(".0") ? String(text.dropLast(2)) : text) \(units[unit])"
  }

  /// A number in decimal digits with its whole part in groups: "12,345.60". All else stays as it is.
  static func grouped(_ text: String) -> String {
    guard let parts = text.wholeMatch(of: #/(-?\d+)(\.\d+)?/#), let whole = Int(parts.1) else { return text }
    let sign = whole == 0 && parts.1.hasPrefix("-") ? "-" : ""
    return sign + CellOutputs.grouped(whole) + (parts.2 ?? "")
  }

  /// With so many decimals; never "-0.00".
  package static func fixed(_ value: Double, _ decimals: Int) -> String {
    guard value.isFinite else { return special(value) }
    let text = printed("%.*f", min(max(decimals, 0), 17), value)
    return text.hasPrefix("-") && !text.contains(where: { ("1"..."9").contains($0) })
      ? String(text.dropFirst()) : text
  }

  /// With so many significant digits, without zeros at the end: `0.4939`, `12`, `2.66e-05`.
  package static func short(_ value: Double, digits: Int = 4) -> String {
    guard value.isFinite else { return special(value) }
    return printed("%.*g", digits, value == 0 ? 0 : value)
  }

  /// As many digits as the number needs: `0.5`, `3`, `0.1`.
  package static func plain(_ value: Double) -> String {
    guard value.isFinite else { return special(value) }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
    // A `Float` that became a `Double` on its way here keeps its own few digits.
    return Double(Float(value)) == value ? "\(Float(value))" : "\(value)"
  }

  /// As C prints it. Foundation's formats take ten times as long, and a page has thousands of numbers.
  private static func printed(_ format: String, _ precision: Int, _ value: Double) -> String {
    withVaList([Int32(precision), value]) { arguments in
      // The greatest `Double` has 309 digits before its point.
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) { text in
        vsnprintf(text.baseAddress!, text.count, format, arguments)
        return String(cString: text.baseAddress!)
      }
    }
  }

  private static func special(_ value: Double) -> String {
    value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
  }
}
