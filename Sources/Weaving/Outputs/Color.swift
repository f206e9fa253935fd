import Foundation

/// A colour in sRGB, and what can be read on it.
package struct Color: Hashable, Sendable {
  package var red: Int
  package var green: Int
  package var blue: Int

  package init(_ red: Int, _ green: Int, _ blue: Int) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// `#440154`.
  package var css: String {
    let hex = [red, green, blue].map { value in
      let digits = String(value, radix: 16)
      return digits.count < 2 ? "0" + digits : digits
    }
    return "#" + hex.joined()
  }

  /// Black or white, whichever has more contrast on this colour: always above 4.5 to 1.
  package var ink: Color {
    luminance > 0.179 ? Color(0, 0, 0) : Color(255, 255, 255)
  }

  /// Relative luminance, as WCAG defines it.
  package var luminance: Double {
    func linear(_ value: Int) -> Double {
      let value = Double(value) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  static func mix(_ a: Color, _ b: Color, _ t: Double) -> Color {
    func between(_ a: Int, _ b: Int) -> Int { Int((Double(a) + (Double(b) - Double(a)) * t).rounded()) }
    return Color(between(a.red, b.red), between(a.green, b.green), between(a.blue, b.blue))
  }
}
