import Chapters
import Testing

@Suite struct CitationTests {
  private func outline(citing source: String) -> String {
    let read = Chapter.parse(source, path: "a.md", file: "a.md", citesWorks: true)
    return ChaptersTests.outline(read.blocks)
  }

  @Test(arguments: [
    ("A @hornik1991.", "p(A @{|hornik1991|}.)"),
    ("A @hornik1991 [p. 3] b", "p(A @{|hornik1991|p. 3} b)"),
    ("A [@a].", "p(A [|a|].)"),
    ("[see @a, pp. 3–4; @b]", "p([see|a|, pp. 3–4; |b|])"),
    ("[see *also* @a; also @b ch. 2]", "p([see em(also)|a|; also|b|ch. 2])"),
    ("[-@a] and [see -@a]", "p([|-a|] and [see|-a|])"),
    ("[@Knuth:1984, p. $n$]", "p([|Knuth:1984|, p. math(n)])"),
    ("[@a, *passim*]", "p([|a|, em(passim)])"),
    ("*[@a]* **[see @b]**", "p(em([|a|]) strong([see|b|]))"),
    ("见@hornik1991的证明。", "p(见@{|hornik1991|}的证明。)"),
    ("（@张三2020）", "p(（@{|张三2020|}）)"),
    ("[-@fig-a] [Fig. @fig-a] [@fig-a; @tbl-b]", "p([|-fig-a|] [Fig.|fig-a|] [|fig-a|; |tbl-b|])"),
    ("- [@a]\n- b [see @c]", "-(p([|a|]) | p(b [see|c|]))"),
    ("| a |\n|---|\n| [see @b] |", "table(a / [see|b|])"),
    ("a[^1]\n\n[^1]: see [@b]", "p(anote0)"),
    // What is something else stays so.
    ("[@a](b.md)", "p(a(@{|a|}))"),
    ("![@a](b.png)", "p(img(@{|a|}))"),
    ("\\@a \\[@b\\]", "p(@a [@{|b|}])"),
    ("someone@example.org", "p(a(someone@example.org))"),
    ("`[@a]`", "p(code([@a]))"),
    ("[a; @b]", "p([a; @{|b|}])"),
    ("@ a @. @-a", "p(@ a @. @-a)"),
    ("[see @a", "p([see @{|a|})"),
  ])
  func citations(source: String, outline expected: String) {
    #expect(outline(citing: source) == expected)
  }

  @Test func withoutABibliographyNamesAreText() {
    #expect(ChaptersTests.outline(chapter("@alice and [see @bob]").blocks) == "p(@alice and [see @bob])")
    #expect(ChaptersTests.outline(chapter("[-@fig-a] and @Fig-b").blocks) == "p([|-fig-a|] and @(fig-b))")
    let own = chapter("---\nbibliography: a.bib\n---\n@alice")
    #expect(ChaptersTests.outline(own.blocks) == "p(@{|alice|})")
    #expect(own.frontMatter.bibliography == [NamedFile(path: "a.bib", position: SourcePosition(line: 2, column: 15))])
  }

  @Test func places() {
    let read = Chapter.parse("> x\n> [see @a;\n> @b]", path: "a.md", file: "a.md", citesWorks: true)
    let citation = read.allInlines.compactMap { if case .citation(let citation) = $0 { citation } else { nil } }
    #expect(citation.first?.items.map(\.position) == [SourcePosition(line: 2, column: 8), SourcePosition(line: 3, column: 3)])
  }
}
