import Chapters
import Diagnostics

extension ChapterRenderer {
  /// - Parameter isTight: whether paragraphs stand without `<p>`, as in a list without blank lines.
  mutating func render(_ blocks: [Block], isTight: Bool = false) {
    for block in blocks {
      switch block {
      case .heading(let heading): render(heading)
      case .paragraph(let content): renderParagraph(content, isTight: isTight)
      case .quotation(let blocks): renderQuotation(blocks)
      case .callout(let callout): render(callout)
      case .list(let list): render(list)
      case .codeBlock(let block): render(block)
      case .cell(let index): renderCell(index)
      case .table(let table): render(table)
      case .math(let formula): renderEquation(formula)
      case .html(let html): renderBlock(of: html)
      case .thematicBreak:
        startLine()
        output += "<hr />\n"
      }
    }
  }

  private mutating func render(_ heading: Heading) {
    startLine()
    let tag = HTML(trusted: "h\(heading.level)")
    let content = inline(heading.content)
    guard isDecorated else {
      output += "<\(tag)>\(content)</\(tag)>\n"
      return
    }
    let number = numbering.sectionNumbers[heading.id].map(Self.sectionNumber) ?? HTML()
    let anchor: HTML = """
      <a class="anchor" href="#\(URLs.fragment(heading.id))" aria-label="\(anchorLabel(of: heading))">#</a>
      """
    output += "<\(tag) id=\"\(heading.id)\">\(number)\(content)\(anchor)</\(tag)>\n"
  }

  /// A heading's number, set off from its text.
  static func sectionNumber(_ number: String) -> HTML { "<span class=\"section-number\">\(number)</span> " }

  private func anchorLabel(of heading: Heading) -> String {
    let text = heading.content.plainText(values: record.texts)
    return wording.of("Link to “\(text)”", "链接到“\(text)”")
  }

  private mutating func renderParagraph(_ content: [Inline], isTight: Bool) {
    // A formula alone in its paragraph is displayed on a line of its own, and may be numbered.
    if content.count == 1, case .math(let formula) = content[0], formula.isDisplayed {
      renderEquation(formula)
      return
    }
    let outer = hasMargin
    hasMargin = isDecorated && !isInNote
    defer { hasMargin = outer }
    if isDecorated, let image = content.figure {
      renderFigure(image)
      return
    }
    if let index = content.firstIndex(where: \.isNumberedFormula) {
      // What has a number stands on a line of its own, wherever in a paragraph it is written.
      let parts = [Array(content[..<index]), [content[index]], Array(content[(index + 1)...])]
      for part in parts where !part.trimmed.isEmpty { renderParagraph(part.trimmed, isTight: isTight) }
      return
    }
    if isTight {
      output += inline(content)
    } else {
      startLine()
      output += "<p>\(inline(content))</p>\n"
    }
  }

  private mutating func renderQuotation(_ blocks: [Block]) {
    startLine()
    output += "<blockquote>\n"
    renderContained(blocks)
    startLine()
    output += "</blockquote>\n"
  }

  private mutating func render(_ callout: Callout) {
    var title = callout.title.isEmpty ? HTML(wording.title(of: callout.kind)) : inline(callout.title)
    let number = callout.label.flatMap { numbering.targets[$0]?.text(wording) }
    if let number {
      let name: HTML = "<span class=\"caption-number\">\(number)</span>"
      title = callout.title.isEmpty ? name : name + HTML(wording.captionSeparator) + title
    }
    let content = captured { $0.renderContained(callout.blocks) }
    startLine()
    output += theme.templates.render(
      "callout",
      CalloutContext(
        id: claimed(callout.label.map(Numbering.id)), kind: callout.kind.rawValue,
        kindName: unsaidName(of: callout, numbered: number),
        heading: title,
        isFolded: callout.kind == .solution && !site.isInstructorEdition, content: content))
  }

  /// The word for what the callout is, where neither its number nor its own title begins with it.
  private func unsaidName(of callout: Callout, numbered number: String?) -> String? {
    let name = wording.title(of: callout.kind)
    let title = number ?? callout.title.plainText(values: record.texts)
    return title.isEmpty || title.lowercased().hasPrefix(name.lowercased()) ? nil : name
  }

  private mutating func render(_ list: List) {
    startLine()
    switch list.start {
    case nil: output += "<ul>\n"
    case 1?: output += "<ol>\n"
    case let start?: output += "<ol start=\"\(start)\">\n"
    }
    for item in list.items {
      startLine()
      output += "<li>"
      if let isDone = item.isDone { output += checkbox(isDone: isDone) }
      renderContained(item.blocks, isTight: list.isTight)
      output += "</li>\n"
    }
    output += list.start == nil ? "</ul>\n" : "</ol>\n"
  }

  private func checkbox(isDone: Bool) -> HTML {
    let label = isDone ? wording.of("done", "已完成") : wording.of("not done", "未完成")
    let mark: HTML = isDone ? " checked=\"\"" : ""
    return
      "<input type=\"checkbox\"\(mark) disabled=\"\"\(attribute: "aria-label", isDecorated ? label : nil) /> "
  }

  private mutating func render(_ block: CodeBlock) {
    startLine()
    guard isDecorated, block.caption != nil || block.label != nil else { return renderCode(block) }
    let target = block.label.flatMap { numbering.targets[$0] }
    let caption = numbered([Inline](markdown: block.caption ?? ""), target)
    output += """
      <figure class="listing"\(attribute: "id", claimed(target?.id))>
      <figcaption>\(caption)</figcaption>

      """
    renderCode(block)
    output += "</figure>\n"
  }

  private mutating func renderCode(_ block: CodeBlock) {
    guard let language = block.language else {
      output += "<pre\(scrollable)><code>\(block.code)</code></pre>\n"
      return
    }
    let isSwift = isDecorated && language.lowercased() == "swift"
    let code = isSwift ? Highlighting.html(of: block.code) : HTML(block.code)
    output += "<pre\(scrollable)><code class=\"language-\(language)\">\(code)</code></pre>\n"
  }

  /// Long lines scroll within their block, which the keyboard must be able to reach.
  private var scrollable: HTML { isDecorated ? " tabindex=\"0\"" : "" }

  private mutating func renderEquation(_ formula: Formula) {
    startLine()
    let number = formula.label.flatMap { numbering.targets["eq-" + $0.droppingPrefix("eq-")] }
    output += theme.templates.render(
      "equation",
      EquationContext(
        id: claimed(number?.id), number: number?.shortText(wording),
        label: number?.text(wording) ?? wording.of("Formula", "公式"), formula: math(formula)))
  }

  /// Blocks within a container, out of which no raw HTML reaches.
  mutating func renderContained(_ blocks: [Block], isTight: Bool = false) {
    let outer = rawHTML.enterContainer()
    render(blocks, isTight: isTight)
    output += rawHTML.leaveContainer(outer)
  }
}

extension Inline {
  fileprivate var isNumberedFormula: Bool {
    if case .math(let formula) = self { formula.isDisplayed && formula.label != nil } else { false }
  }
}

extension [Inline] {
  /// Without breaks and blanks at the ends.
  fileprivate var trimmed: [Inline] {
    func isBlank(_ inline: Inline) -> Bool {
      switch inline {
      case .softBreak, .lineBreak: true
      case .text(let text): text.allSatisfy(\.isWhitespace)
      default: false
      }
    }
    var trimmed = self[...]
    while trimmed.first.map(isBlank) == true { trimmed.removeFirst() }
    while trimmed.last.map(isBlank) == true { trimmed.removeLast() }
    return Array(trimmed)
  }
}

extension String {
  func droppingPrefix(_ prefix: String) -> String {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
  }
}
