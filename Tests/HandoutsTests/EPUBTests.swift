import CellOutputs
import Foundation
import Handouts
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What EPUBCheck says of whole books is `make check-handouts`'s; here is what it cannot know.
@Suite("EPUB")
struct EPUBTests {
  private static let source = """
    ---
    title: "Cases <b>"
    date: 2026-03-14
    ---

    Text[^one], $x^2$, [next](b.md), [web](https://example.org/), [here](#10-numbers).

    [^one]: A note.

    ![A dot](dot.svg)

    ## 10 numbers

    - [x] done

    ```swift-run
    //| label: loss
    //| fig-cap: A loss
    f()
    ```
    """

  private func files(of woven: Woven) throws -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: try woven.epub().files().map {
        ($0.path, String(decoding: $0.data, as: UTF8.self))
      })
  }

  private func isWellFormed(_ text: String) -> Bool {
    XMLParser(data: Data(text.utf8)).parse()
  }

  @Test func aChapterBecomesADocument() throws {
    let dot = Data(#"<svg xmlns="http://www.w3.org/2000/svg"/>"#.utf8)
    let files = try files(of: Woven(Self.source, outputs: [[chart, tensor]], pictures: ["en/dot.svg": dot]))
    let text = try #require(files["EPUB/en/a.xhtml"])
    for (path, text) in files where path.hasSuffix("xhtml") || path.hasSuffix("opf") || path.hasSuffix("xml")
    {
      #expect(isWellFormed(text), "\(path)")
    }
    // Formulas are MathML alone, with their source as alternative text.
    #expect(
      text.contains(#"<math xmlns="http://www.w3.org/1998/Math/MathML""#) && text.contains("alttext=\"x^2\""))
    #expect(!text.contains("katex-html") && !text.contains("<annotation"))
    // Notes are notes, ids are XML's, and links to what the book lacks are text.
    #expect(text.contains(#"epub:type="noteref""#) && text.contains(##"href="#note.1""##))
    #expect(text.contains(#"epub:type="footnote""#) && text.contains(#"id="note.1""#))
    #expect(text.contains(#"id="_31_0-numbers""#) && text.contains(##"href="#_31_0-numbers""##))
    #expect(text.contains("<span>next</span>") && text.contains(#"href="https://example.org/""#))
    #expect(text.contains("☑"))
    #expect(text.contains("images/dot.svg") == false && files["EPUB/en/dot.svg"] != nil)
    for gone in ["<button", "<input", "<script", "tabindex", " popover", "data-"] {
      #expect(!text.contains(gone), "\(gone)")
    }
    let package = try #require(files["EPUB/package.opf"])
    #expect(
      package.contains(#"href="en/a.xhtml" media-type="application/xhtml+xml" properties="mathml svg""#))
    #expect(package.contains("2026-03-14T00:00:00Z"))
    #expect(files["EPUB/nav.xhtml"]?.contains("en/a.xhtml#_31_0-numbers") == true)
  }

  @Test func drawingsHaveInkWithoutCustomProperties() throws {
    let style = try #require(try files(of: Woven(Self.source))["EPUB/style.css"])
    #expect(!style.contains("var(") && !style.contains("light-dark("), "\(style)")
    #expect(style.contains(".series-1 .curve"))
  }

  @Test func nothingGetsThrough() throws {
    let woven = try Woven(
      "# \(attack)\n\n<script>alert(1)</script><b onclick=x>\n\n```swift-run\nf()\n```\n",
      outputs: [[chart, .text(TextOutput(stream: .stdout, text: attack))]], title: attack, allowsHTML: true)
    for (path, text) in try files(of: woven) where path.hasSuffix("xhtml") || path.hasSuffix("opf") {
      #expect(isWellFormed(text), "\(path)")
      #expect(!text.contains("<script") && !text.contains("\u{1B}"), "\(path)")
      // Without the values of its attributes, no tag holds a handler.
      let names = text.replacing(#/="[^"]*"/#, with: "")
      #expect(names.firstMatch(of: #/<[^>]*\son[a-z]+/#) == nil, "\(path)")
    }
  }

  @Test func theArchiveSaysFirstWhatItIsAndIsTheSameEachTime() throws {
    let woven = try Woven(Self.source, outputs: [[chart]])
    let archive = try woven.epub().data()
    #expect(archive.prefix(4) == Data("PK\u{3}\u{4}".utf8))
    // The name and the content of the first file, uncompressed and without anything between.
    #expect(archive.dropFirst(30).prefix(28) == Data("mimetypeapplication/epub+zip".utf8))
    #expect(try Woven(Self.source, outputs: [[chart]]).epub().data() == archive)
  }
}
