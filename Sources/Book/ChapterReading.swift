import Chapters
import Diagnostics
import Foundation

extension Book {
  /// Reads one chapter; its cells' options are those that it says itself.
  /// - Throws: `Diagnostic` for a file that cannot be read.
  private func chapter(_ file: ChapterFile, memory: BuildMemory) throws(Diagnostic) -> Chapter {
    let url = folder.appending(path: file.path)
    let text = try Chapter.readText(from: url, file: displayed(file.path))
    let citesWorks = !configuration.bibliography.isEmpty
    return memory.chapter(file.path, text: text, file: displayed(file.path), citesWorks: citesWorks) {
      Chapter.parse(text, path: file.path, file: displayed(file.path), citesWorks: citesWorks)
    }
  }

  /// Reads all chapters. One that cannot be read is left out; what is wrong with it is among the messages.
  package func readChapters(jobs: Int, memory: BuildMemory = BuildMemory()) async throws -> ReadChapters {
    memory.keep(only: chapters)
    let results = try await chapters.concurrentMap(limit: jobs) { file in
      Result { () throws(Diagnostic) in
        BookChapter(file: file, chapter: try chapter(file, memory: memory))
      }
    }
    var read = ReadChapters(results.compactMap { try? $0.get() }, defaults: configuration.execute)
    for (file, result) in zip(chapters, results) {
      guard case .failure(let diagnostic) = result else { continue }
      read.diagnostics.append(diagnostic)
      read.unreadable.append(file)
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
  /// In reading order, each language's together.
  package var chapters: [BookChapter] = []
  /// The same chapters as they are run: each with its translations.
  package var runs: [ChapterRun] = []
  package var unreadable: [ChapterFile] = []
  package var diagnostics: [Diagnostic] = []

  func inReadingOrder(_ finished: [FinishedChapter]) -> [FinishedChapter] {
    let found = Dictionary(uniqueKeysWithValues: finished.map { ($0.file, $0) })
    return chapters.compactMap { found[$0.file] }
  }
}
