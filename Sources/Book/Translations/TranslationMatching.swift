import CellKernel
import Chapters
import Diagnostics

/// Finds for each cell of a translation the cell of the original whose code it is, and tells where the two have
/// drifted apart.
///
/// A cell names its counterpart (`same-as: label`) or has the same code, in the original's order. All of the original's
/// cells have to be there: what runs is the original, and a reader of either language sees all of it.
struct TranslationMatching {
  /// For each cell of the translation, that of the original.
  private(set) var counterparts: [Int?] = []
  private(set) var diagnostics: [Diagnostic] = []

  private let original: Chapter
  private let translation: Chapter
  private let texts: (original: SourceText, translation: SourceText)
  /// The cell of the translation that each of the original's was found in.
  private var places: [Int: Int] = [:]
  /// Parsed where cells are compared by their code, and once for all of them.
  private lazy var originalCode = original.cells.indices.map { CellCode(of: $0, in: original) }

  init(of translation: Chapter, with original: Chapter) {
    self.original = original
    self.translation = translation
    texts = (SourceText(original.source), SourceText(translation.source))
    for index in translation.cells.indices {
      let counterpart = counterpart(of: index)
      counterparts.append(counterpart)
      if let counterpart { places[counterpart] = index }
    }
    reportMissingCells()
    for (index, counterpart) in counterparts.enumerated() {
      if let counterpart { compareOptions(of: index, with: original.cells[counterpart]) }
    }
  }

  /// The pairs that were found.
  var pairs: [(original: Int, translation: Int)] {
    counterparts.enumerated().compactMap { index, counterpart in counterpart.map { ($0, index) } }
  }

  // MARK: Finding

  private mutating func counterpart(of index: Int) -> Int? {
    let cell = translation.cells[index]
    guard let label = cell.options.sameAs else { return counterpartByCode(of: index) }
    guard let found = original.cells.firstIndex(where: { $0.label == label }) else {
      let nearest = original.cells.map(\.label).closest(to: label)
      report(
        at: cell.position, "there is no cell `\(label)` in \(original.file)",
        hint: nearest.map { "Did you mean `\($0)`?" })
      return nil
    }
    if let earlier = places[found] {
      report(
        at: cell.position, "the cell `\(label)` is shown twice",
        notes: [here(translation.cells[earlier].position, "it is first shown here")])
      return nil
    }
    if let last, found < last {
      report(
        at: cell.position,
        "the cell `\(label)` comes after `\(original.cells[last].label)` here and before it in the original",
        hint: "Cells run in the original's order: let both chapters have the same one.",
        notes: [there(original.cells[found].position, "here it stands in the original")])
      return nil
    }
    guard !cell.isEmpty, let difference = originalCode[found].difference(from: code(of: index)) else {
      return found
    }
    report(difference, from: original.cells[found])
    return nil
  }

  /// A cell with the next cell's code, or with that of one further down.
  private mutating func counterpartByCode(of index: Int) -> Int? {
    let (cell, code) = (translation.cells[index], code(of: index))
    let first = (last ?? -1) + 1
    let rest = original.cells.indices.dropFirst(first)
    let originals = originalCode
    if let found = rest.first(where: { originals[$0].difference(from: code) == nil }) { return found }
    // The one that was meant: of the same name, or else the next.
    guard let meant = rest.first(where: { original.cells[$0].label == cell.label }) ?? rest.first else {
      report(
        at: cell.position, "this cell has no counterpart in the original",
        notes: [there(original.cells.last?.position ?? Self.top, "the original's cells end here")])
      return nil
    }
    if let difference = originals[meant].difference(from: code) {
      report(difference, from: original.cells[meant])
    }
    return nil
  }

  private func code(of index: Int) -> CellCode { CellCode(of: index, in: translation) }

  private mutating func report(_ difference: CellCode.Difference, from counterpart: Cell) {
    report(
      at: difference.second, "the code is not that of the original's cell `\(counterpart.label)`",
      hint:
        "Only comments may differ. With `//| same-as: \(counterpart.label)` an empty cell shows the original's code.",
      notes: [there(difference.first, "here the original goes on otherwise")])
  }

  /// The last of the original's cells that was found.
  private var last: Int? { places.keys.max() }

  // MARK: What is missing

  private mutating func reportMissingCells() {
    var missing = original.cells.indices.filter { places[$0] == nil }[...]
    // Where code differs, that was told of.
    guard counterparts.allSatisfy({ $0 != nil }) else { return }
    while let first = missing.first {
      // Those that should stand at the same place are told of together.
      let next = original.cells.indices.first { $0 > first && places[$0] != nil }
      let group = missing.prefix { $0 < next ?? .max }
      missing = missing.dropFirst(group.count)
      let labels = group.map { "`\(original.cells[$0].label)`" }
      let names =
        labels.count > 4
        ? labels.prefix(3).joined(separator: ", ") + " and \(labels.count - 3) more"
        : labels.joined(separator: ", ")
      let place = next.flatMap { places[$0] }.map { translation.cells[$0].position }
      report(
        at: place ?? SourcePosition(line: max(1, texts.translation.lineCount), column: 1),
        "\(labels.count == 1 ? "the original's cell" : "the original's cells") \(names) \(labels.count == 1 ? "is" : "are") missing above",
        hint:
          "A cell with nothing but `//| same-as: \(original.cells[first].label)` shows the original's code and results.",
        notes: [there(original.cells[first].position, "here it stands in the original")])
    }
  }

  // MARK: Options

  private mutating func compareOptions(of index: Int, with counterpart: Cell) {
    let cell = translation.cells[index]
    for name in cell.options.executionOptions(otherThan: counterpart.options) {
      report(
        at: cell.position, "`\(name)` is not what the original says: the cell runs once, as it says there",
        hint: "Take the option away here.",
        notes: [there(counterpart.position, "the cell runs as this one says")])
    }
    for name in cell.options.missingCaptions(besides: counterpart.options) {
      report(
        .warning, at: cell.position, "the cell has no `\(name)` of its own, so the original's is shown",
        notes: [there(counterpart.position, "here it stands in the original")])
    }
  }

  // MARK: Messages

  private static let top = SourcePosition(line: 1, column: 1)

  private mutating func report(
    _ severity: Diagnostic.Severity = .error, at position: SourcePosition, _ message: String,
    hint: String? = nil,
    notes: [Diagnostic] = []
  ) {
    diagnostics.append(
      texts.translation.diagnostic(
        severity, in: translation.file, at: position, message, hint: hint, notes: notes))
  }

  private func here(_ position: SourcePosition, _ message: String) -> Diagnostic {
    texts.translation.diagnostic(.note, in: translation.file, at: position, message)
  }

  private func there(_ position: SourcePosition, _ message: String) -> Diagnostic {
    texts.original.diagnostic(.note, in: original.file, at: position, message)
  }
}

extension Cell {
  /// Whether there is nothing in it but options.
  var isEmpty: Bool { code.allSatisfy(\.isWhitespace) }
}
