import Chapters
import ExecutionRecords

/// A run with the lines at which the chapter's cells and inline values stood.
struct StoredRun: Codable {
  var run: ChapterRun
  var lines: SourceLines

  /// The run at the lines where `chapter`'s cells stand now; `nil` where that cannot be told without running.
  func run(in chapter: Chapter) -> ChapterRun? {
    guard run.record.cells.count == chapter.cells.count,
      run.record.inlineValues.count == chapter.inlineValues.count
    else { return nil }
    if lines == SourceLines(of: chapter) { return run }
    guard run.isFreeOfPlaces(in: chapter) else { return nil }
    var moved = run
    for index in chapter.cells.indices {
      moved.record.cells[index].line = chapter.cells[index].position.line
    }
    for index in chapter.inlineValues.indices {
      moved.record.inlineValues[index].line = chapter.inlineValues[index].position.line
    }
    return moved
  }
}

/// Where code stands in a chapter: what a prose edit above it changes.
struct SourceLines: Codable, Hashable {
  var cells: [[Int]]
  var inlineValues: [SourcePosition]

  init(of chapter: Chapter) {
    cells = chapter.cells.map { [$0.position.line, $0.firstLine] + $0.columnOffsets }
    inlineValues = chapter.inlineValues.map(\.position)
  }
}

extension ChapterRun {
  /// Whether nothing in the run tells a line of the chapter, so that it can be shown at others: no message was
  /// made, and no cell asks for `#line` or its like.
  fileprivate func isFreeOfPlaces(in chapter: Chapter) -> Bool {
    diagnostics.isEmpty
      && record.cells.allSatisfy { $0.error == nil && $0.warnings.isEmpty }
      && record.inlineValues.allSatisfy { $0.error == nil }
      && !chapter.cells.contains { $0.code.contains("#") }
      && !chapter.inlineValues.contains { $0.expression.contains("#") }
  }
}
