import Chapters
import Diagnostics
import ExecutionRecords
import Foundation
import Weaving

/// A chapter as a Jupyter notebook with what its cells put out. What the page shows is in it: references are resolved,
/// formulas are TeX again, and each cell's figures stand under it.
package struct Notebook {
  let page: HandoutPage
  let author: String?
  let language: String
  let site: HandoutSite
  let weaver: Weaver
  /// How drawings look.
  let styles: String

  package init(_ page: HandoutPage, of book: HandoutBook, site: HandoutSite, weaver: Weaver) {
    self.page = page
    author = page.chapter.frontMatter.author ?? book.author
    language = book.language
    self.site = site
    self.weaver = weaver
    styles = DrawingStyles(site).text
  }

  /// The file.
  /// - Throws: `Diagnostic` for a page that cannot be read.
  package func json() throws -> Data {
    let root = try HTMLReading.page(page.html, file: page.path)
    let article = root.first(named: "article") ?? root.first(named: "main") ?? root
    article.gatherMarginNotes()
    var cells = CellList()
    for piece in Piece.pieces(of: article) {
      switch piece {
      case .text(let nodes):
        var writer = MarkdownWriter(page: page.path, site: site)
        for section in writer.sections(nodes) { cells.add(section, attachments: writer.attachments) }
      case .cell(let element, let index): try add(element, index, to: &cells)
      }
    }
    let document = NotebookDocument(
      cells: cells.cells,
      metadata: .init(title: page.title, authors: author.map { [.init(name: $0)] }))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(document) + Data("\n".utf8)
  }

  /// A cell of the chapter, with the captions that belong to it.
  private func add(_ element: Element, _ index: Int, to cells: inout CellList) throws {
    guard page.chapter.cells.indices.contains(index) else { return }
    let cell = page.chapter.cells[index]
    let options = cell.options.resolved(over: page.chapter.frontMatter.execute)
    let record = page.record.cells.indices.contains(index) ? page.record.cells[index] : nil
    func captions(of condition: (Element) -> Bool) {
      var writer = MarkdownWriter(page: page.path, site: site)
      for figure in element.all(where: { $0.name == "figure" && condition($0) }) {
        for caption in figure.elements where caption.name == "figcaption" {
          for section in writer.sections([.element(Element("p", children: caption.children))]) {
            cells.add(section, attachments: writer.attachments)
          }
        }
      }
    }
    captions { $0.hasClass("listing") }
    let lines = cell.code.split(separator: "\n", omittingEmptySubsequences: false)
    let code = lines.drop { $0.allSatisfy(\.isWhitespace) }.joined(separator: "\n")
    let isRun = record.map { $0.status != .skipped && $0.status != .notCompiled } ?? false
    let count = isRun ? index + 1 : nil
    let outputs = NotebookOutputs(weaver: weaver, language: language, styles: styles, options: options)
    cells.add(
      code, label: cell.label,
      .code(
        outputs: try record.map { try outputs.outputs(of: $0, count: count, file: page.path) } ?? [],
        executionCount: count, isSourceHidden: options.echo == false || options.codeFold == .closed))
    captions { $0.hasClass("figure") || $0.hasClass("table-figure") }
  }
}

/// The notebook's cells, each with an id of its own that stays from build to build.
private struct CellList {
  var cells: [NotebookDocument.Cell] = []
  private var ids: Set<String> = []
  private var textCount = 0

  mutating func add(_ markdown: String, attachments: [String: [String: String]]) {
    guard !markdown.isEmpty else { return }
    textCount += 1
    let used = attachments.filter { markdown.contains("attachment:\($0.key)") }
    add(markdown, label: "text-\(textCount)", .markdown(attachments: used))
  }

  mutating func add(_ source: String, label: String, _ content: NotebookDocument.Cell.Content) {
    cells.append(.init(id: id(label), source: .init(source), content: content))
  }

  /// Letters, digits, `-` and `_`, at most 64 of them.
  private mutating func id(_ label: String) -> String {
    let plain = String(
      label.unicodeScalars.map {
        $0.isASCII && ($0.properties.isAlphabetic || "0"..."9" ~= $0) ? Character($0) : "-"
      }
      .prefix(50))
    var id = plain
    var number = 2
    while !ids.insert(id).inserted {
      id = "\(plain)-\(number)"
      number += 1
    }
    return id
  }
}

/// A stretch of the page: text, or a cell.
private enum Piece {
  case text([Element.Node])
  case cell(Element, Int)

  /// An element cut where cells stand in it, however deep: a callout around a cell becomes two callouts with the cell
  /// between them, since notebooks have no cells within text.
  static func pieces(of element: Element) -> [Piece] {
    var pieces: [Piece] = []
    var run: [Element.Node] = []
    func finishRun() {
      if run.contains(where: { !$0.isBlank }) { pieces.append(.text(run)) }
      run = []
    }
    for node in element.children {
      guard case .element(let child) = node else {
        run.append(node)
        continue
      }
      if let index = child["data-cell"].flatMap({ Int($0) }) {
        finishRun()
        pieces.append(.cell(child, index))
      } else if child.first(where: { $0["data-cell"] != nil }) != nil {
        for piece in Self.pieces(of: child) {
          switch piece {
          case .text(let nodes):
            run.append(.element(Element(child.name, child.attributes, children: nodes)))
          case .cell:
            finishRun()
            pieces.append(piece)
          }
        }
      } else {
        run.append(node)
      }
    }
    finishRun()
    return pieces
  }
}

extension Element.Node {
  var isBlank: Bool {
    switch self {
    case .text(let text): text.allSatisfy(\.isWhitespace)
    case .element(let element):
      element.first { ["img", "svg", "hr", "math"].contains($0.name) } == nil
        && element.text.allSatisfy(\.isWhitespace)
    }
  }
}
