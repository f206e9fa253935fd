import Foundation

/// Text made harmless for Markdown as Jupyter reads it, where dollars are formulas too.
enum MarkdownText {
  /// Running text: white space is one blank, and what would mean something is escaped.
  static func escaped(_ text: String) -> String {
    var result = ""
    let scalars = Array(text.unicodeScalars)
    func isWord(_ index: Int) -> Bool {
      scalars.indices.contains(index) && scalars[index].properties.isAlphabetic
    }
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case " ", "\n", "\t", "\r":
        if result.unicodeScalars.last != " " { result += " " }
      // Jupyter looks for formulas before it looks for backslashes: `\\(` would begin one.
      case "\\": result += "&#92;"
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "*", "`", "[", "]", "$", "~": result += "\\\(scalar)"
      case "_": result += isWord(index - 1) && isWord(index + 1) ? "_" : "\\_"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A paragraph that does not begin like a list or a heading.
  static func protectingStart(of text: String) -> String {
    if text.prefixMatch(of: #/[#+\-]/#) != nil { return "\\" + text }
    if let match = text.prefixMatch(of: #/(\d{1,9})([.)])(?=\s|$)/#) {
      return "\(match.1)\\\(match.2)" + text[match.range.upperBound...]
    }
    return text
  }

  /// Emphasis around text, blanks outside of it: it would be none otherwise. Nor may marks stand between punctuation and
  /// a letter, as they do in Chinese; then the element stands for itself.
  static func wrapped(_ text: String, in mark: String, orElse element: String) -> String {
    let content = text.trimmed
    guard let first = content.first, let last = content.last else { return text }
    let before = text.prefix { $0.isWhitespace }
    let after = String(text.reversed().prefix { $0.isWhitespace }.reversed())
    let isPlain = (first.isLetter || first.isNumber) && (last.isLetter || last.isNumber)
    return isPlain
      ? "\(before)\(mark)\(content)\(mark)\(after)" : "\(before)<\(element)>\(content)</\(element)>\(after)"
  }

  static func code(_ text: String) -> String {
    let text = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    guard !text.isEmpty else { return "" }
    let mark = fence(around: text, atLeast: 1)
    let isTight = !text.hasPrefix("`") && !text.hasSuffix("`")
    return isTight ? mark + text + mark : "\(mark) \(text) \(mark)"
  }

  /// More backticks in a row than the text has.
  static func fence(around text: String, atLeast least: Int) -> String {
    let longest = text.split { $0 != "`" }.map(\.count).max() ?? 0
    return String(repeating: "`", count: max(least, longest + 1))
  }
}

extension StringProtocol {
  var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
