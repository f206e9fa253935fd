import Chapters
import Testing

@Suite struct BlockTests {
  @Test(arguments: [
    ("# One\n# One\n# One-1\n# One", ["one", "one-1", "one-1-1", "one-2"]),
    ("# What is 卷积 (convolution)?", ["what-is-卷积-convolution"]),
    ("# `code` & *em* [link](u) $x_1$", ["code--em-link-x_1"]),
    ("# Explicit {#sec-a}\n# Sec a", ["sec-a", "sec-a-1"]),
    ("# Sec a\n# Explicit {#sec-a}", ["sec-a-1", "sec-a"]),
    ("# ?!\n# …", ["section", "section-1"]),
    ("# Café Ⅳ Ünï\n", ["café-ⅳ-ünï"]),
    ("Setext {#sec-s}\n===", ["sec-s"]),
    ("> # Inside\n\n# Inside", ["inside", "inside-1"]),
    ("# Not {#a b}", ["not-a-b"]),
  ])
  func headingIDs(source: String, ids: [String]) {
    let headings = chapter(source).allBlocks.compactMap {
      if case .heading(let heading) = $0 { heading.id } else { nil }
    }
    #expect(headings == ids)
  }

  @Test func explicitIDLeavesTheHeading() {
    #expect(outline(chapter("# A *b* {#sec-x}").blocks) == "h1#sec-x(A em(b))")
    #expect(messages("# A {#sec-x}\n\n# B {#sec-x}") == ["3:1: error: the label `sec-x` is given twice"])
    #expect(
      messages("# A {#1:2}") == [
        "1:1: error: a label is made of letters, digits, `-` and `_`, which `1:2` is not"
      ])
  }

  @Test(arguments: [
    ("> [!NOTE]\n> Text", "note[](p(Text))"),
    ("> [!tip] A *title*\n> Text", "tip[A em(title)](p(Text))"),
    ("> [!EXERCISE]\n>\n> - a\n>\n> ```swift-run\n> ```", "exercise[](-(p(a)) cell0)"),
    ("> [!SOLUTION] 标题\n> 正文", "solution[标题](p(正文))"),
    ("> [!EXAM]\n> > [!WARNING]\n> > x", "exam[](warning[](p(x)))"),
    ("> [!IMPORTANT]\n> $$x$$", "important[](math[](x))"),
    ("> [!CAUTION]", "caution[]()"),
    ("- > [!NOTE]\n  > a", "-(note[](p(a)))"),
    ("> Text [!NOTE]", "quote(p(Text [!NOTE]))"),
    ("> [link](u)", "quote(p(a(link)))"),
    ("> a", "quote(p(a))"),
    ("> $$\n> x\n> $$", "quote(math[](x))"),
  ])
  func callouts(source: String, outline expected: String) {
    #expect(outline(chapter(source).blocks) == expected)
    #expect(chapter(source).diagnostics.isEmpty)
  }

  @Test func unknownCallout() {
    let read = chapter("> [!WARNIGN] a\n> b")
    #expect(outline(read.blocks) == "quote(p([!WARNIGN] a⏎b))")
    #expect(read.diagnostics.map(\.message) == ["unknown callout `[!WARNIGN]`"])
    #expect(read.diagnostics.map(\.hint) == ["Did you mean `[!WARNING]`?"])
    #expect(read.diagnostics.map(\.severity) == [.warning])
  }

  @Test(arguments: [
    ("see @fig-train.", "p(see @(fig-train).)"),
    ("@tbl-a, @eq-b; @sec-c_1 (@lst-d)", "p(@(tbl-a), @(eq-b); @(sec-c_1) (@(lst-d)))"),
    ("见@fig-loss的曲线", "p(见@(fig-loss)的曲线)"),
    ("见 @sec-卷积", "p(见 @(sec-卷积))"),
    ("*@fig-a*", "p(em(@(fig-a)))"),
    ("`@fig-a` $@fig-a$", "p(code(@fig-a) math(@fig-a))"),
    ("\\@fig-a", "p(@fig-a)"),
    ("me@fig-x.org", "p(a(me@fig-x.org))"),
    ("@fig @fig- @figure-a @other-b", "p(@fig @fig- @figure-a @other-b)"),
    ("@fig-a- b", "p(@(fig-a)- b)"),
    ("| @fig-a |\n|---|", "table(@(fig-a))"),
    ("# On @fig-a", "h1#on-fig-a(On @(fig-a))"),
  ])
  func references(source: String, outline expected: String) {
    #expect(outline(chapter(source).blocks) == expected)
  }

  @Test(arguments: [
    ("a | b\n:-|-:\n1 | 2", "table(a | b / 1 | 2)"),
    ("~~a~~ ~b~", "p(del(a) del(b))"),
    ("www.a.org, https://b.org and c@d.org", "p(a(www.a.org), a(https://b.org) and a(c@d.org))"),
    ("- [x] a\n- [ ] b", "-(p(a) | p(b))"),
    ("3. a\n4. b", "3(p(a) | p(b))"),
    ("a[^x] b[^y] c[^x]\n\n[^y]: Y\n[^x]: X", "p(anote0 bnote1 cnote0)"),
    ("[a]\n\n[a]: u", "p(a(a))"),
    ("<div>\n*a*\n</div>\n\n*b* <b>", "html(<div>\n*a*\n</div>\n) p(em(b) html(<b>))"),
    ("a  \nb\\\nc\nd", "p(a↵b↵c⏎d)"),
    ("***", "hr"),
    ("&amp; &#35;", "p(& #)"),
    ("\u{0}", "p(\u{FFFD})"),
  ])
  func markdown(source: String, outline expected: String) {
    #expect(outline(chapter(source).blocks) == expected)
  }

  @Test func details() throws {
    let read = chapter(
      "- [x] a\n- [ ] b\n\n| a | b | c | d |\n|:-|:-:|-:|-|\n\n[^2] [^1]\n\n[^1]: A\n[^2]: B\n")
    guard case .list(let list) = read.blocks[0], case .table(let table) = read.blocks[1] else {
      Issue.record("\(read.blocks)")
      return
    }
    #expect(list.items.map(\.isDone) == [true, false])
    #expect(list.isTight)
    #expect(table.alignments == [.left, .center, .right, nil])
    #expect(read.footnotes.map(\.label) == ["2", "1"])
    #expect(read.footnotes.map { outline($0.blocks) } == ["p(B)", "p(A)"])
  }

  @Test func unusedFootnotes() {
    let source = "a[^X]\n\n[^x]: X\n\n [^y]: Y\n\n```\n[^z]: Z\n```\n"
    #expect(
      messages(source) == ["5:2: warning: the footnote `[^y]` is left out, because nothing refers to it"])
  }

  @Test(arguments: [
    ("a[^x] b", ["1:2: warning: `[^x]` refers to no footnote"]),
    ("> a\n> *b[^强]*", ["2:5: warning: `[^强]` refers to no footnote"]),
    ("`[^x]` \\[^x] [^x](u) [^a b] [^X]\n\n[^x]: X", []), ("    [^x]\n\n<b title='[^x]'>\n", []),
    ("```\n[^x]\n```", []), ("$a[^x]$", []),
  ])
  func undefinedFootnotes(source: String, expected: [String]) {
    #expect(messages(source) == expected)
  }

  @Test func plainText() {
    let blocks = chapter(
      "# A *b* `c`\n\n> $x$ ![d](e) `{swift} f`\n\n- g\n  h\n\n<b>\n\n| i | j |\n|---|---|\n"
    ).blocks
    #expect(blocks.plainText == "A b c\nx d \ng h\ni\tj")
    #expect(blocks.plainText(values: ["3"]) == "A b c\nx d 3\ng h\ni\tj")
  }

  /// Places of links, images and raw HTML, which checks of links and images report.
  @Test(arguments: [
    "a [FOUND](u)", "a ![FOUND](u)", "a\n> b *[FOUND](u)*", "a <FOUND>", "a [x] [FOUND](u)",
    "# a [FOUND](u) #",
    "| a | [FOUND](u) |\n|---|---|", "[a](b\n'c') [FOUND](u)", "**强：**调[FOUND](u)", "a <https://FOUND>",
    "![a](b) ![FOUND](u)", "- a\n\n  [FOUND](u) `c`",
  ])
  func places(source: String) {
    let read = chapter(source)
    let positions = read.allInlines.compactMap { inline -> SourcePosition? in
      switch inline {
      case .link(let link): link.position
      case .image(let image): image.position
      case .html(let html): html.position
      default: nil
      }
    }
    let text = positions.last.map(read.text(at:)) ?? ""
    #expect(["[FOUND", "![FOUND", "<FOUND", "<https://FOUND"].contains { text.hasPrefix($0) }, "\(text)")
  }
}
