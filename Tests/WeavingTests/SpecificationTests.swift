import Chapters
import ExecutionRecords
import Foundation
import Testing
import Weaving

/// Plain Markdown is rendered byte for byte as cmark-gfm renders it, over its own examples, but for what is listed here.
@Suite struct SpecificationTests {
  struct Example: Decodable, CustomTestStringConvertible {
    var file: String
    var example: Int
    var section: String
    var markdown: String

    var testDescription: String { "\(file) \(example)" }
  }

  static let examples = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let data = try! Data(contentsOf: folder.appending(path: "Fixtures/Markdown/examples.json"))
    return try! JSONDecoder().decode([Example].self, from: data)
  }()

  /// Where a page differs from cmark-gfm's, and means to.
  static let differences: [String: String] = Dictionary(
    uniqueKeysWithValues: [
      "extensions 23", "extensions 24", "extensions 25", "regression 13", "regression 20", "regression 21",
      "regression 22", "lectern 27", "lectern 29", "lectern 30",
    ].map { ($0, "notes open at their number, by a popover, instead of leading to the page's end and back") })

  @Test func everyExampleIsThere() {
    let counts = Dictionary(grouping: Self.examples, by: \.file).mapValues(\.count)
    #expect(counts == ["spec": 673, "extensions": 30, "regression": 25, "lectern": 30])
  }

  @Test func pagesAreWhatCMarkMakes() throws {
    for example in Self.examples {
      let ours = try rendering(of: example.markdown)
      let theirs = cmarkRendering(of: example.markdown)
      let name = "\(example.file) \(example.example)"
      if let reason = Self.differences[name] {
        #expect(ours != theirs, "\(name) no longer differs (\(reason))")
      } else if ours != theirs {
        Issue.record("\(name) (\(example.section))\n\(example.markdown)is\n\(ours)should be\n\(theirs)")
      }
    }
  }

  private func rendering(of markdown: String) throws -> String {
    // A first line of `---` would open front matter.
    let chapter = Chapter.parse("\n" + markdown, path: "a.md", file: "a.md")
    var renderer = ChapterRenderer(
      chapter: chapter, record: ExecutionRecord(chapter: "a.md"), site: .single(), pagePath: "a.html",
      theme: try theme.get(), isDecorated: false)
    return renderer.body(chapter.blocks).source
  }
}
