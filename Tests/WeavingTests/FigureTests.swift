import AcceptedOutputs
import CellOutputs
import Chapters
import ExecutionRecords
import Foundation
import Testing
import Weaving

/// Every figure as text, and one of each kind as a page, over what the chapter of figures last put out.
///
/// That the chapter still puts it out is LecternTests' matter.
@Suite struct FigureTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/figures")

  private static let chapter: Chapter = {
    let file = folder.appending(path: "01-figures.md")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return Chapter.parse(text, path: "01-figures.md", file: "01-figures.md")
  }()

  /// The cells whose pages are recorded: one for each way of drawing.
  private static let drawn: Set = [
    "gathered", "colors", "cart", "own", "beside", "lines", "smooth", "bands", "bars", "points", "surface",
    "boundary", "attention", "large", "maps", "computation", "network", "chain", "walls", "path", "history",
  ]

  private static func record() throws -> ExecutionRecord {
    let file = folder.appending(path: AcceptedChapter.path(for: chapter.path))
    let accepted = try AcceptedChapter(text: String(contentsOf: file, encoding: .utf8), file: file.path)
    return try accepted.record(for: chapter)
  }

  @Test func everyKindIsDrawn() throws {
    func kinds(of output: CellOutput) -> [String] {
      let parts =
        switch output {
        case .frames(let frames): frames.frames.flatMap(\.outputs)
        case .group(let group): group.outputs
        default: [CellOutput]()
        }
      return [type(of: output.content).kind] + parts.flatMap(kinds)
    }
    let cells = try Self.record().cells.filter { Self.drawn.contains($0.label) }
    #expect(cells.count == Self.drawn.count)
    let shown = cells.flatMap(\.outputs).flatMap(kinds)
    #expect(
      Set(shown) == [
        "text", "tensor", "table", "chart", "feature-map", "graph", "matrix", "grid", "picture", "scene",
        "frames",
        "group",
      ])
  }

  @Test(arguments: Self.chapter.cells.map(\.label))
  func aFigureIsAsItWas(label: String) throws {
    let index = try #require(Self.chapter.cells.firstIndex { $0.label == label })
    let record = try Self.record()
    var renderer = ChapterRenderer(
      chapter: Self.chapter, record: record, site: .single("01-figures.md", title: "Every figure"),
      pagePath: "01-figures.html", theme: try theme.get())
    let html = renderer.body([.cell(index)]).source
    #expect(renderer.diagnostics.isEmpty)
    if Self.drawn.contains(label) { try expectSnapshot(html, "figures/\(label).html") }

    let outputs = record.cells[index].outputs
    let text = outputs.map { "\($0.plainText)\n\n\($0.altText)\n\($0.altText(in: .chinese))\n" }
    try expectSnapshot(text.joined(separator: "\n"), "figures/\(label).txt")
  }
}
