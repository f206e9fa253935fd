/// `{#fig-loss .wide width=50% fig-alt="…"}`: what Pandoc and Quarto write behind a heading, an image, a table's
/// caption or a fence.
struct Attributes: Hashable {
  var id: String?
  var classes: [String] = []
  /// In the order in which they stand.
  var values: [Value] = []

  struct Value: Hashable {
    var key: String
    var text: String
  }

  /// `{-}` is short for `{.unnumbered}`.
  var isUnnumbered: Bool { classes.contains("unnumbered") }

  subscript(key: String) -> String? { values.last { $0.key == key }?.text }

  /// Reads attributes at the head of a text.
  /// - Returns: them and what stands behind them; `nil` if the text begins with something else.
  static func read(at text: Substring) -> (attributes: Attributes, rest: Substring)? {
    guard text.first == "{" else { return nil }
    var attributes = Attributes()
    var rest = text.dropFirst().trimmingSpace
    while let first = rest.first, first != "}" {
      guard attributes.readItem(from: &rest) else { return nil }
      rest = rest.trimmingSpace
    }
    guard rest.first == "}", attributes != Attributes() else { return nil }
    return (attributes, rest.dropFirst())
  }

  /// Reads attributes at the end of a text, and what stands before them.
  static func read(atEndOf text: String) -> (attributes: Attributes, before: String)? {
    let text = text.trimmingWhitespace
    guard text.last == "}" else { return nil }
    // A brace within a quoted value is not the one that opens.
    for start in text.indices.reversed() where text[start] == "{" {
      guard let (attributes, rest) = read(at: text[start...]) else { continue }
      guard rest.isEmpty else { return nil }
      return (attributes, String(text[..<start]).trimmingWhitespace)
    }
    return nil
  }

  private mutating func readItem(from rest: inout Substring) -> Bool {
    func word(_ text: Substring) -> Substring {
      text.prefix { !$0.isWhitespace && !"{}=\"".contains($0) }
    }
    switch rest.first {
    case "#":
      let name = word(rest.dropFirst())
      guard !name.isEmpty else { return false }
      id = String(name)
      rest = rest[name.endIndex...]
    case ".":
      let name = word(rest.dropFirst())
      guard !name.isEmpty else { return false }
      classes.append(String(name))
      rest = rest[name.endIndex...]
    case "-" where rest.dropFirst().first.map { $0.isWhitespace || $0 == "}" } == true:
      classes.append("unnumbered")
      rest = rest.dropFirst()
    default:
      let key = word(rest)
      rest = rest[key.endIndex...]
      guard !key.isEmpty, rest.first == "=" else { return false }
      rest = rest.dropFirst()
      if let quote = rest.first, "\"'“”".contains(quote) {
        let closing: Character = quote == "“" ? "”" : quote
        guard let end = rest.dropFirst().firstIndex(of: closing) else { return false }
        values.append(Value(key: String(key), text: String(rest[rest.index(after: rest.startIndex)..<end])))
        rest = rest[rest.index(after: end)...]
      } else {
        let value = word(rest)
        values.append(Value(key: String(key), text: String(value)))
        rest = rest[value.endIndex...]
      }
    }
    return true
  }
}

extension Substring {
  fileprivate var trimmingSpace: Substring { drop { $0.isWhitespace } }
}

extension [Inline] {
  /// Takes attributes from the end of the content.
  mutating func removingTrailingAttributes() -> Attributes? {
    guard case .text(let text)? = last, let (attributes, before) = Attributes.read(atEndOf: text) else {
      return nil
    }
    if before.isEmpty { removeLast() } else { self[count - 1] = .text(before) }
    return attributes
  }
}
