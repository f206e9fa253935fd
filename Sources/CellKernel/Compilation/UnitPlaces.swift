import Chapters

/// Places in a unit's code: rows (from 0) and columns (from 1, in UTF-8 bytes), offsets, and the chapter's own lines.
extension Unit {
  /// Where each row of the code begins and ends, in UTF-8 offsets.
  static func rows(of code: String) -> [Range<Int>] {
    var rows: [Range<Int>] = []
    var start = 0
    for (offset, byte) in code.utf8.enumerated() where byte == UInt8(ascii: "\n") {
      rows.append(start..<offset)
      start = offset + 1
    }
    return rows + [start..<code.utf8.count]
  }

  func rowAndColumn(of offset: Int) -> (row: Int, column: Int) {
    let row = rows.lastIndex { $0.lowerBound <= offset } ?? 0
    return (row, offset - rows[row].lowerBound + 1)
  }

  func place(row: Int, column: Int) -> SourcePosition {
    let offset = columnOffsets.indices.contains(row) ? columnOffsets[row] : 0
    return SourcePosition(line: firstLine + row, column: column + offset)
  }

  /// The offset in the code of a place in the chapter.
  func offset(of place: SourcePosition) -> Int? {
    let row = place.line - firstLine
    guard rows.indices.contains(row) else { return nil }
    return rows[row].lowerBound + place.column - 1
      - (columnOffsets.indices.contains(row) ? columnOffsets[row] : 0)
  }

  func place(ofOffset offset: Int) -> SourcePosition {
    let (row, column) = rowAndColumn(of: offset)
    return place(row: row, column: column)
  }

  func anchor(of place: SourcePosition) -> CodeTokens.Anchor? {
    guard let offset = offset(of: place) else { return nil }
    let row = rows[place.line - firstLine]
    return syntax.tokens.anchor(of: offset, inRowFrom: row.lowerBound, to: row.upperBound)
  }

  func place(of anchor: CodeTokens.Anchor) -> SourcePosition? {
    syntax.tokens.offset(of: anchor).map(place(ofOffset:))
  }
}
