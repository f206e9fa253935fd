import Chapters
import Foundation
import Testing

/// The examples of the specifications: here only that their words survive. Their HTML is Weaving's.
@Suite struct SpecificationTests {
  struct Example: Decodable {
    var example: Int
    var markdown: String
    var html: String
  }

  @Test func wordsSurvive() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let data = try Data(contentsOf: folder.appending(path: "Fixtures/Markdown/examples.json"))
    let examples = try JSONDecoder().decode([Example].self, from: data)
    #expect(examples.count >= 700)
    for example in examples {
      let read = chapter("\n" + example.markdown)
      let text = (read.blocks + read.footnotes.flatMap(\.blocks)).plainText + read.rawHTML
      for word in words(of: example.html) where !text.contains(word) {
        Issue.record("example \(example.example) lost `\(word)`: \(outline(read.blocks))")
      }
    }
  }

  /// The words of the text between tags.
  private func words(of html: String) -> [Substring] {
    html.replacing(
      #/<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|<[^>]*>|&[a-z]+;/#.dotMatchesNewlines(), with: " "
    )
    .split { !$0.isLetter }.filter { $0.count > 2 }
  }
}

extension Chapter {
  fileprivate var rawHTML: String {
    let blocks = allBlocks.compactMap { if case .html(let html) = $0 { html.html } else { nil } }
    let inlines = allInlines.compactMap { if case .html(let html) = $0 { html.html } else { nil } }
    return (blocks + inlines).joined(separator: " ")
  }
}
