import Chapters
import Diagnostics
import ExecutionRecords

/// Tells which cells of a run went wrong against their author's wish.
enum RunVerdict {
  /// An error for each such cell and inline value. What the compiler refused is not among them: it was reported
  /// when the chapter was compiled.
  static func diagnostics(of record: ExecutionRecord, for chapter: Chapter) -> [Diagnostic] {
    let lines = chapter.source.split(separator: "\n", omittingEmptySubsequences: false)
    func diagnostic(_ message: String, line: Int, column: Int?, hint: String? = nil) -> Diagnostic {
      Diagnostic(
        .error, file: chapter.file, line: line, column: column, message: message,
        sourceLine: lines.indices.contains(line - 1) ? String(lines[line - 1]) : nil, hint: hint)
    }
    let cells = zip(chapter.cells, record.cells).compactMap { cell, record -> Diagnostic? in
      if let broken = brokenExpectation(cell, record) {
        return diagnostic(broken, line: cell.position.line, column: cell.position.column)
      }
      guard record.status.isFailure, cell.options.error != true, cell.options.expectError == nil else { return nil }
      return diagnostic(
        "cell '\(cell.label)' \(record.status.words(record.error?.message))",
        line: record.error?.line ?? record.line, column: record.error?.line == nil ? nil : record.error?.column,
        hint: "'//| error: true' in the cell would make its failure a part of the page")
    }
    let values = zip(chapter.inlineValues, record.inlineValues).compactMap { value, record -> Diagnostic? in
      guard record.status.isFailure else { return nil }
      return diagnostic(
        "inline value `\(value.expression)` \(record.status.words(record.error?.message))",
        line: value.position.line, column: value.position.column)
    }
    return (cells + values).sorted { ($0.line ?? 0) < ($1.line ?? 0) }
  }

  /// What is wrong with a cell that was to fail; `nil` where it failed as it was to, or was not to fail at all.
  private static func brokenExpectation(_ cell: Cell, _ record: CellRecord) -> String? {
    guard let expected = cell.options.expectError, cell.options.eval != false else { return nil }
    switch (expected, record.status) {
    case (.compile, .notCompiled), (.runtime, .failed), (.runtime, .crashed), (.runtime, .timedOut):
      return nil
    case (.compile, _):
      return "cell '\(cell.label)' says 'expect-error: compile', but it compiles"
    case (.runtime, .notCompiled):
      return "cell '\(cell.label)' says 'expect-error: runtime', but it does not compile"
    case (.runtime, .skipped):
      return "cell '\(cell.label)' says 'expect-error: runtime', but it was not run"
    case (.runtime, .ok):
      return "cell '\(cell.label)' says 'expect-error: runtime', but it ran to its end"
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
    let message = message.map { ": \($0)" } ?? ""
    return switch self {
    case .crashed: "crashed\(message)"
    case .timedOut: "took too long\(message)"
    default: "failed\(message)"
    }
  }
}
