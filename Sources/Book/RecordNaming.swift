import Chapters
import Diagnostics
import ExecutionRecords

extension ExecutionRecord {
  /// Names the chapter in diagnostics relative to the book's folder, so that the record is the same from wherever
  /// the build was started.
  func namingFilesWithinBook(_ chapter: Chapter) -> ExecutionRecord {
    var record = self
    for index in record.cells.indices {
      record.cells[index].warnings.rename(chapter.file, to: chapter.path)
      record.cells[index].error?.diagnostics.rename(chapter.file, to: chapter.path)
    }
    for index in record.inlineValues.indices {
      record.inlineValues[index].error?.diagnostics.rename(chapter.file, to: chapter.path)
    }
    return record
  }
}

extension [Diagnostic] {
  fileprivate mutating func rename(_ file: String, to name: String) {
    for index in indices {
      if self[index].file == file { self[index].file = name }
      self[index].notes.rename(file, to: name)
    }
  }
}
