import Chapters

/// Leads from places in generated code, as the compiler and the symbolizer name them, to places in the chapter.
struct SourceMap: Sendable {
  /// What `#sourceLocation` calls the chapter: its file's name, without characters that would need escaping.
  let fileName: String
  private let units: [Unit]

  init(chapter: Chapter, units: [Unit]) {
    let name = chapter.path.split(separator: "/").last.map(String.init) ?? "chapter.md"
    fileName = String(name.map { $0.isLetter || $0.isNumber || ".-_".contains($0) ? $0 : "_" })
    self.units = units
  }

  /// Inline values have a file each, since several may stand on one line.
  func file(of unit: Unit) -> String {
    unit.isInlineValue ? "\(fileName)#\(unit.index)" : fileName
  }

  struct Place: Hashable, Sendable {
    var unit: Int
    var line: Int
    /// In UTF-8 bytes, counted from 1.
    var column: Int
  }

  /// The place in the chapter, or `nil` for code that is nobody's.
  func place(file: String, line: Int, column: Int) -> Place? {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    guard let unit = units.first(where: { self.file(of: $0) == name && $0.lines.contains(line) }) else {
      return nil
    }
    let row = line - unit.firstLine
    let offset = unit.columnOffsets.indices.contains(row) ? unit.columnOffsets[row] : 0
    return Place(
      unit: unit.index, line: line, column: max(1, originalColumn(column, row: row, of: unit)) + offset)
  }

  /// The column in the unit's own code, for one in the code with its insertions.
  private func originalColumn(_ column: Int, row: Int, of unit: Unit) -> Int {
    var inserted = 0
    for insertion in unit.insertions {
      let start = position(of: insertion.offset, in: unit.code)
      guard start.row == row, column >= start.column + inserted else { continue }
      if column < start.column + inserted + insertion.text.utf8.count { return start.column }
      inserted += insertion.text.utf8.count
    }
    return column - inserted
  }

  /// Whether no statement of the unit follows after the one at `place`.
  func isLastStatement(_ place: Place) -> Bool {
    guard let unit = units.first(where: { $0.index == place.unit }) else { return false }
    let row = position(of: unit.syntax.lastStatement, in: unit.code).row
    return place.line - unit.firstLine >= row
  }

  /// Row counted from 0, column from 1.
  private func position(of offset: Int, in code: String) -> (row: Int, column: Int) {
    let before = code.utf8.prefix(offset)
    let row = before.count { $0 == UInt8(ascii: "\n") }
    let column = before.reversed().prefix { $0 != UInt8(ascii: "\n") }.count + 1
    return (row, column)
  }
}
