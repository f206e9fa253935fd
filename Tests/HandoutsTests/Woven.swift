import CellOutputs
import Chapters
import ExecutionRecords
import Foundation
import Handouts
import Weaving

private let themeFolder = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(
    path: "templates")

/// A book of one chapter, woven as `lectern build` weaves it.
struct Woven {
  let weaver: Weaver
  let book: HandoutBook
  let site: HandoutSite

  /// - Parameter outputs: what each cell put out.
  init(
    _ source: String, outputs: [[CellOutput]] = [], error: CellError? = nil, title: String = "A book",
    allowsHTML: Bool = false, pictures: [String: Data] = [:]
  ) throws {
    weaver = try Weaver(templates: [themeFolder])
    let chapter = Chapter.parse(source, path: "en/a.md", file: "en/a.md")
    let cells = chapter.cells.enumerated().map { index, cell in
      let isLast = index == chapter.cells.count - 1
      return CellRecord(
        label: cell.label, line: cell.position.line, status: isLast && error != nil ? .crashed : .ok,
        outputs: index < outputs.count ? outputs[index] : [], error: isLast ? error : nil)
    }
    let values = chapter.inlineValues.map {
      InlineRecord(expression: $0.expression, line: $0.position.line, status: .ok, text: "42")
    }
    let record = ExecutionRecord(chapter: chapter.path, cells: cells, inlineValues: values)
    let pages = [
      Site.Page(title: chapter.title ?? "A", path: "en/a.html", chapterPath: "en/a.md", language: "en"),
      Site.Page(title: "B", path: "en/b.html", chapterPath: "en/b.md", language: "en"),
    ]
    let site = Site(
      title: LocalizedText(title), author: "Ada", pages: pages, languages: ["en"], allowsHTML: allowsHTML)
    let page = weaver.page(for: chapter, record: record, in: site)
    var resources = pictures
    for asset in try weaver.assets(math: page.math) { resources[asset.path] = asset.contents }
    self.site = HandoutSite(resources: resources, mathFonts: weaver.mathFonts)
    book = HandoutBook(
      title: title, author: "Ada", description: nil, language: "en",
      pages: [
        HandoutPage(
          path: page.path, html: page.contents, title: pages[0].title, chapter: chapter, record: record)
      ])
  }

  func epub() throws -> EPUBBook {
    EPUBBook(book, site: site, stylesheet: try weaver.stylesheetForReadingDevices())
  }

  /// The notebook's cells.
  func notebook() throws -> [[String: Any]] {
    let data = try Notebook(book.pages[0], of: book, site: site, weaver: weaver).json()
    let json = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    return json?["cells"] as? [[String: Any]] ?? []
  }
}

extension [String: Any] {
  /// The text of a list of lines, or of a text.
  func lines(_ key: String) -> String {
    (self[key] as? [String])?.joined() ?? self[key] as? String ?? ""
  }

  func list(_ key: String) -> [[String: Any]] { self[key] as? [[String: Any]] ?? [] }
}

let attack = "\"'></p></svg><script>alert(1)</script><img src=x onerror=alert(1)>\u{1B}[31m]]>"
let chart = CellOutput.chart(
  ChartOutput(
    title: attack, x: .init(label: attack), y: .init(label: "loss"),
    series: [.init(name: attack, x: [1, 2, 3], y: [3, 2, 1])]))
let tensor = CellOutput.tensor(
  TensorOutput(shape: [2, 2], values: [1, 2, 3, 4], text: "[[1., 2.],\n [3., 4.]]"))
