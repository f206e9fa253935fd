import Chapters

/// Leads from places in generated code, as the compiler and the symbolizer name them, to places in the chapter.
///
/// Each unit is a file of its own in generated code, with lines of its own, so that code which was compiled for an
/// earlier version of the chapter still tells its places when the unit has moved.
struct SourceMap: Sendable {
  /// What `#sourceLocation` calls the chapter: its file's name, without characters that would need escaping.
  let fileName: String
  private let units: [Unit]
  /// The units in loaded code by their ids, as they were compiled, and the unit that each is now.
  private var compiled: [Int: (unit: Unit, now: Int)] = [:]

  /// - Parameter loaded: units that were compiled earlier, and which of `units` each is now.
  init(chapter: Chapter, units: [Unit], loaded: [(unit: Unit, now: Int)] = []) {
    let name = chapter.path.split(separator: "/").last.map(String.init) ?? "chapter.md"
    fileName = String(name.map { $0.isLetter || $0.isNumber || ".-_".contains($0) ? $0 : "_" })
    self.units = units
    for (unit, now) in loaded { compiled[unit.id] = (unit, now) }
    for unit in units { compiled[unit.id] = (unit, unit.index) }
  }

  /// Code that asks where it stands is told so.
  func file(of unit: Unit) -> String {
    unit.isPlaced && !unit.isInlineValue ? fileName : "\(fileName)#\(unit.id)"
  }

  func line(of unit: Unit) -> Int { unit.isPlaced ? unit.firstLine : 1 }

  struct Place: Hashable, Sendable {
    var unit: Int
    var line: Int
    /// In UTF-8 bytes, counted from 1.
    var column: Int
  }

  /// The place in the chapter, or `nil` for code that is nobody's.
  func place(file: String, line: Int, column: Int) -> Place? {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    guard let (unit, now) = compiledUnit(of: name, line: line) else { return nil }
    let row = line - self.line(of: unit)
    guard unit.rows.indices.contains(row) else { return nil }
    let place = unit.place(row: row, column: max(1, originalColumn(column, row: row, of: unit)))
    guard unit.code != units[now].code || unit.firstLine != units[now].firstLine else {
      return Place(unit: now, line: place.line, column: place.column)
    }
    guard let anchor = unit.anchor(of: place), let moved = units[now].place(of: anchor) else { return nil }
    return Place(unit: now, line: moved.line, column: moved.column)
  }

  private func compiledUnit(of file: String, line: Int) -> (unit: Unit, now: Int)? {
    if file == fileName {
      return units.first { $0.isPlaced && !$0.isInlineValue && $0.lines.contains(line) }.map {
        ($0, $0.index)
      }
    }
    guard file.hasPrefix(fileName + "#"), let id = Int(file.dropFirst(fileName.count + 1)) else { return nil }
    return compiled[id]
  }

  /// The column in the unit's own code, for one in the code with its insertions.
  private func originalColumn(_ column: Int, row: Int, of unit: Unit) -> Int {
    var inserted = 0
    for insertion in unit.insertions {
      let start = unit.rowAndColumn(of: insertion.offset)
      guard start.row == row, column >= start.column + inserted else { continue }
      if column < start.column + inserted + insertion.text.utf8.count { return start.column }
      inserted += insertion.text.utf8.count
    }
    return column - inserted
  }

  /// Whether no statement of the unit follows after the one at `place`.
  func isLastStatement(_ place: Place) -> Bool {
    let unit = units[place.unit]
    return place.line - unit.firstLine >= unit.rowAndColumn(of: unit.syntax.lastStatement).row
  }
}
