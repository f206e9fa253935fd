import AcceptedOutputs
import Chapters
import Diagnostics

/// A run of a chapter beside the accepted one: what differs, and where.
struct ChapterComparison {
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var compared = 0
  private(set) var differing = 0
  private var unchangedCells: Set<String> = []
  private var unchangedValues: Set<Int> = []

  private let book: Book
  private let chapter: Chapter
  private let source: SourceText

  var isEqual: Bool { diagnostics.isEmpty }

  /// - Parameter accepted: `nil` where nothing of the chapter was ever accepted.
  init(of new: AcceptedChapter, with accepted: AcceptedChapter?, chapter: Chapter, in book: Book) {
    self.book = book
    self.chapter = chapter
    source = SourceText(chapter.source)
    guard let accepted else {
      diagnostics.append(
        Diagnostic(
          .error, file: chapter.file, message: "its outputs were never accepted",
          hint: "Look at the page, and if all is right: lectern test --accept"))
      return
    }
    // What has other code is told of as such; that its outputs are others too is no news.
    let changes = accepted.changes(
      in: chapter, seed: book.configuration.kernel.seed, folder: book.folder(of: chapter))
    diagnostics += changes.map { change in
      message(change.message, at: change.line.map { SourcePosition(line: $0, column: change.column ?? 1) })
    }
    compareCells(new, accepted)
    compareValues(new, accepted)
    diagnostics.sort { ($0.line ?? 0) < ($1.line ?? 0) }
  }

  private mutating func compareCells(_ new: AcceptedChapter, _ accepted: AcceptedChapter) {
    for cell in chapter.cells {
      let tolerance = tolerance(of: cell.options)
      guard let comparison = accepted.comparison(ofCell: cell.label, with: new, tolerance: tolerance) else {
        continue
      }
      // What is another each time is kept as it is.
      if cell.options.volatile == true || comparison.isEqual { unchangedCells.insert(cell.label) }
      guard cell.options.volatile != true else { continue }
      add(
        comparison, "the outputs of the cell `\(cell.label)` are not those that were accepted",
        at: cell.position)
    }
  }

  private mutating func compareValues(_ new: AcceptedChapter, _ accepted: AcceptedChapter) {
    for (index, value) in chapter.inlineValues.enumerated() {
      let options = CellOptions().resolved(over: chapter.frontMatter.execute)
      let tolerance = tolerance(of: options)
      guard let comparison = accepted.comparison(ofInlineValue: index, with: new, tolerance: tolerance) else {
        continue
      }
      if options.volatile == true || comparison.isEqual { unchangedValues.insert(index) }
      guard options.volatile != true else { continue }
      add(comparison, "the value `\(value.expression)` is not the one that was accepted", at: value.position)
    }
  }

  private mutating func add(_ comparison: Comparison, _ text: String, at position: SourcePosition) {
    compared += 1
    guard !comparison.isEqual else { return }
    differing += 1
    let details = comparison.summary().split(separator: "\n", omittingEmptySubsequences: false)
    diagnostics.append(message(text, at: position, hint: details.joined(separator: "\n    ")))
  }

  private func tolerance(of options: CellOptions) -> Tolerance {
    (options.tolerance ?? book.configuration.tolerance).map(Tolerance.init) ?? .standard
  }

  private func message(_ message: String, at position: SourcePosition?, hint: String? = nil) -> Diagnostic {
    Diagnostic(
      .error, file: chapter.file, line: position?.line, column: position?.column, message: message, hint: hint
    )
  }

  /// The new run with what is still as accepted left as it was.
  func merged(_ new: AcceptedChapter, with accepted: AcceptedChapter) -> AcceptedChapter {
    new.keeping(
      cellsOf: accepted, where: unchangedCells.contains, inlineValuesWhere: unchangedValues.contains)
  }
}
