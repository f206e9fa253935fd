import Chapters
import Diagnostics

/// Reads BibTeX's and BibLaTeX's files.
struct BibTeXReader {
  /// What an entry says, before it is known what its type makes of it.
  struct Entry {
    var type: String
    var key: String
    var position: SourcePosition
    var fields: [String: Field] = [:]
  }

  struct Field {
    var text: String
    var position: SourcePosition
  }

  private struct Problem: Error {
    var index: Int
    var message: String
    var hint: String?
  }

  static func read(_ text: String, file: String) -> ([Work], [Diagnostic]) {
    var reader = BibTeXReader(SourceText(text), file: file)
    reader.read()
    return (reader.works, reader.diagnostics)
  }

  private let source: SourceText
  private let bytes: [UInt8]
  private let file: String
  private var index = 0
  private var strings: [String: String] = [:]
  private var works: [Work] = []
  private var diagnostics: [Diagnostic] = []

  private init(_ source: SourceText, file: String) {
    self.source = source
    bytes = source.bytes
    self.file = file
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    for (number, name) in months.enumerated() { strings[name] = String(number + 1) }
  }

  // MARK: Entries

  private mutating func read() {
    // What stands between entries is a comment.
    while let at = bytes[index...].firstIndex(of: UInt8(ascii: "@")) {
      index = at
      do {
        try readEntry()
      } catch {
        report(.error, at: error.index, error.message, hint: error.hint)
        // The next entry is looked for at a line's head, so that one mistake gives one message.
        index = max(index, at + 1)
        while index < bytes.count, !(bytes[index] == UInt8(ascii: "@") && isLineHead(index)) { index += 1 }
      }
    }
  }

  private func isLineHead(_ index: Int) -> Bool {
    bytes[..<index].reversed().first { $0 != 0x20 && $0 != 0x09 } == 0x0A
  }

  private mutating func readEntry() throws(Problem) {
    let start = index
    index += 1
    skipSpace()
    let type = word().lowercased()
    guard !type.isEmpty else { throw Problem(index: start, message: "an `@` without a type behind it",
      hint: "An entry begins as in `@article{key,`.") }
    skipSpace()
    guard let opening = current, opening == UInt8(ascii: "{") || opening == UInt8(ascii: "(") else {
      // An address in a comment.
      if !BibTeXTypes.kinds.keys.contains(type), !["string", "preamble", "comment"].contains(type) { return }
      throw Problem(index: index, message: "expected `{` behind `@\(type)`", hint: nil)
    }
    let closing = opening == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: ")")
    index += 1
    switch type {
    case "comment", "preamble":
      index -= 1
      _ = try braced(from: start)
    case "string":
      for (name, field) in try fields(until: closing, from: start) { strings[name] = field.text }
    default:
      skipSpace()
      let keyIndex = index
      while let byte = current, !",})= \n\t\r".utf8.contains(byte) { index += 1 }
      let key = String(decoding: bytes[keyIndex..<index], as: UTF8.self)
      skipSpace()
      guard !key.isEmpty, current == UInt8(ascii: ",") || current == closing else {
        throw Problem(
          index: keyIndex, message: key.isEmpty ? "the entry has no key" : "expected `,` behind the key `\(key)`",
          hint: "An entry begins as in `@\(type){hornik1991,`.")
      }
      if current == UInt8(ascii: ",") { index += 1 }
      var entry = Entry(type: type, key: key, position: position(keyIndex))
      for (name, field) in try fields(until: closing, from: start) { entry.fields[name] = field }
      add(entry, at: start)
    }
  }

  private mutating func fields(until closing: UInt8, from start: Int) throws(Problem) -> [(String, Field)] {
    var fields: [(String, Field)] = []
    while true {
      skipSpace()
      guard let byte = current else { throw unending(start) }
      if byte == closing {
        index += 1
        return fields
      }
      if byte == UInt8(ascii: ",") {
        index += 1
        continue
      }
      let nameIndex = index
      let name = word().lowercased()
      guard !name.isEmpty else {
        throw Problem(
          index: index, message: "expected a field, as in `year = 1991`, or the entry's end",
          hint: "A brace or a quotation mark too few or too many stands before it.")
      }
      skipSpace()
      guard current == UInt8(ascii: "=") else {
        if isLineHead(nameIndex), bytes[nameIndex] == UInt8(ascii: "@") { throw unending(start) }
        throw Problem(index: index, message: "expected `=` behind `\(name)`",
          hint: "Fields look like `\(name) = {…}`, with a comma between them.")
      }
      index += 1
      let text = try value(of: name, from: start)
      fields.append((name, Field(text: text, position: position(nameIndex))))
      skipSpace()
      guard let next = current else { throw unending(start) }
      guard next == UInt8(ascii: ",") || next == closing else {
        throw Problem(index: index, message: "expected `,` or the entry's end behind `\(name)`",
          hint: "Fields are separated by commas.")
      }
    }
  }

  private func unending(_ start: Int) -> Problem {
    Problem(index: start, message: "the entry that begins here never ends", hint: "A closing `}` is missing.")
  }

  // MARK: Values

  /// Strings, numbers and names of strings, put together by `#`.
  private mutating func value(of name: String, from start: Int) throws(Problem) -> String {
    var text = ""
    while true {
      skipSpace()
      switch current {
      case UInt8(ascii: "{"): text += try braced(from: start)
      case UInt8(ascii: "\""): text += try quoted(from: start)
      default:
        let wordIndex = index
        let word = word()
        if word.isEmpty {
          throw Problem(index: index, message: "`\(name)` has no value", hint: "Write it as in `\(name) = {…}`.")
        } else if word.allSatisfy(\.isNumber) {
          text += word
        } else if let string = strings[word.lowercased()] {
          text += string
        } else {
          let meant = strings.keys.sorted().closest(to: word.lowercased())
          throw Problem(
            index: wordIndex, message: "there is no string `\(word)`",
            hint: meant.map { "Did you mean `\($0)`?" }
              ?? "Text stands in braces, as in `\(name) = {\(word)}`; `@string{\(word) = {…}}` makes a string.")
        }
      }
      skipSpace()
      guard current == UInt8(ascii: "#") else { return text }
      index += 1
    }
  }

  private mutating func braced(from start: Int) throws(Problem) -> String {
    let opening = bytes[index]
    let closing = opening == UInt8(ascii: "(") ? UInt8(ascii: ")") : UInt8(ascii: "}")
    let first = index + 1
    var depth = 0
    while let byte = current {
      if byte == opening { depth += 1 }
      if byte == closing { depth -= 1 }
      if byte == UInt8(ascii: "\\") { index += 1 }
      index = min(index + 1, bytes.count)
      if depth == 0 { return String(decoding: bytes[first..<(index - 1)], as: UTF8.self) }
      if beginsEntry { break }
    }
    throw unending(start)
  }

  private mutating func quoted(from start: Int) throws(Problem) -> String {
    index += 1
    let first = index
    var depth = 0
    while let byte = current {
      switch byte {
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"): depth -= 1
      case UInt8(ascii: "\"") where depth == 0:
        index += 1
        return String(decoding: bytes[first..<(index - 1)], as: UTF8.self)
      default: break
      }
      index += 1
      if beginsEntry { break }
    }
    throw unending(start)
  }

  /// Whether another entry begins here, so that the one before it was not closed.
  private var beginsEntry: Bool {
    guard current == UInt8(ascii: "@"), isLineHead(index) else { return false }
    let type = bytes[(index + 1)...].prefix { $0 != UInt8(ascii: "{") && $0 != 0x0A }
    return BibTeXTypes.kinds.keys.contains(String(decoding: type, as: UTF8.self).lowercased().trimmed)
  }

  private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func word() -> String {
    let start = index
    while let byte = current, !" \t\n\r{}(),=#\"%'".utf8.contains(byte) { index += 1 }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private mutating func skipSpace() {
    while let byte = current, byte == 0x20 || (0x09...0x0D).contains(byte) { index += 1 }
  }

  // MARK: Works and messages

  private mutating func add(_ entry: Entry, at start: Int) {
    let types = BibTeXTypes.kinds
    if types[entry.type] == nil {
      report(
        .warning, at: start, "unknown type `@\(entry.type)`, which is taken as `@misc`",
        hint: types.keys.sorted().closest(to: entry.type).map { "Did you mean `@\($0)`?" })
    }
    let work = Work(entry, file: file)
    if work.creators.isEmpty, work.title == nil {
      report(
        .error, at: start, "the work `\(entry.key)` has neither an author nor a title",
        hint: "A citation needs a name: add `author = {…}` or `title = {…}`.")
      return
    }
    if work.year == nil {
      report(.warning, at: start, "the work `\(entry.key)` has no year", hint: "Add `year = {…}`.")
    }
    works.append(work)
  }

  private func position(_ index: Int) -> SourcePosition { source.position(ofByte: index) }

  private mutating func report(
    _ severity: Diagnostic.Severity, at index: Int, _ message: String, hint: String? = nil
  ) {
    diagnostics.append(source.diagnostic(severity, in: file, at: position(index), message, hint: hint))
  }
}
