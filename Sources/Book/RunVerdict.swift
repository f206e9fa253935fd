import Chapters
import Diagnostics
import ExecutionRecords

/// Tells which cells of a run went wrong against their author's wish.
package enum RunVerdict {
  /// An error for each such cell and inline value. What the compiler refused is not among them: it was reported
  /// when the chapter was compiled.
  package static func diagnostics(of record: ExecutionRecord, for chapter: Chapter) -> [Diagnostic] {
    let source = SourceText(chapter.source)
    func diagnostic(_ message: String, line: Int, column: Int?, hint: String? = nil) -> Diagnostic {
      var diagnostic = source.diagnostic(
        .error, in: chapter.file, at: SourcePosition(line: line, column: column ?? 1), message, hint: hint)
      diagnostic.column = column
      return diagnostic
    }
    let cells = zip(chapter.cells, record.cells).compactMap { cell, record -> Diagnostic? in
      if let broken = brokenExpectation(cell, record) {
        return diagnostic(broken, line: cell.position.line, column: cell.position.column)
      }
      guard record.status.isFailure, cell.options.error != true, cell.options.expectError == nil else {
        return nil
      }
      return diagnostic(
        "the cell `\(cell.label)` \(record.status.words(record.error?.message))",
        line: record.error?.line ?? record.line,
        column: record.error?.line == nil ? nil : record.error?.column,
        hint: "With `//| error: true` in the cell its failure would be a part of the page.")
    }
    let values = zip(chapter.inlineValues, record.inlineValues).compactMap { value, record -> Diagnostic? in
      guard record.status.isFailure else { return nil }
      return diagnostic(
        "the inline value `\(value.expression)` \(record.status.words(record.error?.message))",
        line: value.position.line, column: value.position.column)
    }
    return (cells + values).sorted { ($0.line ?? 0) < ($1.line ?? 0) }
  }

  /// What is wrong with a cell that was to fail; `nil` where it failed as it was to, or was not to fail at all.
  private static func brokenExpectation(_ cell: Cell, _ record: CellRecord) -> String? {
    guard let expected = cell.options.expectError, cell.options.eval != false else { return nil }
    switch (expected, record.status) {
    // Whether a cell compiles was told when it was compiled.
    case (.compile, _), (.runtime, .failed), (.runtime, .crashed), (.runtime, .timedOut): return nil
    case (.runtime, .notCompiled):
      return "this cell says `expect-error: runtime`, but it does not compile"
    case (.runtime, .skipped):
      return "this cell says `expect-error: runtime`, but it was not run"
    case (.runtime, .ok):
      return "this cell says `expect-error: runtime`, but it ran to its end"
    }
  }
}

extension CellStatus {
  /// Whether the cell ran and did not get to its end.
  var isFailure: Bool {
    switch self {
    case .failed, .crashed, .timedOut: true
    case .ok, .notCompiled, .skipped: false
    }
  }

  fileprivate func words(_ message: String?) -> String {
    // A runtime may add pages about itself; they are in the record.
    let message = message.map { ": \($0.prefix { !$0.isNewline })" } ?? ""
    return switch self {
    case .crashed: "crashed\(message)"
    case .timedOut: "took too long\(message)"
    default: "failed\(message)"
    }
  }
}
