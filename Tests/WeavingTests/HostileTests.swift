import Bibliography
import CellOutputs
import Chapters
import Diagnostics
import ExecutionRecords
import Foundation
import Testing
import Weaving

/// A chapter that tries to get a tag, an attribute or a script into its page wherever it can put a text.
@Suite struct HostileTests {
  private static let attack =
    "\"'><script>alert(1)</script><img src=x onerror=alert(1)>\u{1B}[31m\u{0}\"\u{301} onload=x"

  @Test func nothingOfADataTextIsMarkup() throws {
    let attack = Self.attack
    var options = CellOptions()
    options.label = attack
    options.codeSummary = attack
    options.codeFold = .closed
    options.figCap = attack
    options.figAlt = attack
    options.lstCap = attack
    options.tblCap = attack
    let cell = Cell(
      label: attack, options: options, code: attack, firstLine: 1, columnOffsets: [0], position: nowhere)
    let diagnostic = Diagnostic(
      .warning, file: "a.md", line: 1, column: 3, message: attack, sourceLine: attack, hint: attack,
      notes: [Diagnostic(.note, file: attack, message: attack)])
    let record = ExecutionRecord(
      chapter: "a.md",
      cells: [
        CellRecord(
          label: attack, line: 1, status: .crashed, outputs: Self.outputs,
          error: CellError(
            message: attack, line: 1, column: 2, frames: [.init(function: attack, line: 1, column: 1)],
            diagnostics: [diagnostic]), warnings: [diagnostic])
      ],
      inlineValues: [
        InlineRecord(expression: attack, line: 1, status: .ok, text: attack),
        InlineRecord(expression: attack, line: 1, status: .failed, error: CellError(message: attack)),
      ])
    let chapter = Chapter(
      path: "\(attack).md", file: attack, source: attack,
      frontMatter: FrontMatter(
        title: attack, subtitle: attack, author: attack, date: attack, description: attack, language: attack),
      blocks: Self.blocks, footnotes: [Footnote(label: attack, blocks: [.paragraph([.text(attack)])])],
      cells: [cell],
      inlineValues: [
        InlineValue(expression: attack, position: nowhere),
        InlineValue(expression: attack, position: nowhere),
      ])
    let page = Site.Page(
      title: attack, description: attack, path: "\(attack).html", chapterPath: chapter.path, language: attack)
    let other = Site.Page(title: attack, path: "x/\(attack).html", chapterPath: "x", language: attack)
    var site = Site(
      title: LocalizedText(attack), author: LocalizedText(attack), description: LocalizedText(attack),
      pages: [other, page, other], languages: [attack])
    site.macros = ["\\attack": attack]
    // The same attack, as a file of works can hold it.
    let text = try JSONEncoder().encode(attack)
    let works =
      #"[{"id": "work", "title": \#(String(decoding: text, as: UTF8.self)), "author": [{"family": "A"}], "URL": "javascript:alert(1)"}]"#
    #expect(site.bibliography.read(works, file: "a.json").filter { $0.severity == .error } == [])
    let weaver = Weaver(theme: try theme.get())
    expectHarmless(weaver.page(for: chapter, record: record, in: site).contents)
    for index in weaver.indexes(of: site) { expectHarmless(index.contents) }
    let searched = try #require(SearchedChapter(chapter, record: record, in: site))
    for index in try weaver.searchIndexes(of: [searched], in: site) {
      #expect(index.path.wholeMatch(of: #/assets\/search\/[A-Za-z0-9\-]*\.js/#) != nil, "\(index.path)")
      let script = String(decoding: index.contents, as: UTF8.self)
      // One call with data, in which nothing could end the script or begin another.
      #expect(!script.contains("<") && script.hasPrefix("lecternSearch({") && script.hasSuffix("})\n"))
      #expect(throws: Never.self) {
        try JSONSerialization.jsonObject(
          with: Data(script.dropFirst("lecternSearch(".count).dropLast(2).utf8))
      }
    }
    var open = site
    open.allowsHTML = true
    expectHarmless(weaver.page(for: chapter, record: record, in: open).contents)
  }

  /// Every tag of the page is one that the theme writes, with attributes that it writes.
  private func expectHarmless(_ html: String) {
    #expect(!html.utf8.contains { $0 < 0x20 && $0 != 0x0A && $0 != 0x09 })
    var inner = html
    let script = html.firstMatch(of: #/<script>\(function\(\).*?<\/script>/#)
    #expect(script != nil)
    if let script { inner.removeSubrange(script.range) }
    inner = inner.replacing(
      #/<script src="(\.\.\/)*assets\/(lectern|references)\.js" defer><\/script>/#, with: "")
    #expect(!inner.contains("<script"))
    #expect(!inner.contains("onerror=alert(1)>"))
    // Without the values of its attributes, a tag holds their names alone.
    let names = inner.replacing(#/="[^"]*"/#, with: "")
    for tag in names.matches(of: #/<[a-zA-Z][a-zA-Z0-9]*([^>]*)>/#) {
      #expect(String(tag.1).wholeMatch(of: #/(\s[a-zA-Z][a-zA-Z0-9-]*)*\s?\/?/#) != nil, "\(tag.0)")
      for name in tag.1.split(separator: " ") { #expect(!name.lowercased().hasPrefix("on"), "\(tag.0)") }
    }
    // Where a tag begins, one of the theme's begins.
    for tag in inner.matches(of: #/<(.{0,12})/#.dotMatchesNewlines()) {
      #expect(String(tag.1).wholeMatch(of: #/[\/!a-zA-Z].*/#.dotMatchesNewlines()) != nil, "\(tag.0)")
    }
  }

  private static let outputs: [CellOutput] = [
    .text(TextOutput(stream: .stdout, text: attack)),
    .text(TextOutput(stream: .stderr, text: attack, tail: attack, omitted: .init(lines: 1, bytes: 1))),
    .tensor(TensorOutput(shape: [2], values: [1, nil], special: [1: attack], text: attack)),
    .tensor(TensorOutput(shape: [20], values: [1], text: attack)),
    .table(TableOutput(columns: [attack], rows: [[.text(attack)]])),
    .chart(
      ChartOutput(
        title: attack, x: .init(label: attack), y: .init(label: attack),
        series: [
          .init(name: attack, x: [1], y: [1]), .init(name: attack, mark: .scatter, x: [1], y: [1]),
          .init(name: attack, mark: .bar, x: [2], y: [1]),
        ])),
    .featureMap(
      FeatureMapOutput(
        height: 1, width: 1, channels: [.init(name: attack, values: [1])], scale: .sequential, low: 0, high: 1
      )),
    .graph(
      GraphOutput(
        title: attack,
        nodes: [
          .init(id: attack, label: attack, details: [attack], layer: 0), .init(id: "b", label: "b", layer: 1),
        ],
        edges: [.init(from: attack, to: "b", label: attack)])),
  ]

  private static let blocks: [Block] = [
    .heading(Heading(level: 2, content: [.text(attack)], id: attack, position: nowhere)),
    .heading(Heading(level: 2, content: [.text(attack)], id: "sec-" + attack, position: nowhere)),
    .paragraph([
      .text(attack), .code(attack), .value(0), .value(1), .footnoteReference(0),
      .math(Formula(tex: "\\text{\(attack)}", isDisplayed: false, position: nowhere)),
      .reference(Reference(label: "sec-" + attack, position: nowhere)),
      .reference(Reference(label: attack, position: nowhere)),
      .link(Link(destination: attack, title: attack, content: [.text(attack)], position: nowhere)),
      .link(
        Link(destination: "https://x/" + attack, title: attack, content: [.text(attack)], position: nowhere)),
      .image(
        Image(
          source: attack, title: attack, alternative: [.text(attack)], description: attack, width: attack,
          height: attack, position: nowhere)),
      .citation(
        Citation(
          items: [
            .init(key: attack, prefix: [.text(attack)], suffix: [.text(attack)], position: nowhere),
            .init(key: "fig-" + attack, position: nowhere),
          ], isBracketed: true)),
      .citation(Citation(items: [.init(key: "work", position: nowhere)], isBracketed: false)),
      .html(RawHTML(html: attack, position: nowhere)),
    ]),
    .html(RawHTML(html: attack, position: nowhere)),
    .paragraph([
      .image(Image(source: attack, alternative: [.text(attack)], label: "fig-" + attack, position: nowhere))
    ]),
    .table(
      Table(
        alignments: [nil], header: [[.text(attack)]], rows: [[[.text(attack)]]], caption: [.text(attack)],
        label: "tbl-" + attack)),
    .codeBlock(
      CodeBlock(info: attack, code: attack, label: "lst-" + attack, caption: attack, position: nowhere)),
    .callout(
      Callout(kind: .exercise, title: [.text(attack)], label: "exr-" + attack, blocks: [], position: nowhere)),
    .codeBlock(CodeBlock(info: attack, code: attack, position: nowhere)),
    .codeBlock(CodeBlock(info: "swift", code: attack, position: nowhere)),
    .math(Formula(tex: attack, isDisplayed: true, label: attack, position: nowhere)),
    .callout(Callout(kind: .note, title: [.text(attack)], blocks: [.cell(0)], position: nowhere)),
  ]
}
