import Chapters
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
        #expect(lines <= 36, "\(chapter): the cell ‘\(label)’ has \(lines) lines")
      }
    }
  }
}
