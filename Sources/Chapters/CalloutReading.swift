import Diagnostics

extension ChapterReader {
  /// A block quotation, or the callout that it is if its first line says `[!NOTE]`.
  mutating func quotation(_ node: SyntaxNode) -> Block {
    guard let first = node.children.first, first.kind == .paragraph else {
      return .quotation(blocks(node.children))
    }
    var content = inlines(of: first)
    guard let marker = content.removingCalloutMarker() else {
      return .quotation(paragraph(content) + blocks(Array(node.children.dropFirst())))
    }
    let position = prepared.original(node.start)
    guard let kind = Callout.Kind(rawValue: marker.lowercased()) else {
      let names = Callout.Kind.allCases.map { $0.rawValue.uppercased() }
      let hint =
        names.closest(to: marker).map { "Did you mean `[!\($0)]`?" }
        ?? "There are \(names.listed(by: "and"))."
      report(.warning, at: prepared.original(first.start), "unknown callout `[!\(marker)]`", hint: hint)
      return .quotation(
        paragraph([.text("[!\(marker)]")] + content) + blocks(Array(node.children.dropFirst())))
    }
    let isBreak = { (inline: Inline) in inline == .softBreak || inline == .lineBreak }
    let end = content.firstIndex(where: isBreak) ?? content.endIndex
    var title = tidied(Array(content[..<end]).trimmingLeadingSpace)
    let label = title.removingTrailingAttributes().flatMap { self.label(of: $0, kind: kind, at: position) }
    let inside = paragraph(Array(content[end...].dropFirst())) + blocks(Array(node.children.dropFirst()))
    return .callout(Callout(kind: kind, title: title, label: label, blocks: inside, position: position))
  }

  private mutating func label(
    of attributes: Attributes, kind: Callout.Kind, at position: SourcePosition
  ) -> String? {
    if let prefix = kind.labelPrefix { return label(of: attributes, prefix: prefix, at: position) }
    report(.error, at: position, "a callout of this kind has no number, and so no label")
    return nil
  }
}

extension [Inline] {
  /// Takes `[!NAME]` from the head and returns the name.
  fileprivate mutating func removingCalloutMarker() -> String? {
    guard case .text(let text)? = first, text.hasPrefix("[!"), let end = text.firstIndex(of: "]") else {
      return nil
    }
    let name = text[..<end].dropFirst(2)
    guard !name.isEmpty, name.allSatisfy({ $0.isASCII && $0.isLetter }) else { return nil }
    let rest = text[end...].dropFirst()
    if rest.isEmpty { removeFirst() } else { self[0] = .text(String(rest)) }
    return String(name)
  }

  fileprivate var trimmingLeadingSpace: [Inline] {
    guard case .text(let text)? = first else { return self }
    let rest = text.drop { $0 == " " || $0 == "\t" }
    return (rest.isEmpty ? [] : [.text(String(rest))]) + dropFirst()
  }
}
