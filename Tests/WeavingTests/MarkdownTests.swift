import Chapters
import ExecutionRecords
import Foundation
import Testing
import Weaving

private func text(_ text: String) -> Block { .paragraph([.text(text)]) }

@Suite struct MarkdownTests {
  @Test func linksToChaptersLeadToTheirPages() throws {
    func link(_ destination: String) -> Block {
      .paragraph([.link(Link(destination: destination, content: [.text("x")], position: nowhere))])
    }
    let site = Site(
      title: "B",
      pages: [
        Site.Page(title: "A", path: "a.html", chapterPath: "a.md", language: "en"),
        Site.Page(title: "C", path: "sub/c d.html", chapterPath: "sub/c d.md", language: "en"),
      ], languages: ["en"])
    let (html, diagnostics) = try rendered(
      [link("sub/c%20d.md#part"), link("./a.md"), link("notes.pdf")], site: site)
    #expect(
      html == """
        <p><a href="sub/c%20d.html#part">x</a></p>
        <p><a href="a.html">x</a></p>
        <p><a href="notes.pdf">x</a></p>

        """)
    #expect(diagnostics.isEmpty)
    let missing = try rendered([link("sub/c.md")], site: site)
    #expect(missing.html == "<p>x</p>\n")
    #expect(missing.diagnostics.map { $0.contains("error: there is no chapter ‘sub/c.md’") } == [true])
  }

  @Test(arguments: [
    "javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "//evil.example", "vbscript:x",
  ])
  func linksThatRunSomethingLeadNowhere(_ destination: String) throws {
    let link = Link(
      destination: destination, content: [.text("x")], position: SourcePosition(line: 3, column: 5))
    let (html, diagnostics) = try rendered([.paragraph([.link(link)])])
    #expect(html == "<p>x</p>\n")
    #expect(diagnostics.count == 1)
    #expect(diagnostics[0].hasPrefix("a.md:3:5: warning: a link to"))
  }

  @Test func pictures() throws {
    func image(_ source: String, alt: String) -> Block {
      .paragraph([.image(Image(source: source, title: "T\"", alternative: [.text(alt)], position: nowhere))])
    }
    let (html, diagnostics) = try rendered([image("a b.png", alt: "a <cat>"), image("c.png", alt: "")])
    #expect(html.contains("<img src=\"a%20b.png\" alt=\"a &lt;cat&gt;\" title=\"T&quot;\" />"))
    #expect(diagnostics.map { $0.contains("has no description") } == [true])
    let remote = try rendered([image("https://example.org/a.png", alt: "x")])
    #expect(remote.html == "<p>x</p>\n")
    #expect(remote.diagnostics.count == 1)
  }

  @Test func aPlaceOfThisPageMustExist() throws {
    let link = Link(destination: "#ned", content: [.text("x")], position: nowhere)
    let heading = Heading(level: 2, content: [.text("End")], id: "end", position: nowhere)
    let (_, diagnostics) = try rendered([.heading(heading), .paragraph([.link(link)])])
    #expect(diagnostics.count == 1)
    #expect(diagnostics[0].contains("did you mean #end?"))
  }

  @Test func aFormulaKeepsThePunctuationBehindIt() throws {
    func html(_ tex: String, _ text: String) throws -> String {
      try rendered([
        .paragraph([.math(Formula(tex: tex, isDisplayed: false, position: nowhere)), .text(text)])
      ]).html
    }
    let chinese = try html("d", "。于是")
    #expect(chinese.hasPrefix("<p><span class=\"nobreak\"><span class=\"katex\">"))
    #expect(chinese.hasSuffix("</span>。</span>于是</p>\n"))
    #expect(try html("d", "), and").hasSuffix("</span>),</span> and</p>\n"))
    #expect(try !html("d", " is").contains("nobreak"))
    // What has several pieces may break between them, and keeps the punctuation with the last.
    let long = try html("a = b", ", so")
    #expect(long.hasPrefix("<p><span class=\"nobreak\">") && long.hasSuffix("</span>,</span> so</p>\n"))
    #expect(long.ranges(of: "</span><wbr /><span class=\"base\">").count == 1)
  }

  @Test func aFormulaKeepsTheMarkBeforeIt() throws {
    let formula = Inline.math(Formula(tex: "d", isDisplayed: false, position: nowhere))
    func html(_ content: [Inline]) throws -> String { try rendered([.paragraph(content)]).html }
    let quoted = try html([.text("is “"), formula, .text("”.")])
    #expect(quoted.hasPrefix("<p>is <span class=\"nobreak\">“<span class=\"katex\">"))
    #expect(quoted.hasSuffix("</span>”.</span></p>\n"))
    let two = try html([formula, .text("，“"), formula, .text("”")])
    #expect(two.contains("</span>，</span><span class=\"nobreak\">“<span class=\"katex\">"))
    let list = try html([formula, .text("、"), formula])
    #expect(list.contains("</span>、</span><wbr /><span class=\"katex\">"))
    // A line's end is a blank of its own.
    #expect(try html([formula, .text(","), .softBreak, .text("so")]).hasSuffix("</span>,</span>\nso</p>\n"))
    #expect(try html([.text("("), .strong([formula]), .text(")")]).hasPrefix("<p>(<strong>"))
  }

  @Test func references() throws {
    func reference(_ label: String, line: Int = 1) -> Inline {
      .reference(Reference(label: label, position: SourcePosition(line: line, column: 4)))
    }
    let (html, diagnostics) = try rendered(
      [
        .heading(
          Heading(level: 2, content: [.text("The "), .code("step")], id: "sec-step", position: nowhere)),
        .math(Formula(tex: "a", isDisplayed: true, label: "eq-a", position: nowhere)),
        .math(Formula(tex: "b", isDisplayed: true, position: nowhere)),
        .math(Formula(tex: "c", isDisplayed: true, label: "eq-c", position: nowhere)),
        .paragraph([
          reference("eq-c"), .text(" "), reference("sec-step"), .text(" "), reference("eq-b", line: 9),
        ]),
      ])
    #expect(html.contains("<a class=\"reference\" href=\"#eq-c\">Equation\u{A0}(2)</a>"))
    #expect(html.contains("<a class=\"reference\" href=\"#sec-step\">“The step”</a>"))
    #expect(html.contains("id=\"eq-c\""))
    #expect(diagnostics.count == 1)
    #expect(diagnostics[0].hasPrefix("a.md:9:4: error: nothing is labelled ‘eq-b’"))
    #expect(diagnostics[0].contains("did you mean @eq-a?") || diagnostics[0].contains("did you mean @eq-c?"))
  }

  @Test func noIdStandsTwice() throws {
    let formula = Block.math(
      Formula(tex: "a", isDisplayed: true, label: "eq-a", position: SourcePosition(line: 7, column: 3)))
    let heading = Block.heading(Heading(level: 2, content: [.text("x")], id: "fig-x", position: nowhere))
    var options = CellOptions()
    options.label = "x"
    options.figCap = "X"
    let cell = Cell(
      label: "x", options: options, code: "f()", firstLine: 2, columnOffsets: [0], position: nowhere)
    let (html, diagnostics) = try rendered([formula, .cell(0), heading, formula], cells: [cell])
    #expect(html.components(separatedBy: "id=\"eq-a\"").count == 2)
    #expect(html.components(separatedBy: "id=\"fig-x\"").count == 2)
    #expect(diagnostics.contains { $0.hasPrefix("a.md:7:3: error: the label ‘eq-a’ is given twice") })
    #expect(diagnostics.contains { $0.contains("error: the label ‘fig-x’ is given twice") })
  }

  @Test func chinesePagesSpeakChinese() throws {
    var chapter = Chapter(path: "zh/a.md", file: "zh/a.md", source: "", frontMatter: FrontMatter(title: "卷积"))
    chapter.blocks = [
      .math(Formula(tex: "a", isDisplayed: true, label: "eq-a", position: nowhere)),
      .paragraph([.reference(Reference(label: "eq-a", position: nowhere))]),
      .callout(Callout(kind: .exam, blocks: [text("x")], position: nowhere)),
    ]
    let site = Site(
      title: "书", pages: [.init(title: "卷积", path: "zh/a.html", chapterPath: "zh/a.md", language: "zh-Hans")],
      languages: ["zh-Hans"])
    let page = Weaver(theme: try theme.get()).page(for: chapter, record: .init(chapter: "zh/a.md"), in: site)
    #expect(page.contents.contains("<html lang=\"zh-Hans\" "))
    #expect(page.contents.contains(">式\u{A0}(1)</a>"))
    #expect(page.contents.contains("考点"))
    #expect(page.contents.contains("跳到正文"))
  }

  @Test func rawHTMLIsTextUnlessTheBookLetsItThrough() throws {
    let inline = Inline.html(RawHTML(html: "<b onclick=\"x()\">", position: nowhere))
    let blocks: [Block] = [
      .paragraph([inline, .text("y")]), .html(RawHTML(html: "<!-- a note -->\n", position: nowhere)),
    ]
    let closed = try rendered(blocks)
    #expect(closed.html == "<p>&lt;b onclick=&quot;x()&quot;&gt;y</p>\n")
    #expect(closed.diagnostics.count == 1)
    var site = Site.single()
    site.allowsHTML = true
    let open = try rendered(blocks, site: site)
    #expect(open.html.hasPrefix("<p><b>y</b></p>"))
    #expect(open.diagnostics.map { $0.contains("left out: onclick") } == [true])
    // What a paragraph leaves open ends with it.
  }

  @Test func aTitleMayComeFromTheFirstHeading() throws {
    let heading = Heading(level: 1, content: [.text("The <title>")], id: "the-title", position: nowhere)
    let chapter = Chapter(path: "a.md", file: "a.md", source: "", blocks: [.heading(heading), text("x")])
    let page = Weaver(theme: try theme.get()).page(
      for: chapter, record: .init(chapter: "a.md"), in: .single())
    #expect(page.contents.contains("<h1 id=\"the-title\">The &lt;title&gt;</h1>"))
    #expect(page.contents.components(separatedBy: "<h1").count == 2)
    #expect(page.contents.contains("<title>The &lt;title&gt; · Book</title>"))
  }

  @Test func solutionsAreFolded() throws {
    let solution = Block.callout(Callout(kind: .solution, blocks: [text("42")], position: nowhere))
    #expect(
      try rendered([solution]).html.contains(
        "<details>\n<summary class=\"callout-title\"><span>Solution</span></summary>")
    )
    var site = Site.single()
    site.isInstructorEdition = true
    #expect(!(try rendered([solution], site: site)).html.contains("<details>"))
  }
}
