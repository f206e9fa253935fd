import CellOutputs
import ExecutionRecords
import Foundation
import Testing

/// The book of hostile cells: each has the status that it deserves, at its own line, and hurts no other.
@Suite struct HostileCellsTests {
  struct Expectation: CustomTestStringConvertible, Sendable {
    var label: String
    var status: CellStatus
    var message: String?
    var line: Int?
    var column: Int?

    init(
      _ label: String, _ status: CellStatus, _ message: String? = nil, line: Int? = nil, column: Int? = nil
    ) {
      self.label = label
      self.status = status
      self.message = message
      self.line = line
      self.column = column
    }

    var testDescription: String { label }
  }

  static let failures: [Expectation] = [
    Expectation("state", .ok),
    Expectation("trap", .crashed, "Index out of range", line: 23, column: 12),
    Expectation("throws", .failed, #"threw an error: Mistake(why: "no reason")"#, line: 12, column: 19),
    Expectation(
      "needs-result", .skipped, "not run: it needs `result` of the cell `throws`, line 30, which failed"),
    Expectation("calls-exit", .failed, "called exit(3), which ends the program", line: 45, column: 1),
    Expectation(
      "endless-recursion", .crashed,
      "the stack overflowed: a function calls itself without end, or too deeply", line: 50),
    Expectation(
      "endless-loop", .timedOut,
      "it ran longer than its limit of 0.3 seconds; `timeout:` among its options changes that", line: 60),
    Expectation("overflow", .crashed, "arithmetic overflow", line: 66, column: 7),
    Expectation(
      "unwraps-nil", .crashed, "Unexpectedly found nil while unwrapping an Optional value", line: 72,
      column: 14),
    Expectation("fatal-error", .crashed, "with <b>words</b>", line: 77, column: 1),
    Expectation(
      "memory-at-once", .crashed,
      "ran out of memory: its limit is 0.25 GiB; `memory:` under `execute:` in book.yml changes that",
      line: 82, column: 19),
    Expectation(
      "memory-by-and-by", .crashed,
      "ran out of memory: its limit is 0.25 GiB; `memory:` under `execute:` in book.yml changes that",
      line: 88),
    Expectation("wild-pointer", .crashed, "accessed memory that is not its own", line: 93, column: 36),
    Expectation("aborts", .crashed, "aborted", line: 98, column: 1),
    Expectation(
      "type-error", .notCompiled, "cannot convert value of type 'String' to specified type 'Int'", line: 103,
      column: 18),
    Expectation(
      "needs-wrong", .skipped,
      "not run: it needs `wrong` of the cell `type-error`, line 101, which did not compile"),
    Expectation(
      "syntax-error", .notCompiled, "expected ']' in container literal expression", line: 113, column: 23),
    Expectation(
      "wrong-type-in-call", .notCompiled,
      "cannot convert value of type 'String' to expected argument type 'Int'", line: 118, column: 12),
    Expectation("not-evaluated", .skipped),
    Expectation(
      "must-not-compile", .notCompiled, "cannot convert value of type 'String' to specified type '[Int]'",
      line: 130, column: 20),
    Expectation("should-not-compile", .failed, "it says `expect-error: compile`, but it compiles"),
    Expectation("unharmed", .ok),
  ]

  @Test func failuresStayWithTheirCells() async throws {
    let record = try await Kernel.run(try Kernel.fixture("hostile/02-failures.md"))
    #expect(record.cells.map(\.label) == Self.failures.map(\.label))
    for (cell, expected) in zip(record.cells, Self.failures) {
      #expect(cell.status == expected.status, "\(expected.label)")
      #expect(cell.error?.message == expected.message, "\(expected.label)")
      if let line = expected.line { #expect(cell.error?.line == line, "\(expected.label)") }
      if let column = expected.column { #expect(cell.error?.column == column, "\(expected.label)") }
    }
    #expect(record["trap"].text() == "before\n")
    #expect(record["trap"].error?.frames.map(\.function) == ["pick(_:)", nil])
    #expect(record["unharmed"].text() == "state 1\n")
  }

  @Test func carriageReturnsAndAByteOrderMarkChangeNothing() async throws {
    let source = try Kernel.fixture("hostile/01-names.md")
    let windows = "\u{FEFF}" + source.replacingOccurrences(of: "\n", with: "\r\n")
    #expect(try await Kernel.run(windows) == Kernel.run(source))
  }

  @Test func everyCompileErrorIsThereBeforeAnythingRuns() async throws {
    let compiled = try await Kernel.compile(try Kernel.fixture("hostile/02-failures.md"))
    let errors = compiled.diagnostics.filter { $0.severity == .error }
    #expect(errors.compactMap(\.line) == [103, 113, 118, 134])
    #expect(
      errors.first?.description == """
        test.md:103:18: error: cannot convert value of type 'String' to specified type 'Int'
            let wrong: Int = "no"
                             ^
        """)
  }
}
