import Chapters
import Diagnostics
import ExecutionRecords

/// Turns places in a chapter to anchors in its units' code, and back.
///
/// An anchor takes a place's two numbers: instead of the line, the unit's rank among those that can be spoken of;
/// instead of the column, the offset in its code, or, where comments and blanks may have changed in between, the token
/// and the bytes from its beginning.
struct AnchoredPlaces {
  var units: [Unit]
  /// Whether the code is the same to the last blank.
  var isWorded: Bool

  private static let room = 1 << 20

  /// - Returns: whether all places are the units'.
  func anchor(_ outcome: inout UnitOutcome) -> Bool {
    outcome.mapPlaces { diagnostic in
      diagnostic.file = ""
      diagnostic.sourceLine = nil
    } place: { line, column in
      let place = SourcePosition(line: line, column: column ?? 1)
      guard let rank = units.firstIndex(where: { $0.lines.contains(line) && $0.holds(place) }) else {
        return nil
      }
      if isWorded { return units[rank].offset(of: place).map { (rank, $0) } }
      return units[rank].anchor(of: place).map { (rank, $0.token * Self.room + $0.bytes + Self.room / 2) }
    }
  }

  func place(_ outcome: inout UnitOutcome, in chapter: Chapter) -> Bool {
    // Most outcomes speak of no place.
    lazy var lines = chapter.source.split(separator: "\n", omittingEmptySubsequences: false)
    return outcome.mapPlaces { diagnostic in
      diagnostic.file = chapter.file
      guard let line = diagnostic.line, lines.indices.contains(line - 1) else { return }
      diagnostic.sourceLine = String(lines[line - 1])
    } place: { rank, code in
      guard units.indices.contains(rank), let code else { return nil }
      let unit = units[rank]
      let anchor = CodeTokens.Anchor(token: code / Self.room, bytes: code % Self.room - Self.room / 2)
      guard let place = isWorded ? unit.place(ofOffset: code) : unit.place(of: anchor) else { return nil }
      return (place.line, place.column)
    }
  }
}

extension Unit {
  /// Whether a place is in the unit, of which several may stand on one line.
  fileprivate func holds(_ place: SourcePosition) -> Bool {
    guard isInlineValue else { return true }
    guard let offset = offset(of: place) else { return false }
    return (0...code.utf8.count).contains(offset)
  }
}

extension UnitOutcome {
  /// Maps all places; a column that was not there stays so.
  /// - Parameters:
  ///   - diagnostic: called with each diagnostic after its place was mapped.
  ///   - place: `nil` for a place that cannot be mapped.
  /// - Returns: whether all could be.
  fileprivate mutating func mapPlaces(
    diagnostic finish: (inout Diagnostic) -> Void, place: (Int, Int?) -> (Int, Int)?
  ) -> Bool {
    var succeeded = true
    func map(_ line: inout Int?, _ column: inout Int?) {
      guard let old = line else { return }
      guard let (newLine, newColumn) = place(old, column) else {
        succeeded = false
        return
      }
      line = newLine
      column = newColumn
    }
    func map(_ diagnostics: inout [Diagnostic]) {
      for index in diagnostics.indices {
        var diagnostic = diagnostics[index]
        map(&diagnostic.line, &diagnostic.column)
        finish(&diagnostic)
        map(&diagnostic.notes)
        diagnostics[index] = diagnostic
      }
    }
    map(&warnings)
    guard var error else { return succeeded }
    map(&error.line, &error.column)
    map(&error.diagnostics)
    for index in error.frames.indices {
      var line: Int? = error.frames[index].line
      var column: Int? = error.frames[index].column
      map(&line, &column)
      error.frames[index].line = line ?? 0
      error.frames[index].column = column ?? 0
    }
    self.error = error
    return succeeded
  }
}
