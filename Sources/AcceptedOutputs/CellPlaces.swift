import Chapters

/// Turns a record's lines into distances from the cells that they lie in, and back.
struct CellPlaces {
  private let chapter: Chapter
  private let lines: [Substring]

  init(of chapter: Chapter) {
    self.chapter = chapter
    lines = chapter.source.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// Lines become `3` (of the unit's own) or `other-cell+3`; what the chapter itself says is left out.
  func makeRelative(_ record: inout DataValue, to line: Int) {
    for key in ["label", "line", "expression"] { record[key] = nil }
    if record["status"] == .text("ok") { record["status"] = nil }
    for key in ["outputs", "warnings"] where record[key] == .list([]) { record[key] = nil }
    changePlaces(of: &record) { place in
      if place["file"] == .text(chapter.path) || place["file"] == .text(chapter.file) { place["file"] = nil }
      if let absolute = place["line"]?.whole {
        place["line"] = relative(absolute, to: line)
        place["sourceLine"] = nil
      }
      for key in ["frames", "diagnostics", "notes"] where place[key] == .list([]) { place[key] = nil }
    }
  }

  func makeAbsolute(_ record: inout DataValue, from line: Int) {
    record["line"] = .number(Double(line))
    if record["status"] == nil { record["status"] = .text("ok") }
    changePlaces(of: &record) { place in
      let isDiagnostic = place["severity"] != nil
      if isDiagnostic, place["file"] == nil { place["file"] = .text(chapter.path) }
      if let relative = place["line"] {
        let absolute = absolute(relative, from: line)
        place["line"] = .number(Double(absolute))
        if isDiagnostic, lines.indices.contains(absolute - 1) {
          place["sourceLine"] = .text(String(lines[absolute - 1]))
        }
      }
      if isDiagnostic {
        if place["notes"] == nil { place["notes"] = .list([]) }
      } else if place["message"] != nil {
        for key in ["frames", "diagnostics"] where place[key] == nil { place[key] = .list([]) }
      }
    }
    for key in ["outputs", "warnings"] where record[key] == nil { record[key] = .list([]) }
  }

  /// Calls `change` with the error, its frames and diagnostics, the warnings, and their notes.
  private func changePlaces(of record: inout DataValue, _ change: (inout DataValue) -> Void) {
    func walk(_ value: inout DataValue) {
      for key in ["frames", "diagnostics", "notes"] {
        guard let list = value[key]?.list else { continue }
        value[key] = .list(
          list.map {
            var item = $0
            walk(&item)
            return item
          })
      }
      change(&value)
    }
    if var error = record["error"], error != .null {
      walk(&error)
      record["error"] = error
    }
    if let warnings = record["warnings"]?.list {
      record["warnings"] = .list(
        warnings.map {
          var warning = $0
          walk(&warning)
          return warning
        })
    }
  }

  private func relative(_ line: Int, to own: Int) -> DataValue {
    guard let cell = chapter.cells.last(where: { $0.position.line <= line }), line <= lastLine(of: cell)
    else {
      return .number(Double(line - own))
    }
    let distance = line - cell.position.line
    return cell.position.line == own ? .number(Double(distance)) : .text("\(cell.label)+\(distance)")
  }

  private func absolute(_ line: DataValue, from own: Int) -> Int {
    if let distance = line.whole { return own + distance }
    let parts = (line.text ?? "").split(separator: "+")
    guard parts.count == 2, let distance = Int(parts[1]),
      let cell = chapter.cells.first(where: { $0.label == parts[0] })
    else { return own }
    return cell.position.line + distance
  }

  private func lastLine(of cell: Cell) -> Int {
    cell.firstLine + max(1, cell.columnOffsets.count) - 1
  }
}
