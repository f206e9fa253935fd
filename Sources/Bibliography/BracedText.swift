/// Splits BibTeX's values, in which what stands in braces is one piece.
enum BracedText {
  /// - Parameter separator: a character outside of braces.
  static func split(_ text: String, at separator: Character) -> [String] {
    var parts: [String] = [""]
    var depth = 0
    for character in text {
      if character == "{" { depth += 1 }
      if character == "}" { depth -= 1 }
      let isSeparator = character == separator || (separator == " " && (character.isWhitespace || character == "~"))
      if depth == 0, isSeparator { parts.append("") } else { parts[parts.count - 1].append(character) }
    }
    return parts
  }

  /// - Parameter word: a word between spaces, outside of braces.
  static func split(_ text: String, by word: String) -> [String] {
    var parts: [[String]] = [[]]
    for piece in split(text, at: " ") where !piece.isEmpty {
      if piece.lowercased() == word { parts.append([]) } else { parts[parts.count - 1].append(piece) }
    }
    return parts.map { $0.joined(separator: " ") }
  }
}
