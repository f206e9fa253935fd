import Chapters
import ExecutionRecords
import Foundation
import Testing
import Weaving

@Suite struct SearchTests {
  @Test(arguments: [
    ("Convolutions, kernels", ["convolution", "kernel"]),
    ("Training stopped early", ["train", "stopp", "early"]),
    ("studies ring bed class bias basis", ["study", "ring", "bed", "class", "bia", "basis"]),
    ("zeroGradients Conv2d(1)", ["zerogradient", "zero", "gradient", "conv2d", "1"]),
    ("HTTPServer", ["httpserver"]),
    ("卷积核", ["卷积", "积核", "核"]),
    ("核", ["核"]),
    ("3个卷积layers", ["3", "个卷", "卷积", "积", "layer"]),
    ("σ(z) λ", ["σ", "z", "λ"]),
    ("a-b_c <script>", ["a", "b", "c", "script"]),
    ("", []), ("…—。", []),
  ])
  func words(_ text: String, _ words: [String]) {
    #expect(SearchWords.words(of: text) == words)
  }

  @Test(arguments: [
    (#"\sigma(z) = \frac{1}{1 + e^{-z}}"#, "σ(z) = 1/1 + e^-z"),
    (#"\begin{aligned} a &= b \\ c &= d \end{aligned}"#, "a = b c = d"),
    (#"\mathbf{x}_i \in \mathbb{R}^n"#, "x_i ∈ R^n"),
    (#"\frac{\partial E"#, "∂ E"), (#"\"#, ""), (#"\{a\}"#, "{a}"), ("", ""),
  ])
  func formulas(_ tex: String, _ text: String) {
    #expect(FormulaText.text(of: tex) == text)
  }

  /// The index of some blocks as data.
  private func index(_ blocks: [Block], cells: [Cell] = [], site: Site = .single()) throws -> Index {
    let chapter = Chapter(path: "a.md", file: "a.md", source: "", blocks: blocks, cells: cells)
    let searched = try #require(SearchedChapter(chapter, record: ExecutionRecord(chapter: "a.md"), in: site))
    let assets = try Weaver(theme: try theme.get()).searchIndexes(of: [searched], in: site)
    #expect(assets.map(\.path) == ["assets/search/en.js"])
    let script = String(decoding: assets[0].contents, as: UTF8.self)
    let match = try #require(script.wholeMatch(of: #/lecternSearch\((.*)\)\n/#))
    #expect(!script.contains("<"))
    let json = try JSONSerialization.jsonObject(with: Data(match.1.utf8)) as? [String: Any]
    return Index(json: try #require(json))
  }

  private struct Index {
    var json: [String: Any]
    var words: [String] { json["words"] as? [String] ?? [] }
    var sections: [[Any]] { json["sections"] as? [[Any]] ?? [] }

    /// The sections that have a word, by their headings, with their weights.
    func weights(of word: String) -> [String: Int] {
      guard let number = words.firstIndex(of: word), let postings = json["postings"] as? [[Int]] else {
        return [:]
      }
      var section = 0
      var weights: [String: Int] = [:]
      for posting in postings[number] {
        section += posting / 64
        weights[sections[section][2] as? String ?? "?"] = posting % 64
      }
      return weights
    }
  }

  private func heading(_ text: String) -> Block {
    .heading(Heading(level: 2, content: [.text(text)], id: text.lowercased(), position: nowhere))
  }

  @Test func aTitleOutranksAHeadingAndAHeadingTheText() throws {
    let cell = Cell(label: "c", code: "let pooling = 1", firstLine: 1, columnOffsets: [0], position: nowhere)
    let index = try index(
      [
        heading("Pooling"), .paragraph([.text("Of windows.")]), heading("Other"),
        .paragraph([.text("Pooling again.")]), heading("Code"), .cell(0),
      ], cells: [cell], site: .single(title: "All about pooling"))
    let weights = index.weights(of: "pool")
    let title = try #require(weights[""])
    let heading = try #require(weights["Pooling"])
    let text = try #require(weights["Other"])
    let code = try #require(weights["Code"])
    #expect(title > heading && heading > text && text > code)
    #expect(
      index.words == index.words.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) })
  }

  @Test func whatAnEditionHidesIsNotFound() throws {
    var options = CellOptions()
    options.edition = .instructor
    options.figCap = "secret caption"
    let hidden = Cell(
      label: "h", options: options, code: "let secret = 1", firstLine: 1, columnOffsets: [0],
      position: nowhere)
    var silent = CellOptions()
    silent.echo = false
    let silentCell = Cell(
      label: "s", options: silent, code: "let quiet = 1", firstLine: 1, columnOffsets: [0], position: nowhere)
    let blocks: [Block] = [.cell(0), .cell(1), .paragraph([.text("shown")])]
    let found = try index(blocks, cells: [hidden, silentCell])
    #expect(found.words.contains("shown"))
    #expect(!found.words.contains("secret") && !found.words.contains("quiet"))
    var site = Site.single()
    site.isInstructorEdition = true
    #expect(try index(blocks, cells: [hidden, silentCell], site: site).words.contains("secret"))
  }

  @Test func everyKindOfTextIsFound() throws {
    let index = try index([
      .table(Table(alignments: [nil], header: [[.text("header")]], rows: [[[.text("body")]]])),
      .math(Formula(tex: #"\theta"#, isDisplayed: true, position: nowhere)),
      .callout(
        Callout(
          kind: .exam, title: [.text("titled")], blocks: [.paragraph([.strong([.text("inner")])])],
          position: nowhere)),
      .list(List(isTight: true, items: [.init(blocks: [.paragraph([.code("listed")])])])),
      .codeBlock(CodeBlock(info: "swift", code: "func coded() {}", position: nowhere)),
    ])
    for word in ["header", "body", "θ", "titl", "inner", "list", "coded", "func"] {
      #expect(index.words.contains(word), "\(word)")
    }
  }

  @Test func aNoteOfOneParagraphStandsInItsParagraph() throws {
    let note = Footnote(label: "a", blocks: [.paragraph([.text("Aside.")])])
    let long = Footnote(label: "b", blocks: [.paragraph([.text("One.")]), .paragraph([.text("Two.")])])
    let html = try rendered(
      [.paragraph([.text("x"), .footnoteReference(0), .footnoteReference(1), .footnoteReference(0)])],
      footnotes: [note, long]
    ).html
    #expect(html.contains(##"<span class="footnote margin-note" id="note.1" role="note" popover>"##))
    #expect(html.components(separatedBy: "Aside.").count == 2)
    let paragraph = try #require(html.firstMatch(of: #/<p>x.*?<\/p>/#.dotMatchesNewlines()))
    #expect(paragraph.0.contains("Aside.") && !paragraph.0.contains("One."))
    #expect(html.contains("id=\"note.2\" popover"))
  }
}
