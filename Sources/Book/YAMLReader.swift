import Chapters
import Diagnostics
import Foundation
import Yams

/// Reads one YAML file of ours: collects a message for everything that is wrong with it, each at its place.
final class YAMLReader {
  let file: String
  private let lines: [Substring]
  private(set) var diagnostics: [Diagnostic] = []

  init(_ text: String, file: String) {
    self.file = file
    lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
  }

  /// The document's mapping; `nil` where there is none, which an empty file may well have.
  func document(_ text: String) -> Node.Mapping? {
    do {
      guard let node = try Yams.compose(yaml: text) else { return nil }
      if let mapping = node.mapping { return mapping }
      if node.scalar?.string.isEmpty == true { return nil }
      report("expected settings like 'title: …'", at: node.mark)
    } catch let error as YamlError {
      report(error)
    } catch {
      report("\(error)", at: nil as Mark?)
    }
    return nil
  }

  /// Calls `read` with each key; reports keys that are not in `keys`.
  func forEach(
    in mapping: Node.Mapping, keys: [String], _ read: (_ key: String, _ value: Node) -> Void
  ) {
    for (key, value) in mapping {
      guard let name = key.scalar?.string, keys.contains(name) else {
        let name = key.scalar?.string ?? "…"
        let hint = Suggestion.hint(for: name, among: keys) ?? "known are: \(keys.joined(separator: ", "))"
        report("unknown setting '\(name)'", at: key.mark, hint: hint)
        continue
      }
      if value.scalar?.string.isEmpty == true, value.scalar?.style == .plain {
        continue  // `author:` with nothing behind it says nothing
      }
      read(name, value)
    }
  }

  // MARK: Values; each is `nil`, and reported, where the node is something else

  func string(_ node: Node, for key: String) -> String? {
    if let string = node.scalar?.string { return string }
    report("'\(key)' is to be text", at: node.mark)
    return nil
  }

  func bool(_ node: Node, for key: String) -> Bool? {
    switch node.scalar?.string.lowercased() {
    case "true", "yes", "on": return true
    case "false", "no", "off": return false
    default:
      report("'\(key)' is to be true or false\(found(node))", at: node.mark)
      return nil
    }
  }

  func number<Number: LosslessStringConvertible>(
    _ node: Node, for key: String, _ what: String, where isValid: (Number) -> Bool = { _ in true }
  ) -> Number? {
    if let text = node.scalar?.string, let number = Number(text), isValid(number) { return number }
    report("'\(key)' is to be \(what)\(found(node))", at: node.mark)
    return nil
  }

  func choice<Choice: RawRepresentable<String>>(
    _ node: Node, for key: String, among choices: [Choice]
  ) -> Choice? {
    if let text = node.scalar?.string, let choice = choices.first(where: { $0.rawValue == text }) { return choice }
    let names = choices.map(\.rawValue)
    report(
      "'\(key)' is to be one of \(names.joined(separator: ", "))\(found(node))", at: node.mark,
      hint: node.scalar.flatMap { Suggestion.hint(for: $0.string, among: names) })
    return nil
  }

  /// The items of a list; one item alone counts as a list of it.
  func list(_ node: Node, for key: String) -> [Node] {
    if let sequence = node.sequence { return Array(sequence) }
    if node.scalar != nil { return [node] }
    report("'\(key)' is to be a list", at: node.mark)
    return []
  }

  private func found(_ node: Node) -> String {
    node.scalar.map { ", not '\($0.string)'" } ?? ""
  }

  // MARK: Messages

  func report(
    _ message: String, at mark: Mark?, hint: String? = nil
  ) {
    report(message, at: mark.map(position), hint: hint)
  }

  func report(_ message: String, at position: SourcePosition?, hint: String?) {
    diagnostics.append(
      Diagnostic(
        .error, file: file, line: position?.line, column: position?.column, message: message,
        sourceLine: position.flatMap { line($0.line) }, hint: hint))
  }

  /// Yams counts columns in Unicode scalars, editors' messages in bytes.
  func position(_ mark: Mark) -> SourcePosition {
    let before = line(mark.line)?.unicodeScalars.prefix(mark.column - 1)
    let column = before.map { String(String.UnicodeScalarView($0)).utf8.count + 1 } ?? mark.column
    return SourcePosition(line: mark.line, column: column)
  }

  private func line(_ number: Int) -> String? {
    lines.indices.contains(number - 1) ? String(lines[number - 1]) : nil
  }

  private func report(_ error: YamlError) {
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let context = context.map { " \($0.text.trimmingCharacters(in: .whitespaces))" } ?? ""
      report("broken YAML: \(problem)\(context)", at: mark, hint: Self.hint(for: problem))
    case .duplicatedKeysInMapping(let duplicates, let context):
      for key in duplicates {
        report("'\(key)' is set twice", at: secondPlace(of: key, after: context.mark), hint: nil)
      }
    default: report("broken YAML: \(error)", at: nil as Mark?)
    }
  }

  private func secondPlace(of key: String, after mark: Mark) -> SourcePosition {
    let places = lines.indices.filter { index in
      index >= mark.line - 1 && lines[index].drop { $0 == " " }.hasPrefix("\(key):")
    }
    guard places.count > 1 else { return position(mark) }
    return SourcePosition(line: places[1] + 1, column: lines[places[1]].prefix { $0 == " " }.count + 1)
  }

  private static func hint(for problem: String) -> String? {
    if problem.contains("mapping values are not allowed") {
      return "a value that holds ': ' wants quotation marks around it"
    }
    if problem.contains("character that cannot start any token") {
      return "YAML is indented with spaces, and a value that begins with such a character wants quotation marks"
    }
    return nil
  }
}
