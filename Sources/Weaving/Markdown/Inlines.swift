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

extension ChapterRenderer {
  mutating func inline(_ content: [Inline]) -> HTML {
    let outer = rawHTML.enterContainer()
    var result = HTML()
    var index = content.startIndex
    while index < content.endIndex {
      if let (unit, rest) = formulaWithPunctuation(content[index...]) {
        result += unit + inline(.text(rest))
        index += 2
      } else {
        result += inline(content[index])
        index += 1
      }
    }
    return result + rawHTML.leaveContainer(outer)
  }

  /// A formula and the punctuation behind it, which browsers would let begin the next line; and what follows.
  private mutating func formulaWithPunctuation(_ content: ArraySlice<Inline>) -> (HTML, rest: String)? {
    guard case .math(let formula)? = content.first, !formula.isDisplayed, content.count > 1,
      case .text(let text) = content[content.startIndex + 1]
    else { return nil }
    let punctuation = text.prefix { ",.;:!?)]，。；：！？、）】」』》”’…".contains($0) }
    guard !punctuation.isEmpty else { return nil }
    // Between its pieces, behind a relation or an operator, the formula itself may be broken.
    let pieces = HTML(
      trusted: math(formula).source.replacing(
        "</span><span class=\"base\">", with: "</span><wbr /><span class=\"base\">"))
    var unit: HTML = "<span class=\"nobreak\">\(pieces)\(String(punctuation))</span>"
    let rest = text.dropFirst(punctuation.count)
    // Firefox would not break between two of them.
    if rest.isEmpty, content.count > 2 { unit += "<wbr />" }
    return (unit, String(rest))
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
