import AcceptedOutputs
import Chapters
import Diagnostics
import ExecutionRecords
import Foundation

extension Book {
  /// The accepted outputs beside a chapter; `nil` where there are none.
  func acceptedOutputs(of chapter: Chapter) throws(Diagnostic) -> AcceptedChapter? {
    let path = AcceptedChapter.path(for: chapter.path)
    let url = folder.appending(path: path)
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    let text = try Chapter.readText(from: url, file: displayed(path))
    return try AcceptedChapter(text: text, file: displayed(path))
  }

  /// Writes them, whole or not at all.
  func accept(_ outputs: AcceptedChapter, of chapter: Chapter) throws {
    let path = AcceptedChapter.path(for: chapter.path)
    do {
      try AtomicFile.write(Data(try outputs.text().utf8), to: folder.appending(path: path))
    } catch let error as POSIXError {
      throw BookError(displayed(path), "cannot be written: \(SystemError.reason(of: error))")
    }
  }
}

extension BookBuilder {
  /// Chapters with their accepted outputs in the place of a run.
  func accepted(_ runs: [ChapterRun]) -> [PreparedRun] {
    runs.map { run in
      var prepared = PreparedRun(run: run, state: .failed, diagnostics: run.chapter.diagnostics)
      do throws(BookError) {
        prepared.state = .reused(try acceptedRecord(of: run.chapter))
      } catch {
        prepared.diagnostics += run.located(error.diagnostics)
      }
      return prepared
    }
  }

  private func acceptedRecord(of chapter: Chapter) throws(BookError) -> ExecutionRecord {
    guard !chapter.cells.isEmpty || !chapter.inlineValues.isEmpty else {
      return ExecutionRecord(chapter: chapter.path)
    }
    let hint = "Where there is a Swift compiler: lectern test --accept"
    let accepted: AcceptedChapter?
    do throws(Diagnostic) {
      accepted = try book.acceptedOutputs(of: chapter)
    } catch {
      throw BookError([error])
    }
    guard let accepted else {
      throw BookError(chapter.file, "its outputs were never accepted, and nothing is run", hint: hint)
    }
    let changes = accepted.changes(
      in: chapter, seed: book.configuration.kernel.seed, folder: book.folder(of: chapter))
    guard changes.isEmpty else {
      throw BookError(
        changes.map { change in
          Diagnostic(
            .error, file: chapter.file, line: change.line, column: change.column, message: change.message,
            hint: hint)
        })
    }
    do {
      return try accepted.record(for: chapter)
    } catch {
      throw BookError(
        book.displayed(AcceptedChapter.path(for: chapter.path)), "cannot be understood: \(error)", hint: hint)
    }
  }
}
