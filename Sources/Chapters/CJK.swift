// The character classes of markdown-cjk-friendly, the amendment of CommonMark's emphasis rules:
// https://github.com/tats-u/markdown-cjk-friendly/blob/main/specification.md

extension Unicode.Scalar {
  /// Wide, fullwidth or halfwidth by UAX #11 but no emoji, or Hangul.
  var isCJK: Bool {
    guard value >= 0x1100 else { return false }
    return Self.wideRanges.contains { $0.contains(value) } && !properties.isEmojiPresentation
  }

  /// Korean is written with spaces between words.
  var isHangul: Bool {
    switch value {
    case 0x1100...0x11FF, 0x302E...0x302F, 0x3131...0x318E, 0x3200...0x321E, 0x3260...0x327E, 0xA960...0xA97F,
      0xAC00...0xD7FF, 0xFFA0...0xFFDC:
      true
    default: false
    }
  }

  /// Punctuation as cmark-gfm knows it: ASCII's, and Unicode's general category P.
  var isMarkdownPunctuation: Bool {
    if isASCII {
      switch value {
      case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: return true
      default: return false
      }
    }
    switch properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation:
      return true
    default: return false
    }
  }

  var isMarkdownWhitespace: Bool {
    switch value {
    case 0x09, 0x0A, 0x0C, 0x0D, 0x20, 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  var isIdeographicVariationSelector: Bool { (0xE0100...0xE01EF).contains(value) }
  /// Those that choose a glyph, not emoji presentation.
  var isTextVariationSelector: Bool { (0xFE00...0xFE0E).contains(value) }

  /// Quotation marks, dashes and dots that Chinese and Latin text share; full width among Chinese.
  var isSharedPunctuation: Bool {
    switch value {
    case 0x2014, 0x2015, 0x2018, 0x2019, 0x201C, 0x201D, 0x2025, 0x2026, 0xB7: true
    default: false
    }
  }

  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x4E00...0xA4CF, 0x3250...0x4DBF, 0x2E80...0x303E, 0x3040...0x3247, 0xFF01...0xFFDC, 0xFFE0...0xFFEE,
    0xAC00...0xD7FF, 0x1100...0x11FF, 0x20A9...0x20A9, 0x2329...0x232A, 0xA960...0xA97F, 0xF900...0xFAFF,
    0xFE10...0xFE19, 0xFE30...0xFE6F, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF,
    0x20000...0x3FFFD,
  ]
}

/// Whether a line end between two characters means no space, as CSS Text has it: between two CJK characters, or
/// one and a quotation mark or dash beside it.
func isLineEndDropped(between before: Unicode.Scalar, and after: Unicode.Scalar) -> Bool {
  func isIdeographic(_ scalar: Unicode.Scalar) -> Bool { scalar.isCJK && !scalar.isHangul }
  return isIdeographic(before) && (isIdeographic(after) || after.isSharedPunctuation)
    || isIdeographic(after) && before.isSharedPunctuation
}
