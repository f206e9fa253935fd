extension ChapterReader {
  /// The content of a paragraph or heading.
  mutating func inlines(of node: SyntaxNode) -> [Inline] {
    var text = LeafText(node, in: prepared)
    warnOfUndefinedNotes(in: text)
    return inlines(node.children[...], in: &text)
  }

  mutating func inlines(_ nodes: ArraySlice<SyntaxNode>, in text: inout LeafText) -> [Inline] {
    var inlines = InlineList()
    for node in nodes {
      guard var inline = inline(node, in: &text) else { continue }
      if case .citation(var citation) = inline, citation.isBracketed {
        // cmark has made text of the bracket and of what stands between it and the first `@`.
        citation.items[0].prefix = inlines.removingBracketed(dropping: citation.items[0].isShort ? "-" : "")
        inline = .citation(citation)
      }
      inlines.append(inline)
    }
    return givingAttributes(inlines.finished)
  }

  private mutating func inline(_ node: SyntaxNode, in text: inout LeafText) -> Inline? {
    switch node.kind {
    case .text: return node.literal.isEmpty ? nil : .text(node.literal)
    case .softBreak: return .softBreak
    case .lineBreak: return .lineBreak
    case .code: return code(node, in: &text)
    case .html:
      let html = node.literal.utf8
      let offset = text.locate(node.start) { bytes, offset in
        bytes[offset] == UInt8(ascii: "<") && bytes[offset...].prefix(html.count).count == html.count
      }
      return .html(RawHTML(html: node.literal, position: place(offset, of: node, in: text)))
    case .emphasis: return .emphasis(inlines(node.children[...], in: &text))
    case .strong: return .strong(inlines(node.children[...], in: &text))
    case .strikethrough: return .strikethrough(inlines(node.children[...], in: &text))
    case .link(let destination, let title):
      // An address that became a link by itself stands as its own text.
      let address = node.children.first?.literal.utf8.prefix(60) ?? "".utf8.prefix(0)
      let isAddress = !address.isEmpty && destination.utf8.suffix(address.count).elementsEqual(address)
      let offset = text.locate(node.start) { bytes, offset in
        bytes[offset] == UInt8(ascii: "[") || bytes[offset] == UInt8(ascii: "<")
          || isAddress && bytes[offset...].starts(with: address)
      }
      let position = place(offset, of: node, in: text)
      if let offset { text.advance(to: offset + 1) }
      let content = inlines(node.children[...], in: &text)
      return .link(Link(destination: destination, title: title, content: content, position: position))
    case .image(let source, let title):
      let offset = text.locate(node.start) { bytes, offset in bytes.has("![", at: offset) }
      let position = place(offset, of: node, in: text)
      if let offset { text.advance(to: offset + 2) }
      let alternative = inlines(node.children[...], in: &text)
      return .image(Image(source: source, title: title, alternative: alternative, position: position))
    case .footnoteReference: return Int(node.literal).map { .footnoteReference($0 - 1) }
    case .span(let span): return self.span(span, of: node, in: &text)
    // A block in text is what is left of one that was nested too deep.
    default: return .text(node.literal)
    }
  }

  private func place(_ offset: Int?, of node: SyntaxNode, in text: LeafText) -> SourcePosition {
    // cmark gives no place to what it made after all else, as of an address.
    let isPlaced = node.start.line > 0 && node.start.column > 0
    return offset.map { text.position($0) } ?? (isPlaced ? prepared.original(node.start) : text.position(0))
  }

  // MARK: Formulas and references

  private mutating func span(_ span: InlineSyntax.Span, of node: SyntaxNode, in text: inout LeafText)
    -> Inline
  {
    let isThere = span.end <= text.content.count
    switch span {
    case .math(let tex, let isDisplayed, let label, let end):
      guard isThere else {
        let position = text.position(0)
        return .math(
          Formula(tex: node.literal.trimmingWhitespace, isDisplayed: isDisplayed, position: position))
      }
      text.advance(to: end)
      return .math(formula(text.content[tex], isDisplayed: isDisplayed, label: label, in: text))
    case .reference(let label):
      if isThere { text.advance(to: label.upperBound) }
      let position = text.position(isThere ? label.lowerBound - 1 : 0)
      return .reference(Reference(label: Self.lowercasingFirst(node.literal), position: position))
    case .citation(let found):
      guard isThere else { return .text(node.literal) }
      text.advance(to: found.end)
      let items = found.items.map { item in
        let key = prepared.clean(text.content[item.key])
        return Citation.Item(
          key: Reference.isLabel(key.lowercased()) ? Self.lowercasingFirst(key) : key,
          prefix: affix(item.prefix, in: text), suffix: affix(item.suffix, in: text), isShort: item.isShort,
          position: text.position(item.key.lowerBound - 1))
      }
      return .citation(Citation(items: items, isBracketed: found.isBracketed))
    }
  }

  /// `@Fig-loss`, as Quarto lets a sentence begin, is `@fig-loss`.
  private static func lowercasingFirst(_ label: String) -> String {
    label.prefix(1).lowercased() + label.dropFirst()
  }

  /// What stands before or behind a key: "see", ", *passim*".
  private func affix(_ range: Range<Int>, in text: LeafText) -> [Inline] {
    let source = prepared.clean(text.content[range]).trimmingWhitespace
    return source.isEmpty ? [] : [Inline](markdown: source)
  }

  // MARK: Attributes

  private static let imageKeys = ["fig-alt", "alt", "width", "height"]
  /// What Quarto knows besides, and what means nothing here.
  private static let ignoredImageKeys = ["fig-align", "fig-pos", "fig-env", "fig-scap", "lightbox", "group"]

  /// Images with what `{…}` right behind them says.
  private mutating func givingAttributes(_ inlines: [Inline]) -> [Inline] {
    var result = inlines
    for index in result.indices.dropLast() {
      guard case .image(var image) = result[index], case .text(let text) = result[index + 1],
        let (attributes, rest) = Attributes.read(at: text[...])
      else { continue }
      image.label = label(of: attributes, prefix: "fig-", at: image.position)
      image.description = attributes["fig-alt"] ?? attributes["alt"]
      image.width = length(attributes, "width", at: image.position)
      image.height = length(attributes, "height", at: image.position)
      for value in attributes.values where !(Self.imageKeys + Self.ignoredImageKeys).contains(value.key) {
        report(
          .warning, at: image.position, "an image has no attribute `\(value.key)`",
          hint: Self.imageKeys.closest(to: value.key).map { "Did you mean `\($0)`?" }
            ?? "There are \(Self.imageKeys.listed(by: "and")).")
      }
      result[index] = .image(image)
      result[index + 1] = .text(String(rest))
    }
    return result.filter { $0 != .text("") }
  }

  private mutating func length(_ attributes: Attributes, _ key: String, at position: SourcePosition) -> String? {
    guard let text = attributes[key] else { return nil }
    guard let match = text.wholeMatch(of: /([0-9]{1,5}(?:\.[0-9]{1,3})?)(px|%|em|rem|cm|mm|in|pt|vw)?/) else {
      report(
        .error, at: position, "`\(key)` takes a length, not `\(text)`",
        hint: "Lengths look like `\(key)=50%` or `\(key)=300px`.")
      return nil
    }
    return String(match.1) + (match.2 ?? "px")
  }

  // MARK: Code and inline values

  private static let valueMarker: StaticString = "{swift}"

  private mutating func code(_ node: SyntaxNode, in text: inout LeafText) -> Inline {
    let offset = text.locate(node.start) { bytes, offset in
      // cmark reports the first character behind the backticks.
      offset > 0 && bytes[offset - 1] == .backtick && bytes[offset] != .backtick
        && Self.isCode(bytes[offset...], node.content)
    }
    if let offset { text.advance(to: offset + node.content.count + 1) }
    guard node.literal.hasPrefix("{swift}") else { return .code(node.literal) }
    let rest = node.literal.dropFirst(Self.valueMarker.utf8CodeUnitCount)
    guard rest.isEmpty || rest.first?.isWhitespace == true else { return .code(node.literal) }
    let expression = String(rest).trimmingWhitespace
    var position = place(offset, of: node, in: text)
    if let offset {
      let content = text.content[offset...]
      let marker = content.firstIndex { !$0.isWhitespace } ?? offset
      let behind = content[min(marker + Self.valueMarker.utf8CodeUnitCount, content.endIndex)...]
      let first = expression.isEmpty ? marker : behind.firstIndex { !$0.isWhitespace } ?? marker
      position = text.position(first)
    }
    guard !expression.isEmpty else {
      report(
        .error, at: position, "an inline value without an expression",
        hint: "Write the expression behind `{swift}` and a space.")
      return .code(node.literal)
    }
    inlineValues.append(InlineValue(expression: expression, position: position))
    units.append(.inlineValue(inlineValues.count - 1))
    return .value(inlineValues.count - 1)
  }

  /// Whether a code span's text begins here: cmark has made spaces of line ends and taken one space from each end.
  private static func isCode(_ bytes: ArraySlice<UInt8>, _ code: [UInt8]) -> Bool {
    func begins(_ bytes: ArraySlice<UInt8>) -> Bool {
      var index = bytes.startIndex
      for byte in code.prefix(24) {
        guard index < bytes.endIndex, bytes[index] == byte || (byte == .space && bytes[index] == .newline)
        else { return false }
        index += 1
      }
      return true
    }
    return begins(bytes) || (bytes.first?.isWhitespace == true && begins(bytes.dropFirst()))
  }
}
