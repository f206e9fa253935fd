import Chapters
import Testing
import Weaving

/// What the allowlist makes of a block of raw HTML.
private func filtered(_ html: String) throws -> String {
  var site = Site.single()
  site.allowsHTML = true
  return try rendered([.html(RawHTML(html: html, position: nowhere))], site: site).html
}

@Suite struct RawHTMLTests {
  @Test(arguments: [
    ("<sub>2</sub>", "<sub>2</sub>\n"),
    ("<DIV Class=a>x</DIV>", "<div class=\"a\">x</div>\n"),
    ("a &amp; b &lt; c & d", "a &amp; b &lt; c &amp; d\n"),
    ("1 < 2", "1 &lt; 2\n"),
    ("<br><br/>", "<br><br>\n"),
    ("<div>", "<div>\n</div>"),
    ("</main></div>x", "x\n"),
    ("<script>alert(1)</script>", "alert(1)\n"),
    ("<style>*{}</style>", "*{}\n"),
    ("<p onclick=alert(1)>x</p>", "<p>x</p>\n"),
    ("<p style='x'>y</p>", "<p>y</p>\n"),
    ("<a href='javascript:alert(1)'>x</a>", "<a>x</a>\n"),
    ("<a href='&#106;avascript&colon;alert(1)'>x</a>", "<a>x</a>\n"),
    ("<a href='java&Tab;script:alert(1)'>x</a>", "<a>x</a>\n"),
    ("<a href=\"a.html?x=1&amp;y=2\">x</a>", "<a href=\"a.html?x=1&amp;y=2\">x</a>\n"),
    ("<img src=x onerror=alert(1)>", "<img src=\"x\">\n"),
    ("<img/src='a.png'/alt='b'>", "<img src=\"a.png\" alt=\"b\">\n"),
    ("<iframe src=//evil></iframe>", "\n"),
    ("<svg><a xlink:href='javascript:x'>y</a></svg>", "<a>y</a>\n"),
    ("<!-- <script> -->x", "x\n"),
    ("<!DOCTYPE html><?php x ?>y", "y\n"),
    ("<p title='\"><script>x'>y</p>", "<p title=\"&quot;&gt;&lt;script&gt;x\">y</p>\n"),
    ("<p", "&lt;p\n"),
    ("<p title=\"a", "&lt;p title=&quot;a\n"),
    ("<<script>script>x", "&lt;script&gt;x\n"),
    ("<p class=a class=b>x</p>", "<p class=\"a\">x</p>\n"),
    ("<table><tr><td>x</table>y", "<table><tr><td>x</td></tr></table>y\n"),
  ])
  func allowlist(_ html: String, _ expected: String) throws {
    #expect(try filtered(html).trimmingSuffix("\n") == expected.trimmingSuffix("\n"))
  }

  @Test func nothingReachesOutOfItsContainer() throws {
    var site = Site.single()
    site.allowsHTML = true
    func html(_ source: String) -> Block { .html(RawHTML(html: source, position: nowhere)) }
    let inner = try rendered([.quotation([html("<div>"), html("</blockquote></div></div>")])], site: site)
    #expect(inner.html == "<blockquote>\n<div>\n</div>\n</blockquote>\n")
    let across = try rendered([html("<details>"), .paragraph([.text("x")]), html("</details>")], site: site)
    #expect(across.html == "<details>\n<p>x</p>\n</details>\n")
    let unclosed = try rendered([.quotation([html("<div>")]), .paragraph([.text("x")])], site: site)
    #expect(unclosed.html == "<blockquote>\n<div>\n</div>\n</blockquote>\n<p>x</p>\n")
  }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: Character) -> String {
    var result = self
    while result.last == suffix { result.removeLast() }
    return result
  }
}
