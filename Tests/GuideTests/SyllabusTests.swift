import Chapters
import Foundation
import Testing

/// The study guide covers what it sets out to teach, in both editions.
@Suite struct SyllabusTests {
  @Test(arguments: syllabus) func everyTopicIsShownWithItsNumbers(_ topic: Topic) throws {
    let cells = try Guide.cells(of: topic.chapter, in: "en")
    for (label, numbers) in topic.cells {
      let cell = try #require(cells[label], "\(topic.chapter) has no cell ‘\(label)’")
      for number in numbers {
        #expect(cell.code.contains(number), "the cell ‘\(label)’ no longer says \(number)")
      }
    }
  }

  @Test(arguments: syllabus) func theChineseEditionShowsTheSameCells(_ topic: Topic) throws {
    let cells = try Guide.cells(of: topic.chapter, in: "zh-Hans")
    for (label, _) in topic.cells {
      #expect(cells[label] != nil, "the Chinese \(topic.chapter) has no cell ‘\(label)’")
    }
  }

  @Test func noCellIsLongerThanAScreen() throws {
    for chapter in try Guide.chapters(in: "en") {
      for (label, cell) in try Guide.cells(of: chapter, in: "en") {
        let lines = cell.code.split(separator: "\n").count
        #expect(lines <= 45, "\(chapter): the cell ‘\(label)’ has \(lines) lines")
      }
    }
  }
}

/// The project's own book.
enum Guide {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../chapters").standardizedFileURL

  static func chapters(in language: String) throws -> [String] {
    let names = try FileManager.default.contentsOfDirectory(
      atPath: folder.appending(path: language).path)
    return names.filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()
  }

  /// A chapter's cells by the label that the original gives them.
  static func cells(of chapter: String, in language: String) throws -> [String: Cell] {
    let path = "\(language)/\(chapter).md"
    let source = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
    let cells = Chapter.parse(source, path: path, file: path).cells
    return Dictionary(cells.map { ($0.options.sameAs ?? $0.label, $0) }, uniquingKeysWith: { a, _ in a })
  }
}
