/// The characters of formulas by the font that each is set in.
package struct MathCharacters: Hashable, Sendable {
  /// By the name of the font's file: `Main-Regular`.
  package var byFont: [String: Set<Unicode.Scalar>] = [:]
  /// Whether there are formulas besides that nobody looked at, so that no font can do without any character.
  package var areIncomplete = false

  package init() {}

  package mutating func formUnion(_ other: Self) {
    byFont.merge(other.byFont) { $0.union($1) }
    areIncomplete = areIncomplete || other.areIncomplete
  }
}

/// As a text for each font, in order, so that the same characters are the same bytes.
extension MathCharacters: Codable {
  package init(from decoder: any Decoder) throws {
    let texts = try decoder.singleValueContainer().decode([String: String].self)
    byFont = texts.mapValues { Set($0.unicodeScalars) }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(
      byFont.mapValues { characters in
        var text = String.UnicodeScalarView()
        text.append(contentsOf: characters.sorted())
        return String(text)
      })
  }
}
