import Diagnostics
import Yams

/// YAML that stands inside a chapter or is a file of its own, and where each of its lines stands there.
package struct YAMLText {
  struct Line {
    var text: String
    /// Where the line's first character stands in the chapter.
    var position: SourcePosition
  }
  var lines: [Line]

  /// The whole of a YAML file.
  package init(_ text: String) {
    self.init(
      lines: text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated().map {
        Line(text: String($1), position: SourcePosition(line: $0 + 1, column: 1))
      })
  }

  init(lines: [Line]) {
    self.lines = lines
  }

  /// A key and its value, each with its place in the chapter.
  package struct Entry {
    package var key: String
    package var keyPosition: SourcePosition
    package var value: Node
    package var valuePosition: SourcePosition
  }

  /// What is wrong, where, and what to do.
  package struct Problem: Error {
    package var position: SourcePosition
    package var message: String
    package var hint: String?
    package init(at position: SourcePosition, _ message: String, hint: String? = nil) {
      self.position = position
      self.message = message
      self.hint = hint
    }
  }

  /// The entries of the mapping that this text is; none if it is blank.
  package func entries() throws(Problem) -> [Entry] {
    guard let root = try root(), root.scalar?.string.isEmpty != true else { return [] }
    return try entries(of: root, at: start, expecting: "`key: value` lines")
  }

  /// The whole value that this text is.
  package func root() throws(Problem) -> Node? {
    let yaml = lines.map(\.text).joined(separator: "\n")
    do {
      // Of several duplicate keys Yams reports one, which is enough to act on.
      // Without an encoding, Yams looks through the environment for one each time.
      return try Parser(yaml: yaml, encoding: .utf8).singleRoot()
    } catch let error as YamlError {
      throw problem(error)
    } catch {
      throw Problem(at: start, "this is not YAML: \(error)")
    }
  }

  /// The entries of a mapping within this text.
  package func entries(of node: Node, at position: SourcePosition, expecting: String) throws(Problem)
    -> [Entry]
  {
    guard case .mapping(let mapping) = node else {
      throw Problem(at: place(node.mark) ?? position, "expected \(expecting)")
    }
    return mapping.map { key, value in
      let keyPosition = place(key.mark) ?? position
      return Entry(
        key: key.string ?? "", keyPosition: keyPosition, value: value,
        valuePosition: place(value.mark) ?? keyPosition)
    }
  }

  /// The files that an entry names: one, or a list of them.
  package func files(of entry: Entry) throws(Problem) -> [NamedFile] {
    if let file = entry.value.text { return [NamedFile(path: file, position: entry.valuePosition)] }
    let message = "`\(entry.key)` takes a file name or a list of them"
    guard let list = entry.value.sequence else {
      throw Problem(at: entry.valuePosition, "\(message), not \(entry.value.shown)")
    }
    var files: [NamedFile] = []
    for item in list {
      let position = place(item.mark) ?? entry.valuePosition
      guard let file = item.text else { throw Problem(at: position, "\(message), not \(item.shown)") }
      files.append(NamedFile(path: file, position: position))
    }
    return files
  }

  /// The place of a libyaml mark, which counts lines from 1 and columns in Unicode scalars from 1.
  package func place(_ mark: Mark?) -> SourcePosition? {
    guard let mark, !lines.isEmpty, mark.line >= 1 else { return nil }
    guard mark.line <= lines.count else {
      guard let last = lines.last else { return nil }
      return SourcePosition(line: last.position.line, column: last.position.column + last.text.utf8.count)
    }
    let line = lines[mark.line - 1]
    let bytes = line.text.unicodeScalars.prefix(max(0, mark.column - 1)).reduce(0) { $0 + UTF8.width($1) }
    return SourcePosition(line: line.position.line, column: line.position.column + bytes)
  }

  private var start: SourcePosition { lines.first?.position ?? SourcePosition(line: 1, column: 1) }

  private func problem(_ error: YamlError) -> Problem {
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let reason = [context?.text, problem].compactMap { $0 }.joined(separator: ", ")
      return Problem(at: place(mark) ?? start, "broken YAML: \(reason)", hint: hint(for: problem, at: mark))
    case .duplicatedKeysInMapping(let duplicates, _):
      let name = duplicates.sorted().first ?? ""
      return Problem(at: lastPlace(ofKey: name), "`\(name)` is given twice", hint: "Keep one of the two.")
    case .reader(let problem, _, _, _):
      return Problem(at: start, "broken YAML: \(problem)")
    default:
      return Problem(at: start, "broken YAML: \(error)")
    }
  }

  private func hint(for problem: String, at mark: Mark) -> String? {
    if problem.contains("cannot start any token"), lines.contains(where: { $0.text.contains("\t") }) {
      return "YAML is indented with spaces, not tabs."
    }
    if problem.contains("mapping values are not allowed") {
      return "A value that contains a colon stands in quotation marks: `title: \"Part 1: Tensors\"`."
    }
    return nil
  }

  private func lastPlace(ofKey key: String) -> SourcePosition {
    for line in lines.reversed() {
      let blank = line.text.prefix { $0 == " " }
      let rest = line.text.dropFirst(blank.count)
      if rest.hasPrefix("\(key):") || rest.hasPrefix("\"\(key)\":") || rest.hasPrefix("'\(key)':") {
        return SourcePosition(line: line.position.line, column: line.position.column + blank.utf8.count)
      }
    }
    return start
  }
}
