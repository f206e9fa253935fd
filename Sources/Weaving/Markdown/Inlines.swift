import Chapters
import Diagnostics
import ExecutionRecords

extension ExecutionRecord {
  /// What the inline values came to, for plain text.
  var texts: [String] { inlineValues.map { $0.shownText ?? TerminalText.plain($0.expression) } }
}

extension InlineRecord {
  /// As it stands in a sentence: a number with a minus, not a hyphen.
  fileprivate var shownText: String? {
    guard let plain = text.map(TerminalText.plain) else { return nil }
    return plain.hasPrefix("-") && Double(plain)?.isNaN == false ? "−" + plain.dropFirst() : plain
  }
}

extension Inline {
  fileprivate var text: Substring? {
    if case .text(let text) = self { text[...] } else { nil }
  }

  fileprivate var isFormula: Bool {
    if case .math(let formula) = self { !formula.isDisplayed } else { false }
  }

  /// The punctuation that a text begins with, which belongs to a formula in front of it.
  fileprivate var marksBehindFormula: Substring {
    text?.prefix { ",.;:!?)]，。；：！？、）】」』》”’…".contains($0) } ?? ""
  }

  /// The quotation marks and brackets that a text ends with, which belong to a formula behind it.
  fileprivate var marksBeforeFormula: Substring {
    guard let text else { return "" }
    let opening = text.reversed().prefix { "([（【「『《“‘".contains($0) }
    return text.suffix(opening.count)
  }
}

extension ChapterRenderer {
  mutating func inline(_ content: [Inline]) -> HTML {
    let outer = rawHTML.enterContainer()
    var result = HTML()
    for index in content.indices {
      let before = index > 0 ? content[index - 1] : nil
      let after = index + 1 < content.count ? content[index + 1] : nil
      switch content[index] {
      case .math(let formula) where !formula.isDisplayed:
        let (opening, closing) = (before?.marksBeforeFormula ?? "", after?.marksBehindFormula ?? "")
        result += unit(opening, formula, closing)
        // Firefox would not break between two of them.
        if closing == after?.text, content[(index + 2)...].first?.isFormula == true { result += "<wbr />" }
      case .text(var text):
        if before?.isFormula == true { text.removeFirst(content[index].marksBehindFormula.count) }
        if after?.isFormula == true { text.removeLast(content[index].marksBeforeFormula.count) }
        result += HTML(text)
      default: result += inline(content[index])
      }
    }
    return result + rawHTML.leaveContainer(outer)
  }

  /// A formula and the marks that belong to it, which browsers would let end the line before it or begin the next.
  private mutating func unit(_ opening: Substring, _ formula: Formula, _ closing: Substring) -> HTML {
    if opening.isEmpty && closing.isEmpty { return math(formula) }
    // Between its pieces, behind a relation or an operator, the formula itself may be broken.
    let pieces = HTML(
      trusted: math(formula).source.replacing(
        "</span><span class=\"base\">", with: "</span><wbr /><span class=\"base\">"))
    return "<span class=\"nobreak\">\(String(opening))\(pieces)\(String(closing))</span>"
  }

  private mutating func inline(_ piece: Inline) -> HTML {
    switch piece {
    case .text(let text): HTML(text)
    case .softBreak: "\n"
    case .lineBreak: "<br />\n"
    case .code(let code): "<code>\(code)</code>"
    case .html(let html): inline(html)
    case .emphasis(let content): "<em>\(inline(content))</em>"
    case .strong(let content): "<strong>\(inline(content))</strong>"
    case .strikethrough(let content): "<del>\(inline(content))</del>"
    case .link(let link): inline(link)
    case .image(let image): inline(image)
    case .math(let formula): math(formula)
    case .value(let index): inlineValue(index)
    case .footnoteReference(let index): footnoteReference(index)
    case .reference(let reference): inline(reference)
    case .citation(let citation): inline(citation)
    }
  }

  private mutating func inline(_ link: Link) -> HTML {
    let content = inline(link.content)
    guard let href = href(of: link) else { return content }
    let title = link.title.isEmpty ? nil : link.title
    return "<a href=\"\(URLs.escaped(href))\"\(attribute: "title", title)>\(content)</a>"
  }

  private func inlineValue(_ index: Int) -> HTML {
    guard chapter.inlineValues.indices.contains(index) else { return HTML() }
    let expression = chapter.inlineValues[index].expression
    let value = record.inlineValues.indices.contains(index) ? record.inlineValues[index] : nil
    if let value, value.status == .ok, let text = value.shownText { return HTML(text) }
    let reason = value?.error?.message ?? wording.headline(of: value?.status ?? .skipped)
    return """
      <span class="value-error" title="\(TerminalText.plain(reason))"><code>\(expression)</code> \
      \(wording.of("(not computed)", "（未计算）"))</span>
      """
  }
}
