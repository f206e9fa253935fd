import Book
import Chapters
import Diagnostics
import ExecutionRecords
import Testing

/// Chapters in two languages, whose code runs once.
@Suite struct TranslationTests {
  private static let original = """
    # Adding

    ```swift-run
    //| label: numbers
    //| echo: false
    //| timeout: 9
    //| tbl-cap: The numbers
    let numbers = [1, 2, 3] // by hand
    ```

    There are `{swift} numbers.count`.

    ```swift-run
    //| label: sum
    let sum = numbers.reduce(0, +)
    sum
    ```
    """

  private func read(_ translation: String, original: String = original) async throws -> ReadChapters {
    let folder = try TemporaryFolder(["en/1.md": original, "zh-Hans/1.md": translation])
    return try await Book.read(at: folder.path).readChapters(jobs: 1)
  }

  /// What is wrong with a translation: its line, the original's, and the message.
  private func problems(of translation: String) async throws -> [String] {
    let read = try await read(translation)
    return read.runs.flatMap(\.chapter.diagnostics).map { problem in
      let note = problem.notes.first.map { " (\($0.file.suffix(7)):\($0.line ?? 0))" } ?? ""
      return "\(problem.line ?? 0): \(problem.message)\(note)"
    }
  }

  private static let translation = """
    # 加法

    这里有一个表。

    ```swift-run
    //| same-as: numbers
    //| tbl-cap: 数
    ```

    一共 `{swift} numbers.count` 个，最大的是 `{swift} numbers.max()!`。

    ```swift-run
    let sum = numbers.reduce(0, +)  // 求和

    sum
    ```
    """

  @Test func cellsAreTheOriginals() async throws {
    let read = try await read(Self.translation)
    #expect(read.runs.count == 1)
    #expect(read.runs[0].chapter.diagnostics == [])
    #expect(read.chapters.map(\.file.path) == ["en/1.md", "zh-Hans/1.md"])
    let cells = read.chapters[1].chapter.cells
    #expect(cells.map(\.label) == ["numbers", "sum"])
    #expect(cells[0].code.contains("let numbers = [1, 2, 3]"))
    #expect(cells[0].codePath == "en/1.md")
    #expect(cells[0].position.line == 5)
    #expect(cells[0].options.tblCap == "数")
    // How it is shown is the original's wish where the translation has none, and how it runs always.
    #expect(cells[0].options.echo == false)
    #expect(cells[0].options.timeout == 9)
    #expect(cells[1].code.contains("求和"))
    #expect(cells[1].codePath == nil)
  }

  @Test func valuesOfBothRunWhereTheyStand() async throws {
    let run = try #require(try await read(Self.translation).runs.first)
    #expect(run.chapter.units == [.cell(0), .inlineValue(0), .inlineValue(1), .cell(1)])
    #expect(run.chapter.inlineValues.map(\.expression) == ["numbers.count", "numbers.max()!"])
    var record = ExecutionRecord(chapter: "en/1.md")
    record.cells = [
      CellRecord(label: "numbers", line: 3, status: .ok), CellRecord(label: "sum", line: 13, status: .ok),
    ]
    record.inlineValues = ["3", "9"].map { InlineRecord(expression: $0, line: 0, status: .ok, text: $0) }
    let records = run.records(of: record)
    #expect(records.map(\.chapter) == ["en/1.md", "zh-Hans/1.md"])
    #expect(records[0].inlineValues.map(\.text) == ["3"])
    #expect(records[1].inlineValues.map(\.text) == ["3", "9"])
    #expect(records[1].inlineValues.map(\.line) == [10, 10])
    #expect(records[1].cells.map(\.line) == [5, 12])
  }

  @Test func messagesAreToldInTheirOwnFile() async throws {
    let run = try #require(try await read(Self.translation).runs.first)
    let files = run.editions.map(\.chapter.file)
    let value = run.chapter.inlineValues[1]
    func message(_ line: Int) -> Diagnostic {
      Diagnostic(
        .error, file: files[0], line: line, message: "",
        notes: [Diagnostic(.note, file: files[0], line: value.position.line, message: "")])
    }
    let located = run.located([message(8), message(value.position.line)])
    #expect(located.map(\.file) == files)
    #expect(located.map(\.line) == [8, 10])
    #expect(located.map(\.notes[0].line) == [10, 10])
  }

  @Test func errorsAreToldByTheLinesOfTheCodeThatIsShown() async throws {
    let run = try #require(try await read(Self.translation).runs.first)
    var record = ExecutionRecord(chapter: "en/1.md")
    for (label, line, place) in [("numbers", 3, 8), ("sum", 13, 15)] {
      var cell = CellRecord(label: label, line: line, status: .crashed)
      cell.error = CellError(message: "wrong", line: place, column: 5)
      record.cells.append(cell)
    }
    let records = run.records(of: record)
    #expect(records[1].cells.map(\.error?.line) == [8, 13])
    #expect(records[1].cells.map(\.error?.column) == [5, 5])
  }

  private static let first = "```swift-run\n//| same-as: numbers\n//| tbl-cap: 数\n```\n"
  private static let second = "```swift-run\n//| same-as: sum\n```\n"

  @Test(arguments: [
    (
      second + first,
      ["4: the cell `numbers` comes after `sum` here and before it in the original (en/1.md:3)"]
    ),
    (first, ["4: the original's cell `sum` is missing above (en/1.md:13)"]),
    (second, ["1: the original's cell `numbers` is missing above (en/1.md:3)"]),
    ("只有文字\n", ["1: the original's cells `numbers`, `sum` are missing above (en/1.md:3)"]),
    (first + "```swift-run\n//| same-as: som\n```\n", ["5: there is no cell `som` in"]),
    (first + second + second, ["8: the cell `sum` is shown twice (ns/1.md:5)"]),
    (
      first + second + "```swift-run\nprint(1)\n```\n",
      ["8: this cell has no counterpart in the original (en/1.md:13)"]
    ),
    (
      first + "```swift-run\n//| label: sum\nlet sum = numbers.reduce(1, +)\nsum\n```\n",
      ["7: the code is not that of the original's cell `sum` (en/1.md:15)"]
    ),
    (
      first + "```swift-run\n//| same-as: sum\n//| timeout: 5\n```\n",
      ["5: `timeout` is not what the original says: the cell runs once, as it says there (en/1.md:13)"]
    ),
    (
      "```swift-run\n//| same-as: numbers\n```\n" + second,
      ["1: the cell has no `tbl-cap` of its own, so the original's is shown (en/1.md:3)"]
    ),
  ])
  func driftIsToldWithBothLines(translation: String, expected: [String]) async throws {
    let problems = try await problems(of: translation)
    #expect(problems.count == expected.count, "\(problems)")
    for (problem, expected) in zip(problems, expected) { #expect(problem.hasPrefix(expected), "\(problem)") }
  }

  @Test func sameAsNeedsAnOriginal() async throws {
    let folder = try TemporaryFolder(["1.md": Self.second])
    let read = try await Book.read(at: folder.path).readChapters(jobs: 1)
    #expect(read.runs[0].chapter.diagnostics.map(\.line) == [1])
    #expect(read.runs[0].chapter.diagnostics[0].message.contains("translation"))
  }

  @Test func chapterOfOneLanguageAloneRunsByItself() async throws {
    let folder = try TemporaryFolder([
      "en/1.md": Self.original, "zh-Hans/2.md": "```swift-run\nprint(1)\n```\n",
    ])
    let read = try await Book.read(at: folder.path).readChapters(jobs: 1)
    #expect(read.runs.map(\.chapter.path) == ["en/1.md", "zh-Hans/2.md"])
    #expect(read.runs.flatMap(\.chapter.diagnostics) == [])
  }
}
