import Chapters
import Diagnostics

extension ReadChapters {
  /// Puts chapters and their translations together: those of the same name in the book's other languages are
  /// translations of the first language's.
  ///
  /// From here on the cells' options are those that hold in the end, the chapters' and the book's defaults filled in.
  /// - Parameters:
  ///   - chapters: as read.
  ///   - defaults: the book's `execute:`.
  init(_ chapters: [BookChapter], defaults: CellOptions) {
    let first = chapters.first?.file.language
    let originals = Dictionary(
      chapters.filter { $0.file.language == first }.map { ($0.file.name, $0.chapter) }
    ) { first, _ in first }
    var translations: [String: [(chapter: BookChapter, counterparts: [Int?])]] = [:]
    for chapter in chapters where chapter.file.language != first {
      guard let original = originals[chapter.file.name] else { continue }
      let matching = TranslationMatching(of: chapter.chapter, with: original)
      var translation = chapter
      translation.chapter.take(matching, from: original, defaults: defaults)
      translations[chapter.file.name, default: []].append((translation, matching.counterparts))
    }
    for chapter in chapters where chapter.file.language == first || originals[chapter.file.name] == nil {
      var original = chapter
      original.chapter.reportCellsOfOthers(in: chapter.file)
      original.chapter.fillOptions(from: defaults)
      let isTranslated = chapter.file.language == first
      runs.append(
        ChapterRun(original, translations: isTranslated ? translations[chapter.file.name] ?? [] : []))
    }
    let places = Dictionary(uniqueKeysWithValues: chapters.enumerated().map { ($1.file, $0) })
    self.chapters = runs.flatMap(\.editions).sorted { places[$0.file]! < places[$1.file]! }
  }
}

extension ChapterFile {
  /// The name that the chapter has in every language: its path without the language's folder.
  fileprivate var name: String {
    path.hasPrefix(language + "/") ? String(path.dropFirst(language.count + 1)) : path
  }
}

extension Chapter {
  /// Fills in what cells leave open, from the chapter's defaults and then from the book's.
  fileprivate mutating func fillOptions(from defaults: CellOptions) {
    frontMatter.execute = frontMatter.execute.resolved(over: defaults)
    for index in cells.indices {
      cells[index].options = cells[index].options.resolved(over: frontMatter.execute)
    }
  }

  /// Takes code and options for the cells of this translation from `original`, whose options are as read.
  fileprivate mutating func take(
    _ matching: TranslationMatching, from original: Chapter, defaults: CellOptions
  ) {
    diagnostics += matching.diagnostics
    var resolved = original
    resolved.fillOptions(from: defaults)
    let inherited = frontMatter.execute.resolved(over: original.frontMatter.execute).resolved(over: defaults)
    frontMatter.execute = inherited
    for index in cells.indices {
      guard let counterpart = matching.counterparts[index] else {
        cells[index].options = cells[index].options.resolved(over: inherited)
        continue
      }
      if cells[index].isEmpty { cells[index].take(codeOf: original.cells[counterpart], in: original.path) }
      let shown = cells[index].options.resolved(over: original.cells[counterpart].options)
      cells[index].options = shown.resolved(over: inherited).translating(resolved.cells[counterpart].options)
      cells[index].label = cells[index].options.label ?? original.cells[counterpart].label
    }
  }

  /// An error for each cell that names a cell of another chapter where there is none.
  fileprivate mutating func reportCellsOfOthers(in file: ChapterFile) {
    let source = SourceText(source)
    for cell in cells where cell.options.sameAs != nil {
      diagnostics.append(
        source.diagnostic(
          .error, in: self.file, at: cell.position,
          "`same-as` names a cell of the chapter that this one is a translation of, and there is none",
          hint:
            "Chapters of the same name in a book's other `languages` are translations of the first language's."
        ))
    }
  }
}

extension Cell {
  fileprivate mutating func take(codeOf original: Cell, in path: String) {
    (code, firstLine, columnOffsets) = (original.code, original.firstLine, original.columnOffsets)
    codePath = path
  }
}
