/// The name of a person or an institution.
public struct Name: Hashable, Sendable {
  public var family: String
  public var given: String
  /// "Jr."
  public var suffix: String

  public init(family: String, given: String = "", suffix: String = "") {
    self.family = family
    self.given = given
    self.suffix = suffix
  }

  /// Whether it is written as Chinese, Japanese and Korean names are: the family's first, and no space.
  public var isCJK: Bool {
    let scalars = (family + given).unicodeScalars.filter { $0 != " " }
    return !scalars.isEmpty && scalars.allSatisfy { (0x2E80...0x9FFF).contains($0.value) || (0xAC00...0xD7AF).contains($0.value) || (0xF900...0xFAFF).contains($0.value) || $0.value >= 0x20000 || $0 == "·" }
  }

  /// "Kurt Hornik"
  public var natural: String {
    if isCJK { return family + given }
    return [given, family, suffix].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// "Hornik, Kurt", as lists are sorted.
  public var inverted: String {
    if isCJK || given.isEmpty { return natural }
    return [family, given, suffix].filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// "Hornik K", as Chinese lists have it.
  public var abbreviated: String {
    if isCJK || given.isEmpty { return natural }
    let initials = given.split { $0.isWhitespace || $0 == "." || $0 == "-" }.compactMap(\.first).map { String($0) }
    return "\(family) \(initials.joined(separator: " "))"
  }

  /// What a citation calls its bearer: the family's name, or all of a Chinese one.
  public var short: String { isCJK ? natural : family }
}

// MARK: BibTeX's names

extension Name {
  /// The names of a BibTeX field, and whether others are meant besides.
  ///
  ///     Name.list("Hornik, Kurt and {The Swift Team} and others")
  static func list(_ field: String) -> (names: [Name], hasMore: Bool) {
    var names: [Name] = []
    var hasMore = false
    for part in BracedText.split(field, by: "and") {
      let text = part.trimmed
      if text.lowercased() == "others" {
        hasMore = true
      } else if !text.isEmpty {
        names.append(Name(bibTeX: text))
      }
    }
    return (names, hasMore)
  }

  /// "First von Last", "von Last, First" or "von Last, Jr, First"; a name in braces is one word.
  init(bibTeX text: String) {
    let parts = BracedText.split(text, at: ",").map { $0.trimmed }
    switch parts.count {
    case 1:
      let words = BracedText.split(text, at: " ").filter { !$0.isEmpty }
      // The family's name begins at the first word in small letters, else it is the last word.
      let lower = words.indices.dropFirst().dropLast().first { words[$0].beginsInSmallLetters }
      let start = lower ?? max(0, words.count - 1)
      self.init(
        family: LaTeXText.decoded(words[start...].joined(separator: " ")),
        given: LaTeXText.decoded(words[..<start].joined(separator: " ")))
    case 2: self.init(family: LaTeXText.decoded(parts[0]), given: LaTeXText.decoded(parts[1]))
    default:
      self.init(
        family: LaTeXText.decoded(parts[0]), given: LaTeXText.decoded(parts[2...].joined(separator: ", ")),
        suffix: LaTeXText.decoded(parts[1]))
    }
  }
}

extension String {
  fileprivate var beginsInSmallLetters: Bool { first?.isLowercase == true }

  var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
