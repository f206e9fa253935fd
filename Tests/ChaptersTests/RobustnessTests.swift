import Chapters
import Testing

/// Whatever a file holds, reading it ends, and what it says about places is true.
@Suite struct RobustnessTests {
  /// SplitMix64: small, and the same everywhere.
  struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  static let rich = """
    ---
    title: "Rich: 强调"
    execute: {echo: false}
    ---
    # Title *a* `{swift} x` {#sec-a}

    这是**重点。**请见 @fig-a，[link](u "t") and $a_1|b$ `{swift} y`.

    > [!NOTE] Title
    > Text
    >
    > ```swift-run
    > //| label: one
    > //| fig-cap: |
    > //|   a b
    > let x = "强调"
    > ```

    1. a
       - [x] b

         ~~~~ swift-run
         \tcode
         ~~~~

    | $a|b$ | `{swift} z \\| w` |
    |:--|--:|
    | **强：**调 | <b>c</b> |

    $$
    x
    + y
    $$ {#eq-a}

    Text[^n] www.a.org a@b.org ![i](j)\\
    <div>

    [^n]: Note

        ```swift-run
        inNote
        ```

    ```math
    z
    ```

    """

  @Test(arguments: 0..<8) func mutations(seed: Int) {
    var generator = SeededGenerator(state: UInt64(seed))
    let original = Array(Self.rich.utf8)
    let pieces = [
      "```", "```swift-run\n", "$$", "$", "> ", "- ", "\t", "    ", "\n\n", "\r\n", "\r", "\0", "|", "**",
      "_", "~~",
      "`{swift} ", "`", "//| ", "---\n", "[^n]", "[!NOTE]", "{#eq-a}", "\\", "]", "(", "<", "强", "：",
      "\u{FDCF}",
      "\u{10A58}", "@fig-a", "&amp;", "[[[[", "\u{FEFF}", "\u{1}\u{2}", "🙂", "~~~\n", ":", "#|",
    ].map { Array($0.utf8) }
    for _ in 0..<400 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...12, using: &generator) {
        let index = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0:
          bytes.removeSubrange(index..<min(bytes.count, index + Int.random(in: 1...40, using: &generator)))
        case 1: bytes.insert(contentsOf: pieces.randomElement(using: &generator) ?? [], at: index)
        case 2: bytes[index] = UInt8.random(in: 0...255, using: &generator)
        default:
          let end = min(bytes.count, index + Int.random(in: 1...80, using: &generator))
          bytes.insert(
            contentsOf: Array(bytes[index..<end]), at: Int.random(in: 0...bytes.count, using: &generator))
        }
        if bytes.isEmpty { bytes = original }
      }
      expectSound(chapter(String(decoding: bytes, as: UTF8.self)))
    }
  }

  @Test(arguments: [
    String(repeating: "> ", count: 10_000) + "a", String(repeating: ">", count: 10_000),
    String(repeating: "- ", count: 2_000) + "a", String(repeating: "[", count: 10_000),
    String(repeating: "![", count: 5_000), String(repeating: "*a **a ", count: 3_000),
    String(repeating: "$a ", count: 20_000), String(repeating: "$$", count: 20_000) + "a",
    String(repeating: "$`a", count: 10_000), String(repeating: "@fig-", count: 20_000),
    String(repeating: "`", count: 50_000),
    String(repeating: "a", count: 1_000_000), String(repeating: "强**。", count: 20_000),
    String(repeating: "\0", count: 10_000),
    String(repeating: "| ", count: 5_000) + "\n" + String(repeating: "|-", count: 2_500),
    String(repeating: "$|", count: 20_000),
    String(repeating: "<", count: 10_000), String(repeating: "&", count: 10_000),
    String(repeating: "\\", count: 10_000),
    String(repeating: "# a\n", count: 3_000), String(repeating: "`{swift} a` ", count: 3_000),
    "---\na: " + String(repeating: "[", count: 5_000) + "\n---\n",
    "---\n" + String(repeating: "- ", count: 5_000) + "\n---\n",
    "```swift-run\n//| depends: " + String(repeating: "[", count: 5_000) + "\n```",
    "```swift-run\n" + String(repeating: "//| ", count: 5_000) + "\n```",
    String(repeating: "```swift-run\n```\n", count: 2_000),
    String(repeating: "[^1]", count: 5_000) + "\n\n[^1]: a",
  ])
  func extremes(source: String) {
    let clock = ContinuousClock()
    let time = clock.measure { expectSound(chapter(source)) }
    #expect(time < .seconds(30), "\(source.prefix(20))…")
  }

  @Test func deepNestingIsReported() {
    let read = chapter(String(repeating: "> ", count: 200) + "deep `{swift} x`\n")
    #expect(read.diagnostics.map(\.severity) == [.error])
    #expect(read.blocks.plainText(values: ["1"]).contains("deep 1"))
    #expect(read.inlineValues.count == 1)
    let cell = chapter(String(repeating: "> ", count: 200) + "```swift-run\n")
    #expect(cell.cells.count == 1)
  }

  @Test func parsingInParallel() async {
    let expected = chapter(Self.rich)
    await withTaskGroup(of: Chapter.self) { group in
      for _ in 0..<64 { group.addTask { chapter(Self.rich) } }
      for await read in group { #expect(read == expected) }
    }
  }

  private func expectSound(_ chapter: Chapter) {
    expectPlacesHold(chapter)
    #expect(chapter.units.count == chapter.cells.count + chapter.inlineValues.count)
    let lines = Lines(chapter)
    for value in chapter.inlineValues {
      // Over a line's end, and in a table's escaped bars, an expression is not in the text as it is.
      let first = value.expression.prefix { !$0.isWhitespace && $0 != "|" && $0 != "\\" }
      let isEscaped = String(decoding: lines.bytes(value.position.line), as: UTF8.self).contains("\\|")
      if !lines.text(at: value.position).hasPrefix(first) && !isEscaped {
        Issue.record("\(value) is not at its place in\n\(chapter.source)")
      }
    }
    for diagnostic in chapter.diagnostics {
      _ = diagnostic.description
      if let line = diagnostic.line { #expect(line >= 1 && diagnostic.column.map { $0 >= 1 } != false) }
    }
    _ = (chapter.blocks + chapter.footnotes.flatMap(\.blocks)).plainText
  }
}
