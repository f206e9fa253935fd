import Chapters
import ExecutionRecords
import Foundation
import Testing
import Weaving

/// Plain Markdown is rendered as cmark-gfm renders it, over its own examples.
@Suite struct SpecificationTests {
  struct Example: Decodable {
    var example: Int
    var section: String
    var markdown: String
    var html: String
  }

  /// Where Lectern means to differ: links lead by http, https and mailto only.
  @Test func commonMark() throws {
    let scheme = "a scheme that is let through nowhere"
    try compare("commonmark-0.29", differences: [592: scheme, 594: scheme, 595: scheme, 597: scheme])
  }

  @Test func githubFlavour() throws {
    let footnote = "footnotes open where they are referred to"
    try compare("gfm", differences: [23: "no ftp", 27: footnote, 29: footnote, 30: footnote])
  }

  private func compare(_ file: String, differences: [Int: String]) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let data = try Data(contentsOf: folder.appending(path: "Fixtures/Markdown/\(file).json"))
    let examples = try JSONDecoder().decode([Example].self, from: data)
    var compared = 0
    for example in examples {
      // A first line of `---` would open front matter.
      let chapter = Chapter.parse("\n" + example.markdown, path: "a.md", file: "a.md")
      // Raw HTML has a policy of its own (RawHTMLTests).
      if example.html != "" && chapter.holdsRawHTML { continue }
      var renderer = ChapterRenderer(
        chapter: chapter, record: ExecutionRecord(chapter: "a.md"), site: .single(), pagePath: "a.html",
        theme: try theme.get(), isDecorated: false)
      let html = renderer.body(chapter.blocks).source
      let expected = example.html.replacing(#/ align="([a-z]*)"/#) { " style=\"text-align: \($0.1)\"" }
      compared += 1
      if let reason = differences[example.example] {
        #expect(html != expected, "\(file) \(example.example) no longer differs (\(reason))")
      } else if html != expected {
        Issue.record(
          "\(file) \(example.example)\n\(example.markdown)is\n\(html)should be\n\(expected)"
        )
      }
    }
    #expect(compared >= 25)
  }
}

extension Chapter {
  fileprivate var holdsRawHTML: Bool {
    func holds(_ content: [Inline]) -> Bool {
      content.contains { piece in
        switch piece {
        case .html: true
        case .emphasis(let content), .strong(let content), .strikethrough(let content): holds(content)
        case .link(let link): holds(link.content)
        case .image(let image): holds(image.alternative)
        default: false
        }
      }
    }
    func holds(_ blocks: [Block]) -> Bool {
      blocks.contains { block in
        switch block {
        case .html: true
        case .heading(let heading): holds(heading.content)
        case .paragraph(let content): holds(content)
        case .quotation(let blocks): holds(blocks)
        case .list(let list): list.items.contains { holds($0.blocks) }
        case .table(let table): ([table.header] + table.rows).contains { $0.contains(where: holds) }
        default: false
        }
      }
    }
    return holds(blocks)
  }
}
