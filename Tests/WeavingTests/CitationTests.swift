import Chapters
import Testing
import Weaving

@Suite struct CitationTests {
  private static let works = """
    @article{hornik1991, author = {Hornik, Kurt}, title = {Approximation of $L^p$}, journal = {NN}, year = 1991,
      doi = {10.1/x}}
    @article{two, author = {Hornik, Kurt and White, Halbert}, title = {T}, journal = {J}, year = 1990}
    @article{doe-b, author = {Doe, J.}, title = {B}, journal = {J}, year = 2000}
    @article{doe-a, author = {Doe, J.}, title = {A}, journal = {J}, year = 2000}
    @book{zhou, author = {周志华}, title = {机器学习}, year = 2016}
    @misc{evil, author = {<script>alert(1)</script>}, title = {"><img src=x onerror=alert(1)>}, year = 1,
      url = {javascript:alert(1)}}
    @misc{never, author = {Never, Cited}, title = {T}, year = 1}
    """

  private func page(_ text: String, path: String = "a.md") throws -> (
    html: String, text: String, messages: [String], hints: [String]
  ) {
    let page = try BookFixture([path: text], numbered: false, bibliography: Self.works).page(path)
    let body = page.html[page.html.firstRange(of: "<article>")!.upperBound...]
    return (page.html, String(body).replacing(#/<[^>]*>/#, with: ""), page.messages, page.hints)
  }

  @Test(arguments: [
    ("@hornik1991", "Hornik (1991)", "Hornik（1991）"),
    ("@hornik1991 [p. 3]", "Hornik (1991, p. 3)", "Hornik（1991，p. 3）"),
    ("[@hornik1991]", "(Hornik 1991)", "（Hornik，1991）"),
    (
      "[see @hornik1991, pp. 3–4; @two]", "(see Hornik 1991, pp. 3–4; Hornik and White 1990)",
      "（see Hornik，1991，pp. 3–4；Hornik 和 White，1990）"
    ),
    ("[-@hornik1991]", "(1991)", "（1991）"),
    ("[@hornik1991 ch. 2]", "(Hornik 1991, ch. 2)", "（Hornik，1991，ch. 2）"),
    ("[@hornik1991 and others]", "(Hornik 1991 and others)", "（Hornik，1991 and others）"),
    ("[@doe-a; @doe-b]", "(Doe 2000a; Doe 2000b)", "（Doe，2000a；Doe，2000b）"),
    ("@zhou", "周志华 (2016)", "周志华（2016）"),
  ])
  func inText(markdown: String, english: String, chinese: String) throws {
    for (path, expected) in [("a.md", english), ("zh-Hans/a.md", chinese)] {
      let page = try page("# T\n\nAs \(markdown) says.", path: path)
      #expect(page.text.contains("As \(expected) says."), "\(page.text)")
      #expect(page.messages == [])
    }
  }

  @Test func theListHasWhatIsCited() throws {
    let page = try page("# T\n\n@zhou [@doe-b] @hornik1991 [^1]\n\n[^1]: Also @doe-a.")
    #expect(page.messages == [])
    #expect(page.html.contains("<h2 id=\"references\">References</h2>"))
    let ids = page.html.matches(of: #/<li id="(ref-[^"]*)"/#).map { String($0.1) }
    #expect(ids == ["ref-doe-a", "ref-doe-b", "ref-hornik1991", "ref-zhou"])
    #expect(page.html.contains("href=\"#ref-hornik1991\">Hornik (1991)</a>"))
    #expect(page.html.contains("Approximation of <span class=\"katex\">"))
    #expect(page.html.contains("<a href=\"https://doi.org/10.1/x\">https://doi.org/10.1/x</a>"))
    #expect(page.html.contains("<a href=\"#references\">References</a>"))
    #expect(try self.page("# T\n\nx").html.contains("id=\"references\"") == false)
    #expect(try self.page("# T\n\n@zhou", path: "zh-Hans/a.md").html.contains(">参考文献</h2>"))
  }

  @Test func unknownWorksAreErrors() throws {
    let page = try page("# T\n\nSee @hornik1919 and\n[@nobody; @two].")
    #expect(
      page.messages == [
        "a.md:3:5: error: there is no work ‘hornik1919’ in a.bib",
        "a.md:4:2: error: there is no work ‘nobody’ in a.bib",
      ])
    #expect(page.hints[0] == "did you mean @hornik1991?")
  }

  @Test func nothingOfAWorkIsMarkup() throws {
    let page = try page("# T\n\n@evil")
    #expect(!page.html.contains("<script>alert"))
    #expect(!page.html.contains("<img"))
    #expect(!page.html.contains("href=\"javascript"))
  }
}
