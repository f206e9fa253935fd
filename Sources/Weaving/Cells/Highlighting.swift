import SwiftIDEUtils
import SwiftParser

/// Colours for Swift code, by SwiftSyntax's own classification.
package enum Highlighting {
  /// The code with its words in `<span>`s: `k` keyword, `t` type, `s` string, `n` number, `c` comment, `a`
  /// attribute, `l` argument label, `d` directive.
  package static func html(of code: String) -> HTML {
    let bytes = Array(code.utf8)
    var result = HTML()
    var position = 0
    func text(_ range: Range<Int>) -> HTML { HTML(String(decoding: bytes[range], as: UTF8.self)) }
    for piece in Parser.parse(source: code).classifications {
      let range = piece.range.lowerBound.utf8Offset..<piece.range.upperBound.utf8Offset
      guard let name = name(of: piece.kind), range.lowerBound >= position, range.upperBound <= bytes.count
      else {
        continue
      }
      result += text(position..<range.lowerBound)
      result += "<span class=\"\(name)\">\(text(range))</span>"
      position = range.upperBound
    }
    return result + text(position..<bytes.count)
  }

  private static func name(of kind: SyntaxClassification) -> HTML? {
    switch kind {
    case .keyword: "k"
    case .type: "t"
    case .stringLiteral, .regexLiteral: "s"
    case .integerLiteral, .floatLiteral: "n"
    case .lineComment, .blockComment, .docLineComment, .docBlockComment: "c"
    case .attribute: "a"
    case .argumentLabel: "l"
    case .ifConfigDirective: "d"
    case .dollarIdentifier: "t"
    case .identifier, .operator, .editorPlaceholder, .none: nil
    @unknown default: nil
    }
  }
}
