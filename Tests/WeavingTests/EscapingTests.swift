import Testing
import Weaving

@Suite struct EscapingTests {
  @Test(arguments: [
    ("a & b < c > d \"e\"", "a &amp; b &lt; c &gt; d &quot;e&quot;"),
    ("it's", "it's"),
    ("损失 é 😀", "损失 é 😀"),
    // A mark followed by a combining accent is one `Character`; it must be escaped all the same.
    ("\"\u{301} onmouseover=\u{301}", "&quot;\u{301} onmouseover=\u{301}"),
    ("<\u{338}script>", "&lt;\u{338}script&gt;"),
    ("a\u{0}b\u{8}c\u{1B}[31m\u{7F}d\te\nf", "abc[31md\te\nf"),
    ("x\u{85}y\u{9F}z\u{A0}w", "xyz\u{A0}w"),
  ])
  func text(_ text: String, _ escaped: String) {
    #expect(HTML(text).source == escaped)
  }

  @Test func literalsAreMarkupAndInterpolationsAreData() {
    let title = "\"><script>"
    let html: HTML = "<p title=\"\(title)\">\(HTML(title))\("<b>x</b>" as HTML)\(3)</p>"
    #expect(html.source == "<p title=\"&quot;&gt;&lt;script&gt;\">&quot;&gt;&lt;script&gt;<b>x</b>3</p>")
    #expect(("<p\(attribute: "id", nil)>" as HTML).source == "<p>")
    #expect(("<p\(attribute: "id", "\"")>" as HTML).source == "<p id=\"&quot;\">")
  }

  @Test(arguments: [
    ("\u{1B}[1;31mred\u{1B}[0m", "red"),
    ("\u{1B}]0;title\u{7}text", "text"),
    ("\u{1B}]8;;http://x\u{1B}\\link\u{1B}]8;;\u{1B}\\", "link"),
    ("\u{1B}]never ends", "never ends"),
    ("\u{9B}31mred", "red"),
    ("10 %\r50 %\r100 %\n", "100 %\n"),
    ("a\r\nb\r\n", "a\nb\n"),
    ("bell\u{7} back\u{8}space", "bell backspace"),
    ("\u{1B}(Bplain", "plain"),
    ("tab\tstays", "tab\tstays"),
    ("a\u{202E}b\u{2066}c\u{2069} …", "abc …"),
  ])
  func terminalText(_ text: String, _ plain: String) {
    #expect(TerminalText.plain(text) == plain)
  }

  @Test func hashes() {
    func hex(_ text: String) -> String {
      SHA256.digest(Array(text.utf8)).map { String($0, radix: 16) }.map { $0.count < 2 ? "0" + $0 : $0 }
        .joined()
    }
    #expect(hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      hex(String(repeating: "a", count: 1000))
        == "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3")
  }
}

@Suite struct URLTests {
  @Test(
    arguments: [
      ("https://example.org/a?b=c#d", .web), ("HTTP://example.org", .web), ("mailto:a@example.org", .web),
      ("#top", .fragment("top")), ("a/b.md#c", .relative(path: "a/b.md", rest: "#c")),
      ("?q=a:b", .relative(path: "", rest: "?q=a:b")), ("./a:b", .relative(path: "./a:b", rest: "")),
      ("javascript:alert(1)", .forbidden(scheme: "javascript")),
      ("JaVaScRiPt:alert(1)", .forbidden(scheme: "javascript")),
      ("java\nscript:alert(1)", .forbidden(scheme: "javascript")),
      (" \u{1}javascript:alert(1)", .forbidden(scheme: "javascript")),
      ("data:text/html,<script>", .forbidden(scheme: "data")), ("vbscript:x", .forbidden(scheme: "vbscript")),
      ("file:///etc/passwd", .forbidden(scheme: "file")), ("//example.org/a", .forbidden(scheme: "//")),
      ("\\\\example.org", .forbidden(scheme: "//")), ("/\\example.org", .forbidden(scheme: "//")),
    ] as [(String, URLs.Kind)])
  func kinds(_ url: String, _ kind: URLs.Kind) {
    #expect(URLs.kind(of: url) == kind)
  }

  @Test func relativePaths() {
    #expect(URLs.relative("index.html", from: "en/a.html") == "../index.html")
    #expect(URLs.relative("en/b.html", from: "en/a.html") == "b.html")
    #expect(URLs.relative("zh/b.html", from: "en/x/a.html") == "../../zh/b.html")
    #expect(URLs.resolved("../zh/./b.md", against: "en/a.md") == "zh/b.md")
    #expect(URLs.resolved("../../../b.md", against: "en/a.md") == "b.md")
    #expect(URLs.path("a:b \"<é.html", from: "c.html") == "./a:b%20%22%3C%C3%A9.html")
  }
}
