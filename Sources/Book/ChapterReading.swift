import Chapters
import Diagnostics
import Foundation

extension Book {
  /// Reads one chapter; its cells' options are those that hold in the end, the chapter's and the book's defaults
  /// filled in.
  /// - Throws: `Diagnostic` for a file that cannot be read.
  package func chapter(_ file: ChapterFile, memory: BuildMemory = BuildMemory()) throws(Diagnostic) -> Chapter
  {
    let url = folder.appending(path: file.path)
    let text = try Chapter.readText(from: url, file: displayed(file.path))
    return memory.chapter(
      file.path, text: text, file: displayed(file.path), defaults: configuration.execute,
      citesWorks: !configuration.bibliography.isEmpty
    ) { parse(text, as: file) }
  }

  private func parse(_ text: String, as file: ChapterFile) -> Chapter {
    var chapter = Chapter.parse(
      text, path: file.path, file: displayed(file.path), citesWorks: !configuration.bibliography.isEmpty)
    let defaults = chapter.frontMatter.execute.resolved(over: configuration.execute)
    chapter.frontMatter.execute = defaults
    for index in chapter.cells.indices {
      chapter.cells[index].options = chapter.cells[index].options.resolved(over: defaults)
    }
    return chapter
  }

  /// Reads all chapters. One that cannot be read is left out; what is wrong with it is among the messages.
  package func readChapters(jobs: Int, memory: BuildMemory = BuildMemory()) async throws -> ReadChapters {
    memory.keep(only: chapters)
    let results = try await chapters.concurrentMap(limit: jobs) { file in
      Result { () throws(Diagnostic) in
        BookChapter(file: file, chapter: try chapter(file, memory: memory))
      }
    }
    var read = ReadChapters()
    for (file, result) in zip(chapters, results) {
      switch result {
      case .success(let chapter): read.chapters.append(chapter)
      case .failure(let diagnostic):
        read.diagnostics.append(diagnostic)
        read.unreadable.append(file)
      }
    }
    return read
  }
}

/// A chapter with its place in the book.
package struct BookChapter: Sendable {
  package var file: ChapterFile
  package var chapter: Chapter
}

package struct ReadChapters: Sendable {
  package var chapters: [BookChapter] = []
  package var unreadable: [ChapterFile] = []
  package var diagnostics: [Diagnostic] = []
}
