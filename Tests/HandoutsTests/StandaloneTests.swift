import Diagnostics
import Foundation
import Handouts
import Testing
import Weaving

@Suite("Standalone pages")
struct StandaloneTests {
  private static let picture = Data([0x89, 0x50, 0x4E, 0x47])

  private func page(_ body: String, head: String = "", resources: [String: String] = [:]) throws -> String {
    var files = resources.mapValues { Data($0.utf8) }
    files["images/a b.png"] = Self.picture
    let site = HandoutSite(
      resources: files, mathFonts: try KaTeXInstallation.find().map { try MathFonts($0) })
    let html = """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8">\
      <meta http-equiv="Content-Security-Policy" content="img-src 'self'">\(head)</head><body>\(body)</body></html>
      """
    return try StandalonePage(html, at: "en/page.html", in: site).html()
  }

  @Test func everythingStandsInThePage() throws {
    let html = try page(
      #"<main><img src="../images/a%20b.png" alt="A" srcset="../images/a%20b.png 2x"></main>"#,
      head: #"""
        <link rel="stylesheet" href="../assets/a.css" media="print"><link rel="preload" href="../assets/a.css">
        <script src="../assets/a.js" defer></script>
        """#,
      resources: [
        "assets/a.css":
          "p { background: url('../images/a b.png') } q { background: url(https://x.org/a.png) }",
        "assets/a.js": "go(\"</script>\")",
      ])
    let embedded = "data:image/png;base64," + Self.picture.base64EncodedString()
    #expect(html.contains(#"<img src="\#(embedded)" alt="A">"#))
    #expect(
      html.contains("<style media=\"print\">p { background: url(\(embedded)) } q { background: url(data:,) }")
    )
    // Deferred scripts stand at the end.
    #expect(html.contains(#"</main><script>go("<\/script>")</script></body>"#), "\(html)")
    for reference in html.matches(of: #/ (?:src|href|srcset)="([^"]*)"/#) {
      #expect(reference.1.hasPrefix("data:"), "\(reference.1)")
    }
    #expect(!html.contains("preload"))
  }

  @Test func thePolicyAllowsWhatStandsThereAndNothingElse() throws {
    let html = try page(
      "<script>b()</script>", head: "<link rel=stylesheet href=../s.css>",
      resources: ["s.css": "p { color: red }"])
    let policies = html.matches(of: #/http-equiv="Content-Security-Policy" content="([^"]*)"/#)
    let policy = String(try #require(policies.first).1)
    #expect(policies.count == 1)
    func hash(_ text: String) -> String { Data(SHA256.digest(Array(text.utf8))).base64EncodedString() }
    #expect(policy.contains("style-src-elem 'sha256-\(hash("p { color: red }"))';"))
    #expect(policy.contains("script-src 'sha256-\(hash("b()"))'"))
    #expect(!policy.contains("'self'"))
    #expect(policy.contains("default-src 'none'"))
  }

  @Test func whatBelongsToASiteIsLeftOut() throws {
    let html = try page(#"<p>text</p><div data-site><script src="../search.js"></script>search</div>"#)
    #expect(html.contains("<p>text</p>"))
    #expect(!html.contains("search"))
  }

  @Test func missingFilesAreNotAskedFor() throws {
    let html = try page(
      #"<img src="gone.png" alt=""><img src="https://x.org/a.png" alt=""><video src="//x.org/v"></video>"#,
      head: #"<link rel="stylesheet" href="gone.css"><script src="gone.js"></script>"#)
    #expect(!html.contains("gone"))
    #expect(!html.contains("x.org"))
  }

  @Test func textStaysText() throws {
    let attack = "&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt; &quot;"
    let html = try page(#"<p title="\#(attack)">\#(attack)</p><pre>"# + "\n\n  x &lt;b&gt;</pre>")
    #expect(!html.contains("<script>alert"))
    #expect(html.contains("<p title=\"\(attack)\">&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt; \"</p>"))
    #expect(html.contains("<pre>\n\n  x &lt;b&gt;</pre>"))
  }

  @Test func bottomlessPagesAreRefused() throws {
    #expect(throws: Diagnostic.self) { try page(String(repeating: "<div>", count: 100_000)) }
    _ = try page(String(repeating: "<br>", count: 5000) + String(repeating: "<p>a</p>", count: 5000))
  }

  @Test func formulasKeepTheirFontsAndLoseTheRest() throws {
    let katex = try #require(KaTeXInstallation.find())
    let sheet = try String(contentsOf: katex.stylesheet, encoding: .utf8)
    let math = MathRenderer(installation: katex)
    let formula = try math.set(
      #"\mathbf{w} \leftarrow w - \eta \sum_{i} \frac{\partial E}{x_i}"#, isDisplayed: true
    ).html
    let html = try page(
      "<p>\(formula)</p>", head: #"<link rel="stylesheet" href="../assets/katex/katex.min.css">"#,
      resources: ["assets/katex/katex.min.css": sheet])
    let faces = html.matches(
      of: #/@font-face\{font-family:(\w+);font-style:(\w+);font-weight:(\w+);src:url\(([^)]*)\)/#)
    let names = faces.map { "\($0.1) \($0.2) \($0.3)" }
    #expect(
      Set(names) == [
        "KaTeX_Main normal bold", "KaTeX_Main normal normal", "KaTeX_Math italic normal",
        "KaTeX_Size2 normal normal",
      ])
    let sizes = faces.map { $0.4.utf8.count }.reduce(0, +)
    #expect(sizes < 15_000, "\(sizes) bytes of fonts")
    // The formula's own markup is little more than half of what it was; what a screen reader gets is all there.
    let own = try #require(html.firstMatch(of: #/<span class="katex-html".*<\/p>/#.dotMatchesNewlines()))
    let before = try #require(formula.firstMatch(of: #/<span class="katex-html".*/#.dotMatchesNewlines()))
    #expect(own.0.utf8.count * 5 < before.0.utf8.count * 3, "\(own.0.utf8.count) of \(before.0.utf8.count)")
    #expect(html.contains(#"<annotation encoding="application/x-tex">"#))
    #expect(!own.0.contains("style="))
  }
}
