import Diagnostics

/// The `//|` lines at the head of a cell.
struct OptionLines {
  var options = CellOptions()
  /// How many of the code's lines are option lines.
  var count = 0
  /// Where the label stands, if one is given.
  var labelPosition: SourcePosition?
  var problems: [YAMLText.Problem] = []

  /// - Parameters:
  ///   - lines: The cell's code by lines.
  ///   - positions: Where each line's first character stands in the chapter.
  init(lines: [String], positions: [SourcePosition]) {
    var yaml = YAMLText(lines: [])
    for (line, position) in zip(lines, positions) {
      guard let content = Self.content(of: line) else { break }
      let column = position.column + line.utf8.count - content.utf8.count
      yaml.lines.append(
        .init(text: String(content), position: SourcePosition(line: position.line, column: column)))
      count += 1
    }
    guard count > 0 else { return }
    let missing = yaml.lines.compactMap(Self.missingSpace)
    guard missing.isEmpty else {
      problems = missing
      return
    }
    do {
      let entries = try yaml.entries()
      labelPosition = entries.first { $0.key == OptionKey.label.rawValue }?.valuePosition
      options = CellOptions(entries, problems: &problems)
    } catch {
      problems.append(error)
    }
  }

  /// What follows `//|` or `#|`, or `nil` if the line is not an option line.
  static func content(of line: String) -> Substring? {
    let line = line.drop { $0 == " " || $0 == "\t" }
    for marker in ["//|", "#|"] where line.hasPrefix(marker) {
      let rest = line.dropFirst(marker.count)
      return rest.first == " " ? rest.dropFirst() : rest
    }
    return nil
  }

  /// `echo:false` is a word to YAML, not a key with a value. Only for keys that exist: `fig-cap: |` may be
  /// followed by any text.
  private static func missingSpace(_ line: YAMLText.Line) -> YAMLText.Problem? {
    guard let colon = line.text.firstIndex(of: ":"), OptionKey(rawValue: String(line.text[..<colon])) != nil,
      let next = line.text[colon...].dropFirst().first, !next.isWhitespace
    else { return nil }
    let key = line.text[..<colon]
    let value = line.text[colon...].dropFirst()
    let column = line.position.column + key.utf8.count + 1
    return .init(
      at: SourcePosition(line: line.position.line, column: column), "a space is missing after `\(key):`",
      hint: "Write `//| \(key): \(value)`.")
  }
}
