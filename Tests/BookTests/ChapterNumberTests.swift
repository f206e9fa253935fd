import Book
import Testing

@Suite struct ChapterNumberTests {
  @Test(arguments: [
    (["a.md", "b.md"], ["a.md": "1", "b.md": "2"]),
    (["en/04-a.md", "en/06-b.md"], ["en/04-a.md": "4", "en/06-b.md": "6"]),
    (["00-preface.md", "01-a.md", "index.md"], ["01-a.md": "1"]),
    // Numbers that don't go up are none: chapters are counted.
    (["02-a.md", "01-b.md"], ["02-a.md": "1", "01-b.md": "2"]),
    (["2024-a.md", "2025-b.md"], ["2024-a.md": "1", "2025-b.md": "2"]),
    (["a.md"], [:]),
  ])
  func numbers(paths: [String], numbers: [String: String]) {
    #expect(ChapterNumbers.numbers(of: paths) == numbers)
  }
}
