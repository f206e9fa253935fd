/// Makes cmark-gfm read emphasis next to CJK characters the markdown-cjk-friendly way.
///
/// CommonMark lets a run of `*` open or close emphasis by the characters on its two sides, and takes CJK
/// punctuation for a word's end, which in a text without spaces it is not: `**强调：**然后` stays plain. Its parser
/// cannot be told other rules, but it can be shown other neighbours: where the rules differ, an invisible marker
/// is put between the run and its neighbour, one that counts as a letter or as punctuation, and taken out of
/// everything that is parsed.
struct EmphasisMarkers {
  /// Noncharacters: they stand in no text, and cmark takes them for letters.
  static let letter = Unicode.Scalar(0xFDD0 as UInt32)!
  /// A Kharoshthi punctuation mark. Text that uses it loses the rule for `_`, not the character.
  static let punctuation = Unicode.Scalar(0x10A58 as UInt32)!

  /// What a run can do: open emphasis, close it.
  private struct Role: Equatable {
    var opens: Bool
    var closes: Bool
  }

  /// Bytes to insert, in order, by their index in the text.
  private(set) var insertions: [(index: Int, scalar: Unicode.Scalar)] = []

  init(_ bytes: [UInt8], usingPunctuation: Bool) {
    var index = 0
    while index < bytes.count {
      let character = bytes[index]
      guard character == UInt8(ascii: "*") || character == UInt8(ascii: "_") || character == UInt8(ascii: "~")
      else {
        index += 1
        continue
      }
      var start = index
      let end = index + bytes.run(of: character, at: index)
      index = end
      if bytes.isEscaped(start) { start += 1 }
      guard start < end, Self.hasNonASCII(bytes, around: start..<end) else { continue }
      mark(start..<end, of: character, in: bytes, usingPunctuation: usingPunctuation)
    }
  }

  /// Where neither neighbour is beyond ASCII, the rules agree.
  private static func hasNonASCII(_ bytes: [UInt8], around run: Range<Int>) -> Bool {
    (run.lowerBound > 0 && bytes[run.lowerBound - 1] >= 0x80)
      || (run.upperBound < bytes.count && bytes[run.upperBound] >= 0x80)
  }

  private mutating func mark(
    _ run: Range<Int>, of character: UInt8, in bytes: [UInt8], usingPunctuation: Bool
  ) {
    let before = Neighbour(before: run.lowerBound, in: bytes)
    let after = Neighbour(after: run.upperBound, in: bytes)
    let wanted = Self.role(of: character, before, after, rules: .friendly)
    guard wanted != Self.role(of: character, before, after, rules: .commonMark) else { return }
    let markers = [nil, Self.letter] + (usingPunctuation ? [Self.punctuation] : [])
    for (first, second) in markers.flatMap({ first in markers.map { (first, $0) } }) {
      let shownBefore = first.map { Neighbour(scalar: $0) } ?? before
      let shownAfter = second.map { Neighbour(scalar: $0) } ?? after
      guard Self.role(of: character, shownBefore, shownAfter, rules: .commonMark) == wanted else { continue }
      if let first { insertions.append((run.lowerBound, first)) }
      if let second { insertions.append((run.upperBound, second)) }
      return
    }
  }

  private enum Rules { case commonMark, friendly }

  private static func role(of character: UInt8, _ before: Neighbour, _ after: Neighbour, rules: Rules) -> Role
  {
    let left: Bool
    let right: Bool
    switch rules {
    case .commonMark:
      left = !after.isSpace && (!after.isPunctuation || before.isSpace || before.isPunctuationToCMark)
      right = !before.isSpace && (!before.isPunctuationToCMark || after.isSpace || after.isPunctuation)
    case .friendly:
      let punctuationBefore = before.isPunctuation && !before.isCJK
      let punctuationAfter = after.isPunctuation && !after.isCJK
      left =
        !after.isSpace
        && (!punctuationAfter || before.isSpace || punctuationBefore || before.isCJK
          || before.isIdeographicVariationSelector)
      right = !before.isSpace && (!punctuationBefore || after.isSpace || punctuationAfter || after.isCJK)
    }
    guard character == UInt8(ascii: "_") else { return Role(opens: left, closes: right) }
    let isPunctuationBefore = rules == .friendly ? before.isPunctuation : before.isPunctuationToCMark
    return Role(
      opens: left && (!right || isPunctuationBefore), closes: right && (!left || after.isPunctuation))
  }
}

/// What stands beside a run of delimiters, as the rules see it. The end of the text counts as a space.
private struct Neighbour {
  var isSpace = true
  var isPunctuation = false
  /// The same for cmark, which takes a variation selector for a character by itself.
  var isPunctuationToCMark = false
  var isCJK = false
  var isIdeographicVariationSelector = false

  init() {}

  init(scalar: Unicode.Scalar) {
    isSpace = scalar.isMarkdownWhitespace
    isPunctuation = scalar.isMarkdownPunctuation
    isPunctuationToCMark = isPunctuation
    isCJK = scalar.isCJK
    isIdeographicVariationSelector = scalar.isIdeographicVariationSelector
  }

  init(after index: Int, in bytes: [UInt8]) {
    self.init()
    guard let scalar = String(decoding: bytes[index...].prefix(4), as: UTF8.self).unicodeScalars.first else {
      return
    }
    self.init(scalar: scalar)
  }

  init(before index: Int, in bytes: [UInt8]) {
    self.init()
    guard let (scalar, start) = Self.scalar(before: index, in: bytes) else { return }
    self.init(scalar: scalar)
    // A variation selector says how the character before it looks; the sequence is of that character's kind.
    if scalar.isTextVariationSelector, let (base, _) = Self.scalar(before: start, in: bytes) {
      let isFullWidthForm = scalar.value == 0xFE01 && base.isSharedPunctuation
      self.init(scalar: base)
      isPunctuationToCMark = false
      if isFullWidthForm { isCJK = true }
    }
  }

  private static func scalar(before index: Int, in bytes: [UInt8]) -> (Unicode.Scalar, start: Int)? {
    var start = index - 1
    while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    guard start >= 0 else { return nil }
    return String(decoding: bytes[start..<index], as: UTF8.self).unicodeScalars.first.map { ($0, start) }
  }
}
