import Book
import Chapters
import ExecutionRecords
import Testing

@Suite("What counts as a failure")
struct RunVerdictTests {
  typealias Options = CellOptions

  private func errors(_ status: CellStatus, _ change: (inout CellOptions) -> Void = { _ in }) -> [String] {
    var options = CellOptions()
    change(&options)
    let cell = Cell(
      label: "c", options: options, code: "x", firstLine: 2, columnOffsets: [0],
      position: SourcePosition(line: 1, column: 1))
    let chapter = Chapter(
      path: "a.md", file: "book/a.md", source: "```swift-run\nx\n```\n", cells: [cell], units: [.cell(0)])
    let error = status == .ok ? nil : CellError(message: "went wrong", line: 2, column: 1)
    let record = ExecutionRecord(
      chapter: "a.md", cells: [CellRecord(label: "c", line: 1, status: status, error: error)])
    return RunVerdict.diagnostics(of: record, for: chapter).map(\.description)
  }

  @Test(arguments: [CellStatus.failed, .crashed, .timedOut])
  func failures(status: CellStatus) throws {
    let message = try #require(errors(status).first)
    #expect(message.hasPrefix("book/a.md:2:1: error: the cell `c` "))
    #expect(message.contains("went wrong"))
    #expect(errors(status) { $0.error = true }.isEmpty)
    #expect(errors(status) { $0.expectError = .runtime }.isEmpty)
  }

  @Test func notFailures() {
    #expect(errors(.ok).isEmpty)
    #expect(errors(.skipped).isEmpty)
    // The compiler has spoken already.
    #expect(errors(.notCompiled).isEmpty)
    #expect(errors(.notCompiled) { $0.expectError = .compile }.isEmpty)
    #expect(errors(.skipped) { ($0.eval, $0.expectError) = (false, .runtime) }.isEmpty)
  }

  @Test(arguments: [
    (CellOptions.ExpectedError.runtime, CellStatus.ok), (.runtime, .notCompiled), (.runtime, .skipped),
  ])
  func brokenExpectations(expected: CellOptions.ExpectedError, status: CellStatus) {
    #expect(errors(status) { $0.expectError = expected }.count == 1)
  }
}
