extension Diagnostic: CustomStringConvertible {
  /// `file:line:column: error: message`, the line, a caret, the hint, the notes.
  ///
  /// The first line is the form that every editor understands.
  public var description: String {
    var lines = ["\(location)\(severity.rawValue): \(message)"]
    if let sourceLine {
      lines.append("    \(sourceLine)")
      if let column { lines.append("    \(Self.indentation(upTo: column, in: sourceLine))^") }
    }
    if let hint { lines.append("    \(hint)") }
    lines += notes.map(\.description)
    return lines.joined(separator: "\n")
  }

  private var location: String {
    let place = [line, line == nil ? nil : column].compactMap { $0.map(String.init) }
    return ([file] + place).joined(separator: ":") + ": "
  }

  /// Blanks as wide as the text before `column`, so that the caret stands below the right character:
  /// tabs stay tabs, and East Asian wide characters count double.
  private static func indentation(upTo column: Int, in line: String) -> String {
    let before = String(decoding: line.utf8.prefix(max(0, column - 1)), as: UTF8.self)
    return before.map { character in
      if character == "\t" { return "\t" }
      return character.isWide ? "  " : " "
    }.joined()
  }
}

extension Character {
  /// Whether a terminal gives the character two columns (Unicode's East Asian Width W and F, roughly).
  fileprivate var isWide: Bool {
    guard let scalar = unicodeScalars.first?.value else { return false }
    switch scalar {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      return true
    default: return false
    }
  }
}
