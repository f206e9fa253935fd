import Diagnostics

/// Reads one chapter: goes through cmark-gfm's tree once, in the order of the text, and makes of it what a
/// `Chapter` holds.
struct ChapterReader {
  let file: String
  let original: SourceText
  let prepared: PreparedText
  let frontMatter: FrontMatter
  var cells: [Cell] = []
  var inlineValues: [InlineValue] = []
  var units: [ExecutionUnit] = []
  var diagnostics: [Diagnostic] = []
  var labels = Labels()
  var headingIDs = HeadingIDs()
  /// The labels of footnotes, in lower case, whether they are used or not.
  let definedNotes: Set<String>
  /// Whether there is a bibliography, so that `@key` cites a work.
  let citesWorks: Bool
  /// The lines of code, in which nothing else is looked for.
  var codeLines: [ClosedRange<Int>] = []

  static func read(_ source: String, path: String, file: String, citesWorks: Bool) -> Chapter {
    let original = SourceText(source)
    let head = FrontMatter.read(original)
    var reader = ChapterReader(
      file: file, original: original, prepared: PreparedText(original, skippingLines: head.lineCount),
      frontMatter: head.frontMatter, definedNotes: Set(original.noteLabels().map { $0.label.lowercased() }),
      citesWorks: citesWorks || !head.frontMatter.bibliography.isEmpty)
    reader.report(head.problems)
    return reader.chapter(path: path)
  }

  private mutating func chapter(path: String) -> Chapter {
    let prepared = prepared
    let tree = CMark.parse(prepared.text.bytes, citesWorks: citesWorks) { prepared.clean($0) }
    if let line = tree.tooDeepLine {
      report(
        .error, at: SourcePosition(line: line, column: 1),
        "lists, quotations and emphasis are nested more than \(SyntaxTree.maximumDepth) deep here",
        hint: "What is deeper is shown without its nesting.")
    }
    let isNote = { (node: SyntaxNode) in node.kind == .footnoteDefinition }
    let notes = tree.root.children.filter(isNote)
    headingIDs.reserve(explicitIDs(in: tree.root))
    let blocks = blocks(tree.root.children.filter { !isNote($0) })
    let footnotes = notes.map { footnote($0) }
    warnOfUnusedNotes(used: footnotes.map(\.label))
    return Chapter(
      path: path, file: file, source: original.string, frontMatter: frontMatter, blocks: blocks,
      footnotes: footnotes, cells: cells, inlineValues: inlineValues, units: units,
      diagnostics: diagnostics.sorted { ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0) })
  }

  mutating func report(
    _ severity: Diagnostic.Severity, at position: SourcePosition, _ message: String, hint: String? = nil,
    notes: [Diagnostic] = []
  ) {
    diagnostics.append(
      original.diagnostic(severity, in: file, at: position, message, hint: hint, notes: notes))
  }

  mutating func report(_ problems: [YAMLText.Problem]) {
    for problem in problems { report(.error, at: problem.position, problem.message, hint: problem.hint) }
  }

  /// Notes that a label stands at a place, and complains if another place has it already.
  mutating func claim(_ label: String, at position: SourcePosition) {
    guard let first = labels.claim(label, at: position) else { return }
    report(
      .error, at: position, "the label `\(label)` is given twice",
      hint: "Labels are unique within a chapter.",
      notes: [original.diagnostic(.note, in: file, at: first, "it is first given here")])
  }
}

/// The labels of a chapter: of cells, equations and sections.
struct Labels {
  private var places: [String: SourcePosition] = [:]

  /// The place that has the label already, if one has.
  mutating func claim(_ label: String, at position: SourcePosition) -> SourcePosition? {
    if let first = places[label] { return first }
    places[label] = position
    return nil
  }
}
