/// A text as a search index sees it: Latin words without their endings, and pairs of Han characters, since Chinese is
/// written without spaces between words.
///
/// `search.js` cuts what a reader types in the same way; a change here is one there.
package enum SearchWords {
  /// The words of a text, in their order: `convolutions 卷积核` is `convolution`, `卷积`, `积核`, `核`.
  package static func words(of text: String) -> [String] {
    var words: [String] = []
    var run: [Unicode.Scalar] = []
    var isHan = false
    func finish() {
      if isHan { words += pairs(of: run) } else if !run.isEmpty { words += latin(run) }
      run.removeAll(keepingCapacity: true)
    }
    for scalar in text.unicodeScalars {
      let kind = kind(of: scalar)
      guard let kind else {
        finish()
        continue
      }
      if kind != isHan {
        finish()
        isHan = kind
      }
      run.append(scalar)
    }
    finish()
    return words
  }

  /// Whether the scalar is a Han character (or kana, or Hangul), a letter or digit of another script, or neither.
  private static func kind(of scalar: Unicode.Scalar) -> Bool? {
    switch scalar.value {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: false
    case 0..<0xAA: nil
    case 0x2E80...0x2FDF, 0x3005...0x3007, 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7AF,
      0xF900...0xFAFF, 0x20000...0x3FFFF:
      true
    default: scalar.properties.isAlphabetic || scalar.properties.numericType != nil ? false : nil
    }
  }

  /// Every character with the one after it; the last one alone, so that a single character is the beginning of a word
  /// wherever it stands.
  private static func pairs(of run: [Unicode.Scalar]) -> [String] {
    run.indices.map { index in
      var word = String(run[index])
      if index + 1 < run.count { word.unicodeScalars.append(run[index + 1]) }
      return word
    }
  }

  /// The word, and for `zeroGradients` and `Conv2d` its parts as well.
  private static func latin(_ run: [Unicode.Scalar]) -> [String] {
    let whole = String(String.UnicodeScalarView(run)).lowercased()
    var parts: [[Unicode.Scalar]] = [[]]
    var wasLower = false
    for scalar in run {
      let isUpper = scalar.properties.isUppercase
      if isUpper, wasLower { parts.append([]) }
      parts[parts.count - 1].append(scalar)
      wasLower = scalar.properties.isLowercase || (0x30...0x39).contains(scalar.value)
    }
    guard parts.count > 1 else { return [stem(whole)] }
    let words = parts.map { String(String.UnicodeScalarView($0)).lowercased() }.filter { $0.count > 1 }
    return [stem(whole)] + words.map(stem)
  }

  /// The word without the endings of plural, `-ing` and `-ed`. What is left over finds by its beginning.
  static func stem(_ word: String) -> String {
    let bytes = word.utf8
    guard bytes.count > 3, bytes.allSatisfy({ $0 < 0x80 }) else { return word }
    if word.hasSuffix("ies"), bytes.count > 4 { return word.dropLast(3) + "y" }
    if word.hasSuffix("ing"), bytes.count > 6 { return String(word.dropLast(3)) }
    if word.hasSuffix("ed"), bytes.count > 5 { return String(word.dropLast(2)) }
    let isPlural = word.hasSuffix("s") && !["ss", "us", "is"].contains { word.hasSuffix($0) }
    return isPlural ? String(word.dropLast()) : word
  }
}
