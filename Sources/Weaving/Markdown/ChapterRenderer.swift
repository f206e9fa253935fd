import Bibliography
import Chapters
import Diagnostics
import ExecutionRecords

/// Renders one chapter's text, block by block, into HTML that is byte for byte what cmark-gfm gives for plain
/// Markdown, but for heading ids, math, references, cells, and the policies on links and raw HTML.
package struct ChapterRenderer {
  let chapter: Chapter
  let record: ExecutionRecord
  let site: Site
  /// The page's own path in the output folder.
  let pagePath: String
  let wording: Wording
  let theme: Theme
  let numbering: Numbering
  let resources: ChapterResources
  let citations: Citations
  /// Whether tables get their scrollers and headings their anchors. Without, plain Markdown is rendered as
  /// cmark-gfm renders it.
  let isDecorated: Bool

  var output = HTML()
  package internal(set) var diagnostics: [Diagnostic] = []
  /// What the formulas that were rendered need of fonts; `nil` where there was none.
  var mathCharacters: MathCharacters?
  var rawHTML = RawHTMLFilter()
  private var hasMathFailedToLoad = false
  /// Ids that stand in the page already; headings have theirs before all others.
  private var takenIDs: Set<String> = []
  /// Whether a footnote may stand in the margin beside what is being rendered: a paragraph of the text.
  var hasMargin = false
  /// Whether a footnote's own text is being rendered.
  var isInNote = false
  /// The footnotes that stand there.
  var marginNotes: Set<Int> = []
  /// Where a piece of text stands that is Markdown of its own: a caption in a cell's options.
  var outerPosition: SourcePosition?

  package init(
    chapter: Chapter, record: ExecutionRecord, site: Site, pagePath: String, theme: Theme,
    resources: ChapterResources = ChapterResources(), isDecorated: Bool = true
  ) {
    self.chapter = chapter
    self.record = record
    self.site = site
    self.pagePath = pagePath
    self.theme = theme
    self.isDecorated = isDecorated
    wording = Wording(language: site.language(of: chapter))
    numbering = site.index.numbering(of: chapter.path) ?? Numbering(chapter: chapter, site: site)
    self.resources = resources
    citations = Citations(
      of: chapter, from: resources.bibliography.merging(site.bibliography),
      style: CitationStyle(isChinese: wording.isChinese))
    takenIDs = numbering.headingIDs
  }

  /// The whole text with its footnotes.
  package mutating func body(_ blocks: [Block]) -> HTML {
    for duplicate in numbering.duplicates {
      report(
        .error, "the label ‘\(duplicate.label)’ is given twice", at: duplicate.position,
        hint: "references could not tell which is meant")
    }
    output = HTML()
    render(blocks)
    output += rawHTML.finish()
    renderReferenceList()
    renderFootnotes()
    return output
  }

  /// The HTML that `content` renders, apart from what is rendered already.
  mutating func captured(_ content: (inout Self) -> Void) -> HTML {
    let before = output
    output = HTML()
    content(&self)
    let result = output
    output = before
    return result
  }

  /// The id, unless the page has it already: no page may have one twice.
  mutating func claimed(_ id: String?) -> String? {
    id.flatMap { takenIDs.insert($0).inserted ? $0 : nil }
  }

  /// Begins a new line, unless one has just begun.
  mutating func startLine() {
    if let last = output.source.utf8.last, last != UInt8(ascii: "\n") { output += "\n" }
  }

  mutating func report(
    _ severity: Diagnostic.Severity, _ message: String, at position: SourcePosition, hint: String? = nil
  ) {
    let position = outerPosition ?? position
    diagnostics.append(
      Diagnostic(
        severity, file: chapter.file, line: position.line, column: position.column, message: message,
        sourceLine: chapter.line(position.line), hint: hint))
  }

  /// A formula's HTML; its TeX as code, with a diagnostic, where it cannot be set.
  mutating func math(_ formula: Formula) -> HTML {
    do {
      return try setFormula(formula.tex, isDisplayed: formula.isDisplayed)
    } catch {
      switch error {
      case .notInstalled(let message, let hint):
        // Once a page is enough.
        if !hasMathFailedToLoad { report(.error, message, at: formula.position, hint: hint) }
        hasMathFailedToLoad = true
      case .invalid(let message, let offset):
        report(.error, message, at: chapter.position(of: offset, in: formula))
      }
    }
    return "<code class=\"math-error\">\(formula.tex)</code>"
  }

  mutating func setFormula(_ tex: String, isDisplayed: Bool) throws(MathRenderer.Failure) -> HTML {
    let formula = try theme.math.set(tex, isDisplayed: isDisplayed, macros: site.macros)
    mathCharacters = mathCharacters ?? MathCharacters()
    mathCharacters?.formUnion(formula.characters)
    return HTML(trusted: formula.html)
  }
}

extension Chapter {
  /// A line of the source, counted from 1.
  func line(_ number: Int) -> String? {
    var rest = source.utf8[...]
    for _ in 1..<max(1, number) {
      guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
      rest = rest[rest.index(after: end)...]
    }
    let line = rest.prefix { $0 != UInt8(ascii: "\n") }
    return number < 1 || (line.isEmpty && rest.isEmpty && number > 1) ? nil : String(Substring(line))
  }

  /// The place of a byte of a formula. In a later line of the formula, what stands before it in the chapter
  /// (indentation, quotation marks) is skipped.
  func position(of offset: Int, in formula: Formula) -> SourcePosition {
    let before = String(decoding: formula.tex.utf8.prefix(offset), as: UTF8.self)
    let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 1, let last = lines.last else {
      return SourcePosition(line: formula.position.line, column: formula.position.column + offset)
    }
    let number = formula.position.line + lines.count - 1
    let texLines = formula.tex.split(separator: "\n", omittingEmptySubsequences: false)
    var indentation = 0
    if let line = line(number), lines.count <= texLines.count,
      let range = line.firstRange(of: texLines[lines.count - 1])
    {
      indentation = line.utf8.distance(from: line.startIndex, to: range.lowerBound)
    }
    return SourcePosition(line: number, column: indentation + last.utf8.count + 1)
  }
}
