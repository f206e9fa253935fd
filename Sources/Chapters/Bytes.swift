// Markdown's own syntax is ASCII, so it is looked for in the UTF-8 bytes: positions are counted in them, too.

extension UInt8 {
  static let backslash = UInt8(ascii: "\\")
  static let backtick = UInt8(ascii: "`")
  static let dollar = UInt8(ascii: "$")
  static let newline = UInt8(ascii: "\n")
  static let pipe = UInt8(ascii: "|")
  static let space = UInt8(ascii: " ")

  var isSpaceOrTab: Bool { self == 0x20 || self == 0x09 }
  var isWhitespace: Bool { isSpaceOrTab || (0x0A...0x0D).contains(self) }
  var isDigit: Bool { (0x30...0x39).contains(self) }
  var isLetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }
}

extension RandomAccessCollection<UInt8> where Index == Int {
  /// Whether `text` stands at `index`.
  func has(_ text: StaticString, at index: Int) -> Bool {
    guard index >= startIndex, index + text.utf8CodeUnitCount <= endIndex else { return false }
    return (0..<text.utf8CodeUnitCount).allSatisfy { self[index + $0] == text.utf8Start[$0] }
  }

  /// How many bytes equal to `byte` stand in a row at `index`.
  func run(of byte: UInt8, at index: Int) -> Int {
    var end = index
    while end < endIndex, self[end] == byte { end += 1 }
    return end - index
  }

  /// Whether the byte at `index` stands behind an odd number of backslashes.
  func isEscaped(_ index: Int) -> Bool {
    var start = index
    while start > startIndex, self[start - 1] == .backslash { start -= 1 }
    return (index - start) % 2 == 1
  }
}
