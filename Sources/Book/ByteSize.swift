/// Amounts of memory as people write them.
package enum ByteSize {
  private static let units: [String: Int] = [
    "": 1, "b": 1, "kib": 1 << 10, "mib": 1 << 20, "gib": 1 << 30, "tib": 1 << 40,
    "kb": 1_000, "mb": 1_000_000, "gb": 1_000_000_000, "tb": 1_000_000_000_000,
    "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40,
  ]

  /// `"4 GiB"` is 4294967296, `"1.5 MB"` is 1500000, `"65536"` is itself; `nil` for anything else.
  package static func parse(_ text: String) -> Int? {
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let unit = text.dropFirst(number.count).drop { $0 == " " }.lowercased()
    guard let number = Double(number), let factor = units[unit] else { return nil }
    return Int(exactly: (number * Double(factor)).rounded())
  }
}
