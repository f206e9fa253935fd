import Diagnostics
import Yams

extension FrontMatter {
  /// The lines of the front matter and what was read from them.
  struct Reading {
    var frontMatter = FrontMatter()
    /// How many lines at the head of the file it takes, both fences included.
    var lineCount = 0
    var problems: [YAMLText.Problem] = []
  }

  private static let keys = [
    "title", "subtitle", "author", "date", "description", "language", "label", "bibliography",
    "number-sections", "execute",
  ]
  /// What other tools call the same thing.
  private static let aliases = [
    "lang": "language", "abstract": "description", "authors": "author", "summary": "description",
  ]

  static func read(_ text: SourceText) -> Reading {
    var reading = Reading()
    guard text.isFence(1, ["---"]), text.lineCount > 1, !text.isBlank(2) else { return reading }
    guard let end = (2...text.lineCount).first(where: { text.isFence($0, ["---", "..."]) }) else {
      // Without a key on its second line it is a thematic break, which may well open a text.
      if text.lineString(2).hasYAMLKey {
        reading.problems.append(
          .init(
            at: SourcePosition(line: 1, column: 1), "the front matter that begins here never ends",
            hint: "End it with a line `---`."))
      }
      return reading
    }
    reading.lineCount = end
    let lines = (2..<end).map {
      YAMLText.Line(text: text.lineString($0), position: SourcePosition(line: $0, column: 1))
    }
    let yaml = YAMLText(lines: lines)
    do {
      for entry in try yaml.entries() {
        reading.frontMatter.set(entry, in: yaml, problems: &reading.problems)
      }
    } catch {
      reading.problems.append(error)
    }
    return reading
  }

  private mutating func set(_ entry: YAMLText.Entry, in yaml: YAMLText, problems: inout [YAMLText.Problem]) {
    switch entry.key {
    case "title": set(\.title, to: entry, problems: &problems)
    case "subtitle": set(\.subtitle, to: entry, problems: &problems)
    case "date": set(\.date, to: entry, problems: &problems)
    case "description": set(\.description, to: entry, problems: &problems)
    case "author":
      if let list = entry.value.sequence, !list.isEmpty, list.allSatisfy({ $0.text != nil }) {
        author = list.compactMap(\.text).joined(separator: ", ")
      } else {
        set(\.author, to: entry, problems: &problems)
      }
    case "language":
      set(\.language, to: entry, problems: &problems)
      if let tag = language, !tag.isLanguageTag {
        language = nil
        problems.append(
          .init(
            at: entry.valuePosition, "`\(tag)` is no language tag",
            hint: "A language is named as in `en`, `zh-Hans` or `pt-BR`."))
      }
    case "label":
      set(\.label, to: entry, problems: &problems)
      if let text = label, !text.isLabel || !text.hasPrefix("sec-") {
        label = nil
        problems.append(
          .init(
            at: entry.valuePosition, "the label of a chapter begins with `sec-`, which `\(text)` does not",
            hint: "Write `label: sec-\(text.asLabel ?? "name")`, for example."))
      }
    case "bibliography":
      do {
        bibliography = try yaml.files(of: entry)
      } catch {
        problems.append(error)
      }
    case "number-sections":
      numbersSections = entry.value.flag
      if numbersSections == nil {
        let message = "`number-sections` takes true or false, not \(entry.value.shown)"
        problems.append(.init(at: entry.valuePosition, message))
      }
    case "execute":
      do {
        guard entry.value.text != nil || entry.value.scalar == nil else { return }
        let expected = "options under `execute:`, as in `echo: false`"
        let entries = try yaml.entries(of: entry.value, at: entry.valuePosition, expecting: expected)
        execute = CellOptions(entries, isDefaults: true, problems: &problems)
      } catch {
        problems.append(error)
      }
    default:
      let names = FrontMatter.keys
      let meant = FrontMatter.aliases[entry.key.lowercased()] ?? names.closest(to: entry.key)
      let hint = meant.map { "Did you mean `\($0)`?" } ?? "The keys are \(names.listed(by: "and"))."
      problems.append(
        .init(at: entry.keyPosition, "unknown key `\(entry.key)` in the front matter", hint: hint))
    }
  }

  private mutating func set(
    _ field: WritableKeyPath<FrontMatter, String?>, to entry: YAMLText.Entry,
    problems: inout [YAMLText.Problem]
  ) {
    if let text = entry.value.text {
      self[keyPath: field] = text
    } else if entry.value.scalar == nil {
      let message = "`\(entry.key)` takes text, not \(entry.value.shown)"
      problems.append(.init(at: entry.valuePosition, message))
    }
  }
}

extension SourceText {
  fileprivate func isFence(_ number: Int, _ fences: [String]) -> Bool {
    let line = lineString(number)
    return fences.contains { line.hasPrefix($0) && line.dropFirst(3).allSatisfy { $0 == " " || $0 == "\t" } }
  }

  fileprivate func isBlank(_ number: Int) -> Bool {
    line(number).allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
  }
}

extension String {
  fileprivate var hasYAMLKey: Bool {
    guard let colon = firstIndex(of: ":") else { return false }
    return !self[..<colon].isEmpty && self[..<colon].allSatisfy { $0.isLetter || $0 == "-" || $0 == "_" }
  }

  /// The shape of a BCP 47 tag: parts of one to eight letters and digits, the first of two or three letters.
  package var isLanguageTag: Bool {
    let parts = split(separator: "-", omittingEmptySubsequences: false)
    guard let first = parts.first, (2...3).contains(first.count),
      first.allSatisfy({ $0.isASCII && $0.isLetter })
    else { return false }
    return parts.allSatisfy {
      (1...8).contains($0.utf8.count) && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
  }
}
