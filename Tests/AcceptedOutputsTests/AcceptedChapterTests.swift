import AcceptedOutputs
import CellOutputs
import Chapters
import Diagnostics
import ExecutionRecords
import Foundation
import Testing

@Suite("Accepted outputs")
struct AcceptedChapterTests {
  private static let source = """
    ---
    title: A chapter
    ---

    ```swift-run
    //| label: train
    let loss = 0.25
    print(loss)
    ```

    The loss is `{swift} loss`.

    ```swift-run
    //| label: fails
    //| expect-error: runtime
    //| tolerance: 0.5
    let never = [1][loss > 0 ? 3 : 0]
    ```

    """

  private let folder = FileManager.default.temporaryDirectory
  private func chapter(_ source: String = source) -> Chapter {
    Chapter.parse(source, path: "en/a.md", file: "book/en/a.md")
  }

  private func record(_ outputs: [CellOutput], lineOffset: Int = 0) -> ExecutionRecord {
    let note = Diagnostic(
      .note, file: "en/a.md", line: 7 + lineOffset, column: 5, message: "declared here",
      sourceLine: "let loss = 0.25")
    let warning = Diagnostic(
      .warning, file: "en/a.md", line: 17 + lineOffset, column: 5, message: "never used",
      sourceLine: "let never = [1][loss > 0 ? 3 : 0]", notes: [note])
    return ExecutionRecord(
      chapter: "en/a.md",
      cells: [
        CellRecord(label: "train", line: 5 + lineOffset, status: .ok, outputs: outputs),
        CellRecord(
          label: "fails", line: 13 + lineOffset, status: .crashed,
          error: CellError(
            message: "Index out of range", line: 17 + lineOffset, column: 16,
            frames: [.init(function: "top", line: 7 + lineOffset, column: 3)]), warnings: [warning]),
      ],
      inlineValues: [InlineRecord(expression: "loss", line: 11 + lineOffset, status: .ok, text: "0.25")])
  }

  private static let hostileTexts = [
    "0.25\n", "", "\n", " leading and trailing \n\n", "tab\there\r\nand there", "nul\u{0} bell\u{7}",
    "损失：0.5\n第二行\n",
    "'quoted' \"twice\": # no comment\n- no list", "null", "true", "1e5", "-", "---\n...\n", "a\u{2028}b",
    "  \n  x\n",
    "emoji 👩‍👩‍👧 e\u{301}\n", "x\n\n\n", "%\n@\n`", "a: b\n",
    String(repeating: "long ", count: 100),
  ]

  @Test(arguments: hostileTexts)
  func anyTextIsReadAsItWasWritten(text: String) throws {
    try expectRoundTrip([.text(TextOutput(stream: .stdout, text: text))])
  }

  @Test func outputsOfOtherKinds() throws {
    try expectRoundTrip([
      .tensor(
        TensorOutput(
          shape: [2, 2], values: [0.1, -1.5, nil, 3e-9], special: [2: "nan"], text: "[[0.1000, -1.5]]")),
      .table(
        TableOutput(
          columns: ["a", "b"],
          rows: [
            [.text("1e5"), .number(.infinity, decimals: nil)], [.text("x"), .number(0.1, decimals: 4)],
          ])),
      .chart(
        ChartOutput(
          x: .init(label: "step"), y: .init(label: "loss", scale: .logarithmic),
          series: [.init(name: "null", x: [1, 2, 3], y: [0.1, .nan, 1.0 / 3])])),
    ])
  }

  private func expectRoundTrip(_ outputs: [CellOutput]) throws {
    let record = record(outputs)
    let accepted = try AcceptedChapter(record, of: chapter(), seed: 7, folder: folder)
    let text = try accepted.text()
    let read = try AcceptedChapter(text: text, file: "a.outputs")
    #expect(read == accepted, "\(text)")
    // As JSON, since a number that is none equals nothing.
    #expect(try read.record(for: chapter()).json() == record.json())
    #expect(read.changes(in: chapter(), seed: 7, folder: folder).isEmpty)
  }

  @Test func readsWellAndHoldsNoLines() throws {
    let accepted = try AcceptedChapter(
      record([.text(TextOutput(stream: .stdout, text: "step 1\nstep 2\n"))]), of: chapter(), seed: 0,
      folder: folder)
    let text = try accepted.text()
    #expect(text.contains("- cell: train\n"), "\(text)")
    #expect(text.contains("text: |\n      step 1\n      step 2\n"), "\(text)")
    #expect(!text.contains("sourceLine"))
    #expect(!text.contains("en/a.md"))
  }

  @Test func proseMovesWithoutATrace() throws {
    let outputs: [CellOutput] = [.text(TextOutput(stream: .stdout, text: "0.25\n"))]
    let accepted = try AcceptedChapter(record(outputs), of: chapter(), seed: 0, folder: folder)
    let moved = chapter(
      Self.source.replacing(
        "\n\n```swift-run\n//| label: train", with: "\n\nNew.\n\nProse.\n\n```swift-run\n//| label: train"))
    #expect(accepted.changes(in: moved, seed: 0, folder: folder).isEmpty)
    #expect(try accepted.record(for: moved) == record(outputs, lineOffset: 4))
    #expect(
      try AcceptedChapter(record(outputs, lineOffset: 4), of: moved, seed: 0, folder: folder) == accepted)
  }

  @Test func otherCodeIsNoticed() throws {
    let accepted = try AcceptedChapter(record([]), of: chapter(), seed: 0, folder: folder)
    func kinds(_ source: String, seed: UInt64 = 0) -> [AcceptedChapter.Change.Kind] {
      accepted.changes(in: chapter(source), seed: seed, folder: folder).map(\.kind)
    }
    #expect(kinds(Self.source.replacing("let loss = 0.25", with: "let loss  =  0.25 // a comment")).isEmpty)
    #expect(kinds(Self.source.replacing("tolerance: 0.5", with: "fig-cap: A")).isEmpty)
    #expect(kinds(Self.source.replacing("0.25\n", with: "0.5\n")) == [.otherCode("train")])
    #expect(kinds(Self.source.replacing("//| expect-error: runtime\n", with: "")) == [.otherCode("fails")])
    #expect(
      kinds(Self.source.replacing("label: train", with: "label: other")) == [.new("other"), .gone("train")])
    #expect(kinds(Self.source.replacing("`{swift} loss`", with: "`{swift} -loss`")) == [.inlineValues])
    #expect(kinds(Self.source.replacing("`{swift} loss`", with: "nothing")) == [.inlineValues])
    #expect(kinds(Self.source, seed: 1) == [.seed(0)])
  }

  @Test(arguments: [
    "", "x", "- a\n", "format: 2\nseed: 0\ncells: []\n", "format: 1\n",
    "format: 1\nseed: 0\ncells:\n- cell: a\n", "a: [", "format: 1\nseed: 0\ncells: 5\n",
  ])
  func brokenFiles(text: String) {
    let error = #expect(throws: Diagnostic.self) { try AcceptedChapter(text: text, file: "a.outputs") }
    #expect(error?.file == "a.outputs")
  }

  // MARK: Comparison

  private func comparison(_ old: [CellOutput], _ new: [CellOutput], tolerance: Double = 1e-4) throws
    -> Comparison
  {
    var accepted = try AcceptedChapter(record(old), of: chapter(), seed: 0, folder: folder)
    for label in accepted.labels { accepted.round(label, toDigits: 6) }
    let other = try AcceptedChapter(record(new), of: chapter(), seed: 0, folder: folder)
    return try #require(accepted.comparison(ofCell: "train", with: other, tolerance: Tolerance(tolerance)))
  }

  private func printed(_ text: String) -> [CellOutput] { [.text(TextOutput(stream: .stdout, text: text))] }

  private func tensor(_ values: [Float]) -> [CellOutput] {
    [.tensor(TensorOutput(shape: [values.count], values: values, text: "\(values)"))]
  }

  @Test func numbersMayMoveALittle() throws {
    #expect(try comparison(printed("loss 0.4939"), printed("loss 0.4940")).isEqual)
    #expect(try comparison(tensor([1 / 3]), tensor([0.33334])).isEqual)
    let moved = try comparison(printed("loss 0.49"), printed("loss 0.51"))
    #expect(moved.movements == [.init(place: "output 1 (text), text, number 1", old: 0.49, new: 0.51)])
    #expect(moved.summary().contains("0.49 → 0.51 (+0.02)"), "\(moved.summary())")
    #expect(try comparison(printed("loss 0.49"), printed("loss 0.51"), tolerance: 0.05).isEqual)
  }

  @Test func valuesOfMapsMayBeRoundedToANeighbour() throws {
    func map(_ value: Float, high: Float = 1) -> [CellOutput] {
      let map = FeatureMapOutput(
        height: 1, width: 2, channels: [.init(name: "", values: [0, value])], scale: .sequential, low: 0,
        high: high)
      return [
        .frames(FramesOutput(label: "step", frames: [.init(caption: "1", outputs: [.featureMap(map)])]))
      ]
    }
    #expect(try comparison(map(0.493), map(0.494)).isEqual)
    #expect(try comparison(map(0.493), map(0.495)).movements.map(\.old) == [0.493])
    #expect(try comparison(map(0.00493, high: 0.01), map(0.00494, high: 0.01)).isEqual)
    #expect(try !comparison(map(0.5), map(0.5, high: 1.001)).isEqual)
    #expect(try !comparison(tensor([0.493]), tensor([0.494])).isEqual)
  }

  @Test func aTensorsNumbersAreNamedOnce() throws {
    let moved = try comparison(tensor([1, 2, 3, 4]), tensor([1, 2.5, 3, 4.25]))
    #expect(moved.movements.map(\.place) == ["output 1 (tensor), values[1]", "output 1 (tensor), values[3]"])
    #expect(
      moved.summary().hasPrefix(
        "2 of 5 numbers moved by more than 0.0001:\n  output 1 (tensor), values[1]: 2 → 2.5 (+0.5)"),
      "\(moved.summary())")
  }

  @Test func textIsComparedExactly() throws {
    let other = try comparison(printed("a\nb\nc\n"), printed("a\nB\nc\n"))
    #expect(other.others == ["output 1 (text), text: line 2 is another\n  − b\n  + B"])
    #expect(try !comparison(printed("a 1"), printed("a  1")).isEqual)
    #expect(try comparison(printed("a  1.5"), printed("a 1.50001")).isEqual)
    #expect(try !comparison(printed("a"), printed("b")).isEqual)
    #expect(try !comparison(printed("a"), []).isEqual)
    #expect(try !comparison(printed("1"), tensor([1])).isEqual)
    #expect(try !comparison(tensor([1]), tensor([1, 2])).isEqual)
  }
}
