import Chapters
import Testing

@Suite struct CellTests {
  /// Every place where a cell may stand, and the code that must come out of it.
  static let places: [(source: String, code: [String])] = [
    ("```swift-run\na\n  b\n```", ["a\n  b"]),
    ("~~~swift-run\na\n~~~", ["a"]),
    ("`````swift-run\n```\nx\n```\n`````", ["```\nx\n```"]),
    ("~~~~ swift-run\n~~~\n~~~~~", ["~~~"]),
    ("   ```swift-run\n   a\n     b\n c\n   ```", ["a\n  b\nc"]),
    ("- item\n\n  ```swift-run\n  a\n\n  b\n  ```", ["a\n\nb"]),
    ("1. ```swift-run\n   a\n   ```\n2. ```swift-run\n   b\n   ```", ["a", "b"]),
    ("> ```swift-run\n> a\n>  b\n>\n>c\n> ```", ["a\n b\n\nc"]),
    ("> [!EXERCISE]\n> Do:\n>\n> ```swift-run\n> a\n> ```", ["a"]),
    ("> - > 1. ```swift-run\n>   >    a\n>   >      b\n>   >    ```", ["a\n  b"]),
    ("-\t```swift-run\n\ta\n\t\tb\n\t```", ["a\n\tb"]),
    ("> ```swift-run\n>\ta\n> ```", ["  a"]),
    ("Text[^1].\n\n[^1]: Note\n\n    ```swift-run\n    a\n      b\n    ```", ["a\n  b"]),
    ("```swift-run\n//| echo: true\na\n```", ["\na"]),
    ("```swift-run\n```", [""]),
    ("```swift-run\n\n```", [""]),
    ("---\ntitle: x\n---\n```swift-run\na\n```", ["a"]),
    ("```swift-run\nlet 强调 = \"**「」**文字_「」_\"\n```\n\n**强调：**然后", ["let 强调 = \"**「」**文字_「」_\""]),
    ("| $a|b$ |\n|---|\n\n```swift-run\nlet c = \"$a|b$\"\n```", ["let c = \"$a|b$\""]),
    ("```swift\nno\n```\n\n    ```swift-run\n    no\n    ```\n\n```swift-runner\nno\n```", []),
    ("<div>\n```swift-run\nno\n```\n</div>\n", []),
  ]

  @Test(arguments: places) func code(source: String, code: [String]) {
    let read = chapter(source)
    #expect(read.cells.map(\.code) == code)
    #expect(read.diagnostics.isEmpty)
    expectPlacesHold(read)
  }

  @Test(arguments: places) func lineEndsAndByteOrderMark(source: String, code: [String]) {
    for end in ["\r\n", "\r"] {
      let read = chapter("\u{FEFF}" + source.replacing("\n", with: end) + end)
      #expect(read.cells.map(\.code) == code)
      #expect(read.source == source + "\n")
      expectPlacesHold(read)
    }
  }

  @Test func fencesThatNeverEnd() {
    #expect(messages("```swift-run\na\n") == ["1:1: error: the cell that begins here never ends"])
    #expect(messages("> ```swift-run\n> a\n\nText") == ["1:3: error: the cell that begins here never ends"])
    #expect(messages("- ```swift-run\n  a\n\nText") == ["1:3: error: the cell that begins here never ends"])
    #expect(messages("````swift-run\na\n```\n") == ["1:1: error: the cell that begins here never ends"])
    #expect(messages("```swift-run") == ["1:1: error: the cell that begins here never ends"])
  }

  @Test func blocksThatWereMeantToRun() {
    #expect(
      messages("```{swift-run}\n```") == ["1:1: warning: this block of `{swift-run}` is shown, but not run"])
    #expect(
      messages("```swift-run echo=false\n```") == [
        "1:1: warning: `echo=false` behind `swift-run` means nothing"
      ])
  }

  @Test func order() {
    let read = chapter(
      """
      # `{swift} a`

      Text[^n] `{swift} b`

      ```swift-run
      c
      ```

      [^n]: `{swift} note`

      - | `{swift} d` |
        |---|
        | `{swift} e` |
      """)
    #expect(
      read.units == [
        .inlineValue(0), .inlineValue(1), .cell(0), .inlineValue(2), .inlineValue(3), .inlineValue(4),
      ])
    #expect(read.inlineValues.map(\.expression) == ["a", "b", "d", "e", "note"])
  }
}

/// For every line of every cell: what the chapter has at the line's offset is the line.
func expectPlacesHold(_ chapter: Chapter, sourceLocation: SourceLocation = #_sourceLocation) {
  let source = Lines(chapter)
  for cell in chapter.cells {
    let lines = cell.code.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == cell.columnOffsets.count, sourceLocation: sourceLocation)
    for (index, line) in lines.enumerated() {
      let source = source.bytes(cell.firstLine + index)
      let offset = cell.columnOffsets[index]
      if offset >= 0, line.isEmpty || Array(source.dropFirst(offset)) == Array(line.utf8) { continue }
      // Of a tab that the container took half of, the other half became spaces: from the first letter on it holds.
      let blank = line.utf8.prefix { $0 == 0x20 || $0 == 0x09 }.count
      let rest = Array(source.dropFirst(max(0, blank + offset)))
      if blank + offset < 0 || rest != Array(line.utf8.dropFirst(blank)) {
        Issue.record("line \(index) of \(cell) is not in\n\(chapter.source)", sourceLocation: sourceLocation)
      }
    }
  }
}
