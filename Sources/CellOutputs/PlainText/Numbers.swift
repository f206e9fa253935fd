/// A number with `decimals` places, rounded half away from zero; as many as it needs where `decimals` is
/// `nil`.
package func numberText(_ value: Double, decimals: Int?) -> String {
  guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
  guard let decimals else {
    return value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }
  var scale = 1.0
  for _ in 0..<decimals { scale *= 10 }
  let scaled = (abs(value) * scale).rounded()
  guard scaled < 9e15 else { return "\(value)" }
  let digits = String(Int(scaled))
  let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
  let sign = value < 0 && scaled > 0 ? "-" : ""
  return sign + padded.dropLast(decimals) + (decimals > 0 ? "." + padded.suffix(decimals) : "")
}

/// A whole number in groups of three digits, for tables and sentences: `grouped(421_642)` is "421,642".
public func grouped(_ number: Int) -> String {
  var digits = String(number.magnitude)
  var groups: [String] = []
  while digits.count > 3 {
    groups.insert(String(digits.suffix(3)), at: 0)
    digits.removeLast(3)
  }
  return (number < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
}

/// A number as prose has it: about three significant digits.
func spoken(_ value: Double) -> String {
  guard value.isFinite, value != 0 else { return numberText(value, decimals: nil) }
  if value == value.rounded() && abs(value) < 1e6 { return "\(Int(value))" }
  let size = abs(value)
  if size >= 1e6 || size < 1e-4 {
    // The exponent by hand: Swift alone has no format for it.
    var exponent = 0
    var mantissa = size
    while mantissa >= 10 {
      mantissa /= 10
      exponent += 1
    }
    while mantissa < 1 {
      mantissa *= 10
      exponent -= 1
    }
    return (value < 0 ? "-" : "") + numberText(mantissa, decimals: 2) + "e\(exponent)"
  }
  return numberText(value, decimals: size >= 100 ? 1 : size >= 1 ? 2 : size >= 0.01 ? 3 : 5)
}

/// The width of a text on a terminal: East Asian wide characters take two columns.
package func displayWidth(_ text: String) -> Int {
  text.unicodeScalars.reduce(0) { width, scalar in
    switch scalar.value {
    case 0x300...0x36f, 0x200b...0x200f, 0xfe00...0xfe0f: width
    case 0x1100...0x115f, 0x2e80...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f, 0xff00...0xff60,
      0xffe0...0xffe6, 0x1f300...0x1faff, 0x20000...0x3fffd:
      width + 2
    default: width + 1
    }
  }
}
