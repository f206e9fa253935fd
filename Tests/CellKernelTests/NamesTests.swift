import ExecutionRecords
import Testing

/// Cells share one scope, top to bottom.
@Suite struct NamesTests {
  @Test func laterDeclarationsWin() async throws {
    let record = try await Kernel.run(try Kernel.fixture("hostile/01-names.md"))
    #expect(record["first"].text() == "2 3 1024 6\n")
    #expect(record["let-again"].text() == "two 3\n")
    #expect(record["types"].text() == "area 9.0 18.0\n")
    #expect(record["all-again"].text() == "4 100 60 -1\n")
    #expect(record["latest-wins"].text() == "4 100 60 -1 two 9.0\n")
    #expect(record["overload"].text() == "number 7 area 9.0\n")
    #expect(record["mutated"].text() == "1 2\n")
    #expect(record.inlineValues.map(\.text) == ["two", "4", "0.333333"])
  }

  @Test func codeDoesNotSeeWhatStandsBelow() async throws {
    let record = try await Kernel.run(try Kernel.fixture("hostile/01-names.md"))
    #expect(record["no-look-ahead"].status == .notCompiled)
    #expect(record["no-look-ahead"].error?.message == "cannot find 'later' in scope")
    #expect(record["later"].status == .ok)
  }

  @Test func importsHoldForTheCellsBelow() async throws {
    let record = try await Kernel.run(
      cells: "import Foundation\nlet x = 1", "let x = pow(2.0, 3.0)", "x + pow(1.0, 2.0)")
    #expect(record.cells.map(\.status) == [.ok, .ok, .ok])
    #expect(record.cells[2].text(.value) == "9.0")
  }

  @Test func aManyTimesRedeclaredNameIsTheLastOne() async throws {
    let cells = (0..<12).map { "```swift-run\nlet n = \($0)\nstruct S\($0 % 2) { var v = \($0) }\n```\n" }
    let record = try await Kernel.run(cells.joined() + "\n```swift-run\nprint(n, S0().v, S1().v)\n```\n")
    #expect(record.cells.last?.text() == "11 10 11\n")
  }

  @Test func aClosureKeepsTheNameThatItSaw() async throws {
    let record = try await Kernel.run(
      cells: "var n = 1\nlet read = { n }", "var n = 2", "print(read(), n)")
    #expect(record.cells[2].text() == "1 2\n")
  }

  @Test func aFailedRedeclarationDoesNotBringTheOldNameBack() async throws {
    let record = try await Kernel.run(
      cells: "let x = 1", "let x = { () -> Int in fatalError(\"no\") }()", "print(x)", "print(\"on\")")
    #expect(record.cells.map(\.status) == [.ok, .crashed, .skipped, .ok])
  }

  @Test func membersOfTypesAboveAreFoundThroughValues() async throws {
    let record = try await Kernel.run(
      cells: "struct Net { func callAsFunction(_ x: Int) -> Int { 2 * x }; var w = 3 }\nlet a = 0",
      "let a = 1\nlet net = Net()", "let a = 2\nprint(net(4), net.w)")
    #expect(record.cells[2].text() == "8 3\n")
  }
}
