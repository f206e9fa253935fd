/// Text taken apart into its numbers and what stands between them.
///
///     NumberedText("loss 0.25 after 10 steps")  // words "loss ", " after ", " steps"; numbers 0.25 and 10
///
/// Digits within a word (`x1`, `conv2d`) are a part of the word.
package struct NumberedText {
  /// One more than there are numbers.
  package private(set) var words: [Substring] = []
  package private(set) var numbers: [Number] = []

  package struct Number: Hashable {
    package var text: Substring
    package var value: Double
  }

  package init(_ text: String) {
    let bytes = text.utf8
    var wordStart = bytes.startIndex
    var index = bytes.startIndex
    var isWithinWord = false
    while index < bytes.endIndex {
      if !isWithinWord, let end = Self.endOfNumber(in: bytes, from: index) {
        words.append(text[wordStart..<index])
        let number = text[index..<end]
        numbers.append(Number(text: number, value: Double(number) ?? .nan))
        wordStart = end
        index = end
      } else {
        isWithinWord = Self.isOfWord(bytes[index])
        index = bytes.index(after: index)
      }
    }
    words.append(text[wordStart...])
  }

  /// Where the number that begins at `start` ends; `nil` where none begins, or where a word goes on behind it.
  private static func endOfNumber(in bytes: String.UTF8View, from start: String.Index) -> String.Index? {
    var index = start
    func skip(_ characters: String) {
      if index < bytes.endIndex, characters.utf8.contains(bytes[index]) { index = bytes.index(after: index) }
    }
    func skipDigits() -> Int {
      var count = 0
      while index < bytes.endIndex, isDigit(bytes[index]) {
        index = bytes.index(after: index)
        count += 1
      }
      return count
    }
    skip("+-")
    var digits = skipDigits()
    let beforePoint = index
    skip(".")
    let decimals = skipDigits()
    digits += decimals
    guard digits > 0 else { return nil }
    // The full stop of a sentence is none of the number's.
    if decimals == 0 { index = beforePoint }
    let beforeExponent = index
    skip("eE")
    if index > beforeExponent {
      skip("+-")
      if skipDigits() == 0 { index = beforeExponent }
    }
    if index < bytes.endIndex, isOfWord(bytes[index]) { return nil }
    return index
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  /// ASCII's letters and digits, and `_`; Chinese puts numbers between its characters without a blank.
  private static func isOfWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte == UInt8(ascii: "_")
      || (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
  }
}
