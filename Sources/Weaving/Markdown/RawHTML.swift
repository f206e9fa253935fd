import Chapters

extension ChapterRenderer {
  /// Raw HTML in running text.
  mutating func inline(_ html: RawHTML) -> HTML {
    guard site.allowsHTML else {
      if Self.isComment(html.html) { return HTML() }
      // The tag that closes has the same to say as the one that opens.
      if !html.html.hasPrefix("</") { reportRefusedHTML(at: html.position) }
      return HTML(html.html)
    }
    return filtered(html)
  }

  /// A block of raw HTML.
  mutating func renderBlock(of html: RawHTML) {
    if !site.allowsHTML, Self.isComment(html.html) { return }
    startLine()
    if site.allowsHTML {
      output += filtered(html)
    } else {
      reportRefusedHTML(at: html.position)
      output += "<pre\(isDecorated ? " tabindex=\"0\"" : HTML())><code>\(html.html)</code></pre>"
    }
    startLine()
  }

  private mutating func filtered(_ html: RawHTML) -> HTML {
    var refused: [String] = []
    let result = rawHTML.filtered(html.html) { refused.append($0) }
    if !refused.isEmpty {
      report(
        .warning, "this HTML is left out: \(refused.joined(separator: " "))", at: html.position,
        hint: "tags that only lay out text are let through, without scripts, styles and event handlers")
    }
    return result
  }

  private mutating func reportRefusedHTML(at position: SourcePosition) {
    report(
      .warning, "raw HTML is shown as text", at: position,
      hint: "`html: true` in book.yml lets harmless tags through")
  }

  private static func isComment(_ html: String) -> Bool {
    let html = Substring(html).trimming(while: \.isWhitespace)
    return html.hasPrefix("<!--") && html.hasSuffix("-->")
      && html.dropFirst(4).firstRange(of: "-->")?.upperBound == html.endIndex
  }
}
