import CellOutputs
import ExecutionRecords
import Foundation
import Testing

@Suite struct OutputTests {
  @Test func streamsAndFiguresKeepTheirOrder() async throws {
    let record = try await Kernel.run(try Kernel.fixture("hostile/03-output.md"))
    let outputs = record["streams"].outputs.map { output in
      if case .text(let text) = output { "\(text.stream.rawValue): \(text.text)" } else { "figure" }
    }
    #expect(
      outputs == [
        "stdout: one\n", "stderr: two\n", "stdout: three\n", "stderr: four\n", "stdout: five\n", "figure",
        "stdout: six\n",
      ])
  }

  @Test func theMiddleOfEndlessOutputIsCut() async throws {
    let record = try await Kernel.run(try Kernel.fixture("hostile/03-output.md"))
    guard case .text(let text) = try #require(record["many-lines"].outputs.first) else { return }
    let head = text.text.split(separator: "\n")
    let tail = try #require(text.tail).split(separator: "\n")
    let omitted = try #require(text.omitted)
    #expect(head.first == "line 0")
    #expect(tail.last == "line 199999")
    #expect(head.count + tail.count + omitted.lines == 200_000)
    let all = (0..<200_000).reduce(0) { $0 + "line \($1)\n".utf8.count }
    #expect(text.text.utf8.count + text.tail!.utf8.count + omitted.bytes == all)
    #expect(text.text.utf8.count + text.tail!.utf8.count <= 64 << 10)
  }

  @Test(arguments: [
    ("no-line-end", "half a line"),
    ("invalid-utf-8", "a\u{FFFD}\u{FFFD}b\n"),
    ("standard-input", "nil\n"),
    ("types-by-name", "Point(x: 1) [Point(x: 1)] Point\n"),
    ("child-process", "from a child\n"),
    ("markup", "<script>alert(1)</script> &amp; \"quoted\"\n"),
  ]) func textIsKeptAsItIs(label: String, text: String) async throws {
    let record = try await Kernel.run(try Kernel.fixture("hostile/03-output.md"))
    #expect(record[label].status == .ok)
    #expect(record[label].text() == text)
  }

  @Test func theLastExpressionIsDisplayed() async throws {
    let record = try await Kernel.run(try Kernel.fixture("hostile/03-output.md"))
    #expect(record["comment-after-value"].text(.value) == "10")
    #expect(record["types-by-name"].text(.value) == "Optional(Choice.left(Point(x: 1)))")
    for label in ["no-value", "void-value", "assignment"] {
      #expect(record[label].outputs.isEmpty, "\(label)")
    }
  }

  @Test func filesAreRelativeToTheFolderGiven() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "cells-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("7".utf8).write(to: folder.appending(path: "number.txt"))
    let kernel = try await Kernel.make()
    let source =
      "```swift-run\nimport Foundation\ntry String(contentsOfFile: \"number.txt\", encoding: .utf8)\n```\n"
    let compiled = try await kernel.compile(.parse(source, path: "test.md", file: "test.md"))
    #expect(try await kernel.run(compiled, in: folder).cells[0].text(.value) == "7")
  }

  @Test func warningsComeWithoutTheirGroups() async throws {
    let record = try await Kernel.run(try Kernel.fixture("hostile/03-output.md"))
    #expect(record["no-value"].warnings.map(\.message) == ["expression of type 'Int' is unused"])
  }

  @Test func twoRunsAreTheSame() async throws {
    let source = """
      ```swift-run
      print(Tensor.random([3]), Set(["a", "b", "c", "d"]))
      ```

      ```swift-run
      print(Tensor.random([3]))
      ```

      ```swift-run
      manualSeed(0)
      Tensor.random([1]).item
      ```
      """
    let first = try await Kernel.run(source)
    #expect(try await Kernel.run(source) == first)
    #expect(first.cells[0].text() != first.cells[1].text())
    #expect(first.cells[2].text(.value) == "0.4962566")
  }

  @Test func aCellsNumbersDoNotDependOnTheCellsAbove() async throws {
    let cell = "```swift-run\n//| label: numbers\nprint(Tensor.random([3]))\n```\n"
    let alone = try await Kernel.run(cell)
    let below = try await Kernel.run("```swift-run\nprint(Tensor.random([7]))\n```\n\n" + cell)
    #expect(alone["numbers"].text() == below["numbers"].text())
    #expect(try await Kernel.run(cell) { $0.seed = 7 }["numbers"].text() != alone["numbers"].text())
  }
}
