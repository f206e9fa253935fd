import Chapters

/// The numbers of a chapter's figures, tables, listings, equations, sections and exercises, and every place of it that
/// can be linked to.
package struct Numbering: Hashable, Sendable {
  package struct Target: Hashable, Sendable {
    var kind: NumberedKind
    /// `nil` for the chapter as a whole.
    var id: String?
    /// "5.3"; `nil` where such things have no numbers.
    var number: String?
    /// A section's heading, or a caption.
    var title = ""

    /// What a reference says: "Figure 1", "图 1", "Equation (1)", or a section's name where it has no number.
    func text(_ wording: Wording) -> String {
      number.map { wording.reference(to: kind, number: $0) } ?? "“\(title)”"
    }

    /// What `[-@label]` says.
    func shortText(_ wording: Wording) -> String {
      number.map { wording.shown($0, of: kind) } ?? "“\(title)”"
    }
  }

  struct Duplicate: Hashable {
    var label: String
    var position: SourcePosition
  }

  /// By label with prefix: `fig-train`.
  private(set) var targets: [String: Target] = [:]
  /// Every id of the page.
  private(set) var ids: Set<String> = []
  private(set) var headingIDs: Set<String> = []
  /// By the ids of headings: "2.3".
  private(set) var sectionNumbers: [String: String] = [:]
  /// Labels that stand for two things, at the second of them.
  private(set) var duplicates: [Duplicate] = []
  private var counts: [NumberedKind: Int] = [:]
  private var hidden: Set<String> = []
  /// The chapter's own number, which all others begin with.
  private let chapterNumber: String?

  package init(chapter: Chapter, site: Site) {
    let page = site.page(of: chapter)
    chapterNumber = page?.number
    let numbersSections = chapter.frontMatter.numbersSections ?? site.numbersSections
    addHeadings(of: chapter, numbered: numbersSections)
    chapter.blocks.walk { add($0, of: chapter, in: site) }
  }

  /// What to say about a label that is not there.
  func hint(for label: String) -> String? {
    if hidden.contains(label) { return "it is in a cell that is not shown here" }
    guard let dash = label.firstIndex(of: "-") else { return nil }
    let name = label[label.index(after: dash)...]
    return switch label[...dash] {
    case "fig-":
      "`![caption](file){#\(label)}`, or a cell with a `fig-cap` and the label ‘\(name)’, makes it"
    case "tbl-":
      "`: caption {#\(label)}` behind a table, or a cell with a `tbl-cap` and the label ‘\(name)’, makes it"
    case "lst-": "a cell with an `lst-cap` and the label ‘\(name)’ makes it"
    case "sec-": "write {#\(label)} at the end of a heading"
    case "eq-": "write {#\(label)} after a displayed formula"
    case "exr-": "write {#\(label)} at the end of the line `> [!EXERCISE]`"
    default: nil
    }
  }

  static func label(of cell: Cell, kind: NumberedKind) -> String {
    cell.label.hasPrefix(kind.prefix) ? cell.label : kind.prefix + cell.label
  }

  /// An id made from a label: without blanks and what else has a meaning of its own.
  static func id(_ label: String) -> String {
    String(label.map { $0.isLetter || $0.isNumber || $0 == "_" ? $0 : "-" })
  }

  // MARK: Headings

  /// Headings that stand in nothing else have numbers: the uppermost level of them `2.1`, the next one `2.1.1`.
  private mutating func addHeadings(of chapter: Chapter, numbered: Bool) {
    if let label = chapter.frontMatter.label {
      targets[label] = Target(
        kind: .chapter, id: nil, number: chapterNumber, title: chapter.frontMatter.title ?? "")
      headingIDs.insert(label)
      ids.insert(label)
    }
    let title = chapter.titleHeading
    var headings = chapter.blocks.compactMap { if case .heading(let heading) = $0 { heading } else { nil } }
    if title != nil { headings.removeFirst() }
    let top = headings.map(\.level).min() ?? 1
    var counters: [Int] = []
    for heading in headings where numbered && heading.isNumbered {
      let depth = heading.level - top
      counters = Array(counters.prefix(depth + 1)) + Array(repeating: 0, count: max(0, depth + 1 - counters.count))
      counters[depth] += 1
      // A level that was left out counts as its first.
      counters = counters.map { max(1, $0) }
      let own = counters.map(String.init)
      sectionNumbers[heading.id] = ((chapterNumber.map { [$0] } ?? []) + own).joined(separator: ".")
    }
    chapter.blocks.walk { block in
      guard case .heading(let heading) = block else { return }
      ids.insert(heading.id)
      headingIDs.insert(heading.id)
      guard heading.id.hasPrefix("sec-") else { return }
      let text = heading.content.plainText(values: chapter.inlineValues.map(\.expression))
      if heading == title {
        targets[heading.id] = Target(kind: .chapter, id: nil, number: chapterNumber, title: text)
      } else {
        targets[heading.id] = Target(
          kind: .section, id: heading.id, number: sectionNumbers[heading.id], title: text)
      }
    }
  }

  // MARK: What counts by itself

  private mutating func add(_ block: Block, of chapter: Chapter, in site: Site) {
    switch block {
    case .math(let formula): add(formula)
    case .paragraph(let content):
      for case .math(let formula) in content { add(formula) }
      if let image = content.figure, let label = image.label {
        add(.figure, label: label, title: image.alternative.plainText, at: image.position)
      }
    case .table(let table):
      guard let label = table.label else { return }
      add(.table, label: label, title: table.caption.plainText, at: table.position)
    case .codeBlock(let block):
      guard let label = block.label else { return }
      add(.listing, label: label, title: block.caption ?? "", at: block.position)
    case .callout(let callout):
      guard let label = callout.label else { return }
      add(.callout(callout.kind), label: label, title: callout.title.plainText, at: callout.position)
    case .cell(let index): add(chapter.cells[index], of: chapter, in: site)
    default: break
    }
  }

  private mutating func add(_ formula: Formula) {
    guard let label = formula.label else { return }
    add(.equation, label: "eq-" + label.droppingPrefix("eq-"), at: formula.position)
  }

  private mutating func add(_ cell: Cell, of chapter: Chapter, in site: Site) {
    let options = cell.options.resolved(over: chapter.frontMatter.execute)
    let isShown = options.isShown(in: site)
    let hasOutput = options.output != false && options.eval != false
    let captions: [(NumberedKind, String?, Bool)] = [
      (.listing, options.lstCap, options.echo != false), (.figure, options.figCap, hasOutput),
      (.table, options.tblCap, hasOutput),
    ]
    for (kind, caption, isVisible) in captions {
      guard let caption else { continue }
      let label = Self.label(of: cell, kind: kind)
      if isShown && isVisible {
        add(kind, label: label, title: [Inline](markdown: caption).plainText, at: cell.position)
      } else {
        hidden.insert(label)
      }
    }
    if isShown, cell.options.label != nil { ids.insert("cell-" + Self.id(cell.label)) }
  }

  private mutating func add(
    _ kind: NumberedKind, label: String, title: String = "", at position: SourcePosition
  ) {
    let id = Self.id(label)
    guard targets[label] == nil, !headingIDs.contains(id) else {
      duplicates.append(Duplicate(label: label, position: position))
      return
    }
    counts[kind, default: 0] += 1
    let number = String(counts[kind]!)
    targets[label] = Target(
      kind: kind, id: id, number: chapterNumber.map { "\($0).\(number)" } ?? number, title: title)
    ids.insert(id)
  }
}

extension Chapter {
  /// The heading that is the page's title, where the front matter has none.
  var titleHeading: Heading? {
    guard frontMatter.title == nil, case .heading(let heading)? = blocks.first, heading.level == 1 else {
      return nil
    }
    return heading
  }
}

extension [Inline] {
  /// The image that these are, alone in a paragraph, with words about it: a figure.
  var figure: Image? {
    guard count == 1, case .image(let image)? = first, !image.alternative.isEmpty || image.label != nil else {
      return nil
    }
    return image
  }
}

extension CellOptions {
  /// Whether anything of the cell is shown in this edition of the book.
  func isShown(in site: Site) -> Bool {
    switch edition {
    case .instructor? where !site.isInstructorEdition: false
    case .student? where site.isInstructorEdition: false
    default: include != false
    }
  }
}

extension [Block] {
  /// Every block in the order of the text, those inside others too.
  func walk(_ visit: (Block) -> Void) {
    for block in self {
      visit(block)
      switch block {
      case .quotation(let blocks): blocks.walk(visit)
      case .callout(let callout): callout.blocks.walk(visit)
      case .list(let list): for item in list.items { item.blocks.walk(visit) }
      default: break
      }
    }
  }
}
