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
  /// The lines of code, in which nothing else is looked for.
  var codeLines: [ClosedRange<Int>] = []

  static func read(_ source: String, path: String, file: String) -> Chapter {
    let original = SourceText(source)
    let head = FrontMatter.read(original)
    var reader = ChapterReader(
      file: file, original: original, prepared: PreparedText(original, skippingLines: head.lineCount),
      frontMatter: head.frontMatter)
    reader.report(head.problems)
    return reader.chapter(path: path)
  }

  private mutating func chapter(path: String) -> Chapter {
    let prepared = prepared
    let tree = CMark.parse(prepared.text.bytes) { prepared.clean($0) }
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
    let footnotes = notes.map { Footnote(label: label(ofNote: $0), blocks: self.blocks($0.children)) }
    warnOfUnusedNotes(used: footnotes.map(\.label))
    return Chapter(
      path: path, file: file, source: original.string, frontMatter: frontMatter, blocks: blocks,
      footnotes: footnotes, cells: cells, inlineValues: inlineValues, units: units,
      diagnostics: diagnostics.sorted { ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0) })
  }

  /// cmark drops a footnote that nothing refers to, and whatever stands in it.
  private mutating func warnOfUnusedNotes(used: [String]) {
    let used = Set(used.map { $0.lowercased() })
    for line in 1...original.lineCount {
      let bytes = original.line(line)
      let start = bytes.firstIndex { $0 != .space } ?? bytes.endIndex
      guard bytes.has("[^", at: start), start - bytes.startIndex < 4,
        let end = bytes.firstIndex(of: UInt8(ascii: "]")), bytes.has("]:", at: end),
        !codeLines.contains(where: { $0.contains(line) })
      else { continue }
      let label = String(decoding: bytes[(start + 2)..<end], as: UTF8.self)
      guard !label.isEmpty, !used.contains(label.lowercased()) else { continue }
      report(
        .warning, at: SourcePosition(line: line, column: start - bytes.startIndex + 1),
        "the footnote `[^\(label)]` is left out, because nothing refers to it")
    }
  }

  /// What stands in `[^label]:`; not every version of cmark-gfm tells.
  private func label(ofNote node: SyntaxNode) -> String {
    let line = prepared.text.line(node.start.line)
    guard let start = line.indices.first(where: { line.has("[^", at: $0) }),
      let end = line[start...].firstIndex(of: UInt8(ascii: "]"))
    else { return node.literal }
    return prepared.clean(line[(start + 2)..<end])
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
