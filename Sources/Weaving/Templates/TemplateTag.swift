/// A tag of a template, with its place: `{{title}}`, `{{#chapters}}`, `{{> cell}}`.
///
/// swift-mustache keeps its own tokens to itself and renders an unknown name as nothing; so the names are
/// read here once more, to be held against the fields that there are.
struct TemplateTag {
  enum Kind: Equatable {
    case text, html, section, invertedSection, end, partial
  }

  var kind: Kind
  /// The name between the braces, without a transform's parentheses: `chapters` for `{{first(chapters)}}`.
  var name: String
  /// The name as written.
  var spelling: String
  var line: Int
  var column: Int

  /// The tags of a template in their order; comments are left out.
  static func read(_ template: Template) throws -> [TemplateTag] {
    var tags: [TemplateTag] = []
    for (index, line) in template.lines.enumerated() {
      var rest = line[...]
      while let open = rest.firstRange(of: "{{") {
        let column = line.utf8.distance(from: line.startIndex, to: open.lowerBound) + 1
        let isTriple = rest[open.upperBound...].hasPrefix("{")
        let terminator = isTriple ? "}}}" : "}}"
        let start = isTriple ? rest.index(after: open.upperBound) : open.upperBound
        guard let close = rest[start...].firstRange(of: terminator) else {
          throw template.error(
            "a tag that begins with ‘{{’ has no ‘\(terminator)’ on its line", line: index + 1, column: column)
        }
        let content = rest[start..<close.lowerBound]
        rest = rest[close.upperBound...]
        let tag = try read(content, isTriple: isTriple, in: template, line: index + 1, column: column)
        if let tag { tags.append(tag) }
      }
    }
    return tags
  }

  private static func read(
    _ content: Substring, isTriple: Bool, in template: Template, line: Int, column: Int
  ) throws -> TemplateTag? {
    let kinds: [Character: Kind] = [
      "#": .section, "^": .invertedSection, "/": .end, ">": .partial, "&": .html,
    ]
    var content = content
    var kind = isTriple ? Kind.html : .text
    if !isTriple, let sigil = content.first {
      if sigil == "!" { return nil }
      if let known = kinds[sigil] {
        kind = known
        content = content.dropFirst()
      } else if "=<$%*".contains(sigil) {
        throw template.error(
          "templates have no tags that begin with ‘{{\(sigil)’", line: line, column: column,
          hint:
            "there are {{name}} {{{name}}} {{#name}} {{^name}} {{/name}} {{> name}}"
        )
      }
    }
    let spelling = content.trimming(while: \.isWhitespace)
    guard !spelling.isEmpty else {
      throw template.error("a tag without a name", line: line, column: column)
    }
    let inner = spelling.drop { $0 != "(" }
    let name = inner.isEmpty ? spelling : inner.trimming { $0 == "(" || $0 == ")" }
    return TemplateTag(kind: kind, name: String(name), spelling: String(spelling), line: line, column: column)
  }
}

extension Substring {
  func trimming(while predicate: (Character) -> Bool) -> Substring {
    var result = drop(while: predicate)
    while let last = result.last, predicate(last) { result.removeLast() }
    return result
  }
}
