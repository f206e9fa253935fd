import Chapters
import Testing

@Suite struct AttributeTests {
  private func image(_ source: String) -> Image? {
    chapter(source).allInlines.lazy.compactMap { if case .image(let image) = $0 { image } else { nil } }.first
  }

  @Test func ofImages() throws {
    let found = image("![A *cat*](c.png){#fig-cat .wide width=50% fig-alt=\"A cat, asleep, [sic]\"}")
    let image = try #require(found)
    #expect(image.label == "fig-cat")
    #expect(image.width == "50%")
    #expect(image.alternative.plainText == "A cat")
  }

  @Test(arguments: [
    ("width=300", "300px"), ("width=300px", "300px"), ("width=12.5em", "12.5em"), ("width=\"50%\"", "50%"),
  ])
  func lengths(attribute: String, width: String) {
    #expect(image("![a](b.png){\(attribute)}")?.width == width)
  }

  @Test(arguments: [
    ("![a](b.png){width=wide}", "1:1: error: `width` takes a length, not `wide`"),
    ("![a](b.png){widht=5}", "1:1: warning: an image has no attribute `widht`"),
    ("![a](b.png){#cat}", "1:1: error: this label begins with `fig-`, which `cat` does not"),
    ("![a](b.png){#fig-a}\n\n![a](b.png){#fig-a}", "3:1: error: the label `fig-a` is given twice"),
    ("> [!EXAM] {#exr-a}\n> x", "1:1: error: a callout of this kind has no number, and so no label"),
    ("---\nlabel: intro\n---\n", "2:8: error: the label of a chapter begins with `sec-`, which `intro` does not"),
  ])
  func mistakes(source: String, message: String) {
    #expect(messages(source) == [message])
  }

  @Test func whatIsNoAttributeStays() {
    #expect(outline(chapter("![a](b.png){x} y").blocks) == "p(img(a){x} y)")
    #expect(outline(chapter("## Sets {1, 2}").blocks) == "h2#sets-1-2(Sets {1, 2})")
    #expect(image("![a](b.png){width=\"5")?.width == nil)
  }

  @Test func ofOtherThings() throws {
    let read = chapter(
      """
      ## Title {#sec-title .unnumbered}

      | a |
      |---|
      | 1 |

      : Numbers, *all* {#tbl-numbers}

      ```swift {#lst-loop lst-cap="A loop"}
      for i in x {}
      ```

      > [!EXERCISE] Try {#exr-try}
      > it
      """)
    #expect(read.diagnostics == [])
    guard case .heading(let heading) = read.blocks[0], case .table(let table) = read.blocks[1],
      case .codeBlock(let code) = read.blocks[2], case .callout(let callout) = read.blocks[3]
    else {
      Issue.record("\(outline(read.blocks))")
      return
    }
    #expect(heading.id == "sec-title" && !heading.isNumbered)
    #expect(table.label == "tbl-numbers" && table.caption.plainText == "Numbers, all")
    #expect(code.label == "lst-loop" && code.caption == "A loop" && code.language == "swift")
    #expect(callout.label == "exr-try" && callout.title.plainText == "Try")
  }
}
