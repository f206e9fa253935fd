import CellOutputs
import Chapters
import ExecutionRecords
import Foundation
import Weaving

/// The theme that ships.
let themeFolder = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(
    path: "templates")

let theme = Result { try Theme(folders: [themeFolder]) }

let nowhere = SourcePosition(line: 1, column: 1)

extension Site {
  static func single(_ path: String = "a.md", title: String = "A") -> Site {
    Site(
      title: "Book",
      pages: [
        Site.Page(title: title, path: path.replacing(".md", with: ".html"), chapterPath: path, language: "en")
      ], languages: ["en"])
  }
}

/// The HTML of some blocks as they stand in a page.
func rendered(
  _ blocks: [Block], record: ExecutionRecord = ExecutionRecord(chapter: "a.md"), cells: [Cell] = [],
  inlineValues: [InlineValue] = [], footnotes: [Footnote] = [], source: String = "", site: Site = .single(),
  isDecorated: Bool = true
) throws -> (html: String, diagnostics: [String]) {
  let chapter = Chapter(
    path: "a.md", file: "a.md", source: source, blocks: blocks, footnotes: footnotes, cells: cells,
    inlineValues: inlineValues)
  var renderer = ChapterRenderer(
    chapter: chapter, record: record, site: site, pagePath: "a.html", theme: try theme.get(),
    isDecorated: isDecorated)
  let html = renderer.body(blocks)
  return (html.source, renderer.diagnostics.map(\.description))
}

/// The HTML of a cell that put something out.
func rendered(
  _ outputs: [CellOutput], status: CellStatus = .ok, error: CellError? = nil, label: String? = nil,
  code: String = "f()", options: (inout CellOptions) -> Void = { _ in }
) throws -> String {
  var cellOptions = CellOptions()
  cellOptions.label = label
  options(&cellOptions)
  let cell = Cell(
    label: label ?? "cell-1", options: cellOptions, code: code, firstLine: 2,
    columnOffsets: [0], position: nowhere)
  let record = ExecutionRecord(
    chapter: "a.md",
    cells: [CellRecord(label: cell.label, line: 1, status: status, outputs: outputs, error: error)])
  return try rendered([.cell(0)], record: record, cells: [cell], source: "```swift-run\n\(code)\n```\n").html
}
