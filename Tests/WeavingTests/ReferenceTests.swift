import Chapters
import Testing
import Weaving

@Suite struct ReferenceTests {
  private static let first = """
    ---
    title: Nets
    label: sec-nets
    ---
    ## One {#sec-one}
    ### Deeper {#sec-deeper}
    ## Not counted {.unnumbered}
    ## Two {#sec-two}

    $$a$$ {#eq-a}

    Before
    $$b$$ {#eq-b}
    and after.

    ![A cat](cat.png){#fig-cat fig-alt="A cat asleep"}

    ![A dog](dog.png)

    | a |
    |---|
    | 1 |

    : Numbers {#tbl-numbers}

    ```swift {#lst-loop lst-cap="A loop"}
    for i in x {}
    ```

    > [!EXERCISE] Try {#exr-try}
    > it
    """

  private func text(of html: String) -> String {
    let main = html.firstRange(of: "<article>").map { html[$0.upperBound...] } ?? html[...]
    return String(main).replacing(#/<[^>]*>/#, with: "").replacing("\u{A0}", with: " ")
  }

  private func referring(_ references: String, language: String = "en") throws -> (
    text: String, html: String, messages: [String], hints: [String]
  ) {
    let folder = language == "en" ? "en" : "zh-Hans"
    let book = BookFixture([
      "\(folder)/1.md": Self.first, "\(folder)/2.md": "---\ntitle: More\n---\n" + references,
    ])
    let page = try book.page("\(folder)/2.md")
    return (text(of: page.html), page.html, page.messages, page.hints)
  }

  @Test(arguments: [
    ("@sec-one", "Section 1.1", "第 1.1 节"), ("@sec-deeper", "Section 1.1.1", "第 1.1.1 节"),
    ("@sec-two", "Section 1.2", "第 1.2 节"), ("@sec-nets", "Chapter 1", "第 1 章"),
    ("@eq-a", "Equation (1.1)", "式 (1.1)"), ("@eq-b", "Equation (1.2)", "式 (1.2)"),
    ("@fig-cat", "Figure 1.1", "图 1.1"), ("@tbl-numbers", "Table 1.1", "表 1.1"),
    ("@lst-loop", "Listing 1.1", "代码 1.1"), ("@exr-try", "Exercise 1.1", "练习 1.1"),
    ("[-@fig-cat]", "1.1", "1.1"), ("[-@eq-a]", "(1.1)", "(1.1)"),
    ("[Fig. @fig-cat]", "Fig. 1.1", "Fig. 1.1"),
    ("[@eq-a; @eq-b]", "Equations (1.1) and (1.2)", "式 (1.1)和式 (1.2)"),
    ("[@sec-one; @sec-deeper; @sec-two]", "Sections 1.1, 1.1.1 and 1.2", "第 1.1 节、第 1.1.1 节和第 1.2 节"),
    ("[@fig-cat; @tbl-numbers]", "Figure 1.1 and Table 1.1", "图 1.1和表 1.1"),
    ("@Fig-cat", "Figure 1.1", "图 1.1"), ("见@fig-cat的猫", "见Figure 1.1的猫", "见图 1.1的猫"),
  ])
  func acrossChapters(markdown: String, english: String, chinese: String) throws {
    for (language, expected) in [("en", english), ("zh-Hans", chinese)] {
      let page = try referring("See \(markdown) end.", language: language)
      #expect(page.text.contains("See \(expected) end."), "\(page.text)")
      #expect(page.messages == [])
    }
  }

  @Test func aLinkLeadsToTheOtherPageAndTellsWhatIsThere() throws {
    let page = try referring("@fig-cat @sec-nets")
    #expect(
      page.html.contains(
        "<a class=\"reference\" href=\"1.html#fig-cat\" data-preview=\"Figure\u{A0}1.1: A cat (Nets)\">Figure\u{A0}1.1</a>"
      ))
    #expect(
      page.html.contains("<a class=\"reference\" href=\"1.html\" data-preview=\"Nets\">Chapter\u{A0}1</a>"))
  }

  @Test func whatIsReferredToHasItsNumber() throws {
    let page = try BookFixture(["en/1.md": Self.first, "en/2.md": "x"]).page("en/1.md")
    #expect(page.messages == [])
    let html = page.html
    #expect(html.contains("<h1 id=\"sec-nets\"><span class=\"section-number\">1</span> Nets</h1>"))
    #expect(html.contains("<h2 id=\"sec-one\"><span class=\"section-number\">1.1</span> One"))
    #expect(html.contains("<h3 id=\"sec-deeper\"><span class=\"section-number\">1.1.1</span> Deeper"))
    #expect(html.contains("<h2 id=\"not-counted\">Not counted"))
    #expect(html.contains("<p>Before</p>\n<div class=\"equation\" id=\"eq-b\">"))
    #expect(html.contains("<span class=\"equation-number\">(1.2)</span>\n</div>\n<p>and after.</p>"))
    #expect(
      html.contains(
        """
        <figure id="fig-cat" class="figure image-figure">
        <img src="cat.png" alt="A cat asleep" />
        <figcaption><span class="caption-number">Figure\u{A0}1.1: </span>A cat</figcaption>
        """))
    #expect(html.contains("<figcaption>A dog</figcaption>"))
    #expect(
      html.contains(
        "<figure id=\"tbl-numbers\" class=\"table-figure\">\n<figcaption><span class=\"caption-number\">Table\u{A0}1.1: </span>Numbers"
      ))
    #expect(html.contains("<figure class=\"listing\" id=\"lst-loop\">"))
    #expect(html.contains("<div class=\"callout callout-exercise\" id=\"exr-try\""))
    #expect(html.contains("Exercise\u{A0}1.1</span>: Try"))
  }

  @Test func aSingleFileHasPlainNumbers() throws {
    let book = BookFixture(["a.md": Self.first + "\n\n@fig-cat @sec-one"], numbered: false)
    let text = text(of: try book.page("a.md").html)
    #expect(text.contains("Figure 1 “One”"))
  }

  @Test func editionsDoNotReferToEachOther() throws {
    let book = BookFixture(["en/1.md": Self.first, "zh-Hans/1.md": Self.first, "zh-Hans/2.md": "@fig-cat"])
    let page = try book.page("zh-Hans/2.md")
    #expect(page.messages == [])
    #expect(page.html.contains("href=\"1.html#fig-cat\""))
  }

  @Test func whatCannotBeFoundIsAnError() throws {
    let page = try referring("Text\n\n@fig-cta [see @sec-tow; @sec-one] @eq-z")
    #expect(
      page.messages == [
        "en/2.md:6:1: error: nothing is labelled ‘fig-cta’",
        "en/2.md:6:15: error: nothing is labelled ‘sec-tow’",
        "en/2.md:6:35: error: nothing is labelled ‘eq-z’",
      ])
    #expect(page.hints[0] == "did you mean @fig-cat?")
    #expect(page.hints[1] == "did you mean @sec-two?")
    #expect(page.html.contains("<span class=\"reference-error\">@fig-cta</span>"))
  }

  @Test func whatIsThereTwiceIsAnErrorUnlessItIsOnThisPage() throws {
    let book = BookFixture([
      "1.md": "# A\n\n## X {#sec-x}", "2.md": "# B\n\n## X {#sec-x}\n\n@sec-x", "3.md": "# C\n\n@sec-x",
    ])
    #expect(try book.page("2.md").messages == [])
    let page = try book.page("3.md")
    #expect(page.messages == ["3.md:3:1: error: the label ‘sec-x’ stands for several things"])
    #expect(page.hints == ["it is in 1.md, 2.md: give all but one of them another name"])
  }

  @Test func linksIntoOtherChaptersAreChecked() throws {
    let book = BookFixture([
      "1.md": "# A\n\n## X {#sec-x}\n\n## Ü b",
      "2.md": """
      # B

      [a](1.md#sec-x) [b](1.md#%C3%BC-b) [c](1.html#sec-x) [d](index.html) [e](#b)
      [f](1.md#sec-y) [g](3.md) [h](1.html#sec-z) [i](4.html) [j](#c)
      """,
    ])
    #expect(
      try book.page("2.md").messages == [
        "2.md:4:1: error: the chapter ‘1.md’ has no place ‘#sec-y’",
        "2.md:4:17: error: there is no chapter ‘3.md’",
        "2.md:4:27: error: the chapter ‘1.md’ has no place ‘#sec-z’",
        "2.md:4:45: error: there is no page ‘4.html’", "2.md:4:57: error: this page has no place ‘#c’",
      ])
  }

  @Test func anImageWithALabelStandsAlone() throws {
    let page = try BookFixture(["a.md": "x ![a](b.png){#fig-a} y"]).page("a.md")
    #expect(
      page.messages == [
        "a.md:1:3: error: an image with a label is a figure, which stands alone in its paragraph"
      ])
  }

  @Test func theBooksMacrosAreEveryFormulas() throws {
    let macros = ["\\R": "\\mathbb{R}", "\\pair": "(#1, #2)"]
    let book = BookFixture(["a.md": "$\\R$ $\\pair{x}{\\R}$ $\\def\\R{q}\\R$ $\\R$"], macros: macros)
    #expect(try book.page("a.md").messages == [])
    #expect(try BookFixture(["a.md": "$\\pair{x}{y}$"]).page("a.md").messages.count == 1)
  }
}
