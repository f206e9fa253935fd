import Chapters
import Diagnostics
import Yams

/// Reads works in CSL's JSON, as Zotero exports them, or the same in YAML.
///
/// JSON is read as the YAML that it also is: libyaml tells the place of each value, and so a work that lacks something
/// is found by its line.
struct CSLReader {
  private let yaml: YAMLText
  private let source: SourceText
  private let file: String
  private var works: [Work] = []
  private var diagnostics: [Diagnostic] = []

  static func read(_ text: String, file: String) -> ([Work], [Diagnostic]) {
    let isJSON = file.lowercased().hasSuffix(".json")
    let readable = isJSON ? joiningSurrogates(text.replacing("\t", with: " ")) : text
    var reader = CSLReader(yaml: YAMLText(readable), source: SourceText(text), file: file)
    do {
      try reader.read()
    } catch {
      let message = isJSON ? error.message.replacing("broken YAML", with: "broken JSON") : error.message
      reader.report(.error, at: error.position, message, hint: error.hint)
    }
    return (reader.works, reader.diagnostics)
  }

  private init(yaml: YAMLText, source: SourceText, file: String) {
    self.yaml = yaml
    self.source = source
    self.file = file
  }

  private mutating func read() throws(YAMLText.Problem) {
    let start = SourcePosition(line: 1, column: 1)
    guard let root = try yaml.root() else { return }
    // Pandoc's YAML has the list under `references:`.
    let list = root.sequence ?? root.mapping?["references"]?.sequence
    guard let list else {
      throw YAMLText.Problem(
        at: yaml.place(root.mark) ?? start, "expected a list of works, not \(root.shown)",
        hint: "CSL's JSON looks like `[{\"id\": \"hornik1991\", \"type\": \"article-journal\", …}]`.")
    }
    for node in list {
      let position = yaml.place(node.mark) ?? start
      do {
        let entries = try yaml.entries(of: node, at: position, expecting: "a work, as in `{\"id\": …}`")
        add(Dictionary(entries.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first }), at: position)
      } catch {
        report(.error, at: error.position, error.message, hint: error.hint)
      }
    }
  }

  private mutating func add(_ entries: [String: YAMLText.Entry], at position: SourcePosition) {
    func text(_ name: String) -> String? { entries[name]?.value.text.map(Self.plain) }
    guard let key = text("id") else {
      report(.error, at: position, "a work without an `id`", hint: "The `id` is what a citation names: `@id`.")
      return
    }
    var work = Work(
      key: key, kind: Self.kind(of: text("type") ?? ""), file: file,
      position: entries["id"]?.valuePosition ?? position)
    work.authors = names(entries["author"])
    work.editors = names(entries["editor"])
    work.title = text("title")
    work.container = text("container-title")
    work.volume = text("volume")
    work.issue = text("issue")
    work.pages = text("page").map { $0.replacing("-", with: "–") }
    work.edition = text("edition")
    work.publisher = text("publisher")
    work.place = text("publisher-place")
    work.genre = text("genre")
    work.number = text("number")
    work.doi = text("DOI").map(Work.bareDOI)
    work.url = text("URL")
    work.note = text("note")
    readDate(entries["issued"], into: &work)
    if work.creators.isEmpty, work.title == nil {
      report(.error, at: position, "the work `\(key)` has neither an author nor a title",
        hint: "A citation needs a name: add `author` or `title`.")
      return
    }
    if work.year == nil {
      report(.warning, at: work.position, "the work `\(key)` has no year", hint: "Add `issued`.")
    }
    works.append(work)
  }

  private mutating func names(_ entry: YAMLText.Entry?) -> [Name] {
    guard let entry else { return [] }
    guard let list = entry.value.sequence else {
      report(.error, at: entry.valuePosition, "`\(entry.key)` takes a list of names, not \(entry.value.shown)",
        hint: "Names look like `{\"family\": \"Hornik\", \"given\": \"Kurt\"}`.")
      return []
    }
    return list.compactMap { node in
      guard let mapping = node.mapping else { return node.text.map { Name(family: $0) } }
      func part(_ name: String) -> String { mapping[Node(name)]?.text ?? "" }
      if !part("literal").isEmpty { return Name(family: part("literal")) }
      let particle = part("non-dropping-particle")
      let family = particle.isEmpty ? part("family") : "\(particle) \(part("family"))"
      let given = [part("given"), part("dropping-particle")].filter { !$0.isEmpty }.joined(separator: " ")
      return family.isEmpty && given.isEmpty ? nil : Name(family: family, given: given, suffix: part("suffix"))
    }
  }

  /// `{"date-parts": [[1991, 3]]}`, or a date as text.
  private mutating func readDate(_ entry: YAMLText.Entry?, into work: inout Work) {
    guard let entry else { return }
    var parts: [String]?
    if let mapping = entry.value.mapping {
      parts = mapping["date-parts"]?.sequence?.first?.sequence?.compactMap(\.text)
        ?? (mapping["raw"] ?? mapping["literal"])?.text?.split(separator: "-").map(String.init)
    } else {
      parts = entry.value.text?.split(separator: "-").map(String.init)
    }
    guard let parts, let year = parts.first else {
      report(.error, at: entry.valuePosition, "`issued` takes a date, not \(entry.value.shown)",
        hint: "Dates look like `{\"date-parts\": [[1991, 3]]}`.")
      return
    }
    work.year = year
    work.month = parts.count > 1 ? Int(parts[1]) : nil
  }

  private static func kind(of type: String) -> Work.Kind {
    switch type {
    case "article-journal", "article-magazine", "article-newspaper", "article", "review": .article
    case "book", "monograph": .book
    case "chapter", "entry-encyclopedia", "entry-dictionary": .chapter
    case "paper-conference": .conferencePaper
    case "thesis": .thesis
    case "report": .report
    case "webpage", "post", "post-weblog": .webPage
    default: .other
    }
  }

  /// CSL lets titles have `<i>` and the like.
  private static func plain(_ text: String) -> String { text.replacing(/<\/?(i|b|sub|sup|span)[^<>]*>/, with: "") }

  /// JSON writes characters beyond the BMP as two escapes, which YAML does not know.
  private static func joiningSurrogates(_ text: String) -> String {
    text.replacing(/\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})/) { match in
      guard let high = UInt32(match.1, radix: 16), let low = UInt32(match.2, radix: 16),
        let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
      else { return String(match.0) }
      return String(scalar)
    }
  }

  private mutating func report(
    _ severity: Diagnostic.Severity, at position: SourcePosition, _ message: String, hint: String? = nil
  ) {
    diagnostics.append(source.diagnostic(severity, in: file, at: position, message, hint: hint))
  }
}
