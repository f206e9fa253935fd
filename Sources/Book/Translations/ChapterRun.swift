import CellKernel
import Chapters
import Diagnostics
import ExecutionRecords

/// What is run once: a chapter together with its translations, which show its cells' results.
///
/// All of them are executed as one chapter: the original, to which the values in the translations' prose are added
/// where they stand between the cells. Its lines are those of the original, followed by those of each translation, so
/// that every place in it is a place in one of the files.
package struct ChapterRun: Sendable {
  /// The original, and then its translations in the order of the book's languages.
  package private(set) var editions: [BookChapter]
  /// What runs. Without translations it is the original.
  package private(set) var chapter: Chapter
  /// For each edition: the lines of `chapter` before its own, and which of the values are its own.
  private var firstLines = [0]
  private var values: [[Int]]
  private var counterparts: [[Int?]] = []

  package var original: BookChapter { editions[0] }

  /// A chapter that nothing is a translation of.
  package init(_ chapter: BookChapter) {
    editions = [chapter]
    self.chapter = chapter.chapter
    values = [Array(chapter.chapter.inlineValues.indices)]
  }

  /// - Parameter translations: the chapters with their cells as they show them, and the original's cell for each.
  package init(_ original: BookChapter, translations: [(chapter: BookChapter, counterparts: [Int?])]) {
    self.init(original)
    guard !translations.isEmpty else { return }
    editions += translations.map(\.chapter)
    counterparts = translations.map(\.counterparts)
    chapter.blocks = []
    chapter.footnotes = []
    for (translation, _) in translations {
      if !chapter.source.hasSuffix("\n") { chapter.source += "\n" }
      firstLines.append(chapter.source.utf8.count { $0 == UInt8(ascii: "\n") })
      chapter.source += translation.chapter.source
      chapter.diagnostics += translation.chapter.diagnostics
    }
    gatherValues()
  }

  // MARK: Values

  /// A value of one edition, and the last cell of the original that stands above it.
  private struct PlacedValue {
    var edition: Int
    var index: Int
    var cellAbove: Int
  }

  private mutating func gatherValues() {
    let placed = Dictionary(grouping: editions.indices.flatMap(placedValues), by: \.cellAbove)
    chapter.units = []
    chapter.inlineValues = []
    values = editions.map { Array(repeating: 0, count: $0.chapter.inlineValues.count) }
    for cell in -1..<original.chapter.cells.count {
      if cell >= 0 { chapter.units.append(.cell(cell)) }
      var known: [String: Int] = [:]
      for value in placed[cell] ?? [] {
        var own = editions[value.edition].chapter.inlineValues[value.index]
        // What a translation says between the same cells is the same value.
        if value.edition > 0, let number = known[own.expression] {
          values[value.edition][value.index] = number
          continue
        }
        let number = chapter.inlineValues.count
        known[own.expression] = known[own.expression] ?? number
        values[value.edition][value.index] = number
        own.position.line += firstLines[value.edition]
        chapter.units.append(.inlineValue(number))
        chapter.inlineValues.append(own)
      }
    }
  }

  private func placedValues(of edition: Int) -> [PlacedValue] {
    var cellAbove = -1
    return editions[edition].chapter.units.compactMap { unit in
      switch unit {
      case .cell(let index):
        let counterpart = edition == 0 ? index : counterparts[edition - 1][index]
        cellAbove = max(cellAbove, counterpart ?? cellAbove)
        return nil
      case .inlineValue(let index):
        return PlacedValue(edition: edition, index: index, cellAbove: cellAbove)
      }
    }
  }

  // MARK: Results

  /// The record of each edition, told by its own lines.
  package func records(of record: ExecutionRecord) -> [ExecutionRecord] {
    guard editions.count > 1 else { return [record] }
    return editions.indices.map { edition in
      let chapter = editions[edition].chapter
      var own = ExecutionRecord(chapter: chapter.path)
      own.cells = edition == 0 ? record.cells : cells(of: edition, from: record)
      own.inlineValues = zip(chapter.inlineValues, values[edition]).compactMap {
        (value, number) -> InlineRecord? in
        guard record.inlineValues.indices.contains(number) else { return nil }
        var own = record.inlineValues[number]
        own.line = value.position.line
        if var error = own.error {
          if error.line != nil { (error.line, error.column) = (value.position.line, value.position.column) }
          error.diagnostics = located(error.diagnostics, named: \.path)
          own.error = error
        }
        return own
      }
      return own.namingFilesWithinBook(chapter)
    }
  }

  private func cells(of edition: Int, from record: ExecutionRecord) -> [CellRecord] {
    let translation = editions[edition].chapter
    let counterparts = counterparts[edition - 1]
    let relocation = RecordRelocation(
      from: original.chapter, to: translation,
      counterparts: counterparts.enumerated().compactMap { index, number in number.map { ($0, index) } })
    return zip(translation.cells, counterparts).map { cell, number in
      guard let number, record.cells.indices.contains(number) else {
        return CellRecord(label: cell.label, line: cell.position.line, status: .skipped)
      }
      var own = record.cells[number]
      // Places are told by the lines of the code that is shown.
      if cell.codePath == nil { own = relocation.relocated(own) }
      (own.label, own.line) = (cell.label, cell.position.line)
      return own
    }
  }

  /// Messages about what ran, each in the file that it is about.
  package func located(_ diagnostics: [Diagnostic]) -> [Diagnostic] { located(diagnostics, named: \.file) }

  private func located(_ diagnostics: [Diagnostic], named name: KeyPath<Chapter, String>) -> [Diagnostic] {
    guard editions.count > 1 else { return diagnostics }
    return diagnostics.map { diagnostic in
      var diagnostic = diagnostic
      diagnostic.notes = located(diagnostic.notes, named: name)
      guard diagnostic.file == chapter[keyPath: name], let line = diagnostic.line,
        let edition = firstLines.lastIndex(where: { $0 < line }), edition > 0
      else { return diagnostic }
      diagnostic.file = editions[edition].chapter[keyPath: name]
      diagnostic.line = line - firstLines[edition]
      return diagnostic
    }
  }
}
