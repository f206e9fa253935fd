import Chapters

/// The numbers of a chapter's figures, tables, listings and equations, and every place that can be linked to.
struct Numbering {
  enum Kind: Hashable {
    case figure, table, listing, equation, section
  }

  struct Target: Hashable {
    var kind: Kind
    var id: String
    var number: Int
    /// A section's heading.
    var title = ""

    /// What a reference says: "Figure 1", "图 1", "Equation (1)".
    func text(_ wording: Wording) -> String {
      switch kind {
      case .figure: "\(wording.figure) \(number)"
      case .table: "\(wording.table) \(number)"
      case .listing: "\(wording.listing) \(number)"
      case .equation: "\(wording.equation) (\(number))"
      case .section: wording.of("“\(title)”", "“\(title)”")
      }
    }
  }

  /// By label with prefix: `fig-train`.
  private(set) var targets: [String: Target] = [:]
  /// Every id of the page.
  private(set) var ids: Set<String> = []
  private(set) var headingIDs: Set<String> = []
  /// Labels that stand for two things, at the second of them.
  private(set) var duplicates: [(label: String, position: SourcePosition)] = []
  private var counts: [Kind: Int] = [:]
  private var hidden: Set<String> = []

  init(chapter: Chapter, site: Site) {
    chapter.blocks.walk { block in
      guard case .heading(let heading) = block else { return }
      ids.insert(heading.id)
      headingIDs.insert(heading.id)
      if heading.id.hasPrefix("sec-") {
        targets[heading.id] = Target(
          kind: .section, id: heading.id, number: 0, title: heading.content.plainText)
      }
    }
    chapter.blocks.walk { block in
      switch block {
      case .math(let formula): add(formula)
      case .paragraph(let content):
        if content.count == 1, case .math(let formula) = content[0] { add(formula) }
      case .cell(let index): add(chapter.cells[index], of: chapter, in: site)
      default: break
      }
    }
  }

  /// What to say about a label that is not there.
  func hint(for label: String) -> String? {
    if hidden.contains(label) { return "it is in a cell that is not shown here" }
    return switch label.prefix(4) {
    case "fig-": "a cell with a `fig-cap` and the label ‘\(label.dropFirst(4))’ makes it"
    case "tbl-": "a cell with a `tbl-cap` and the label ‘\(label.dropFirst(4))’ makes it"
    case "lst-": "a cell with an `lst-cap` and the label ‘\(label.dropFirst(4))’ makes it"
    case "sec-": "write {#\(label)} at the end of a heading"
    default: label.hasPrefix("eq-") ? "write {#\(label)} after a displayed formula" : nil
    }
  }

  static func label(of cell: Cell, kind: Kind) -> String {
    let prefix =
      switch kind {
      case .figure: "fig-"
      case .table: "tbl-"
      case .listing: "lst-"
      case .equation: "eq-"
      case .section: "sec-"
      }
    return cell.label.hasPrefix(prefix) ? cell.label : prefix + cell.label
  }

  /// An id made from a label: without blanks and what else has a meaning of its own.
  static func id(_ label: String) -> String {
    String(label.map { $0.isLetter || $0.isNumber || $0 == "_" ? $0 : "-" })
  }

  private mutating func add(_ formula: Formula) {
    guard let label = formula.label else { return }
    add(.equation, label: "eq-" + label.droppingPrefix("eq-"), at: formula.position)
  }

  private mutating func add(_ cell: Cell, of chapter: Chapter, in site: Site) {
    let options = cell.options.resolved(over: chapter.frontMatter.execute)
    let isShown = options.isShown(in: site)
    let hasOutput = options.output != false && options.eval != false
    let captions: [(Kind, String?, Bool)] = [
      (.listing, options.lstCap, options.echo != false), (.figure, options.figCap, hasOutput),
      (.table, options.tblCap, hasOutput),
    ]
    for (kind, caption, isVisible) in captions where caption != nil {
      let label = Self.label(of: cell, kind: kind)
      if isShown && isVisible { add(kind, label: label, at: cell.position) } else { hidden.insert(label) }
    }
    if isShown, cell.options.label != nil { ids.insert("cell-" + Self.id(cell.label)) }
  }

  private mutating func add(_ kind: Kind, label: String, at position: SourcePosition) {
    let id = Self.id(label)
    guard targets[label] == nil, !headingIDs.contains(id) else {
      duplicates.append((label, position))
      return
    }
    counts[kind, default: 0] += 1
    targets[label] = Target(kind: kind, id: id, number: counts[kind]!)
    ids.insert(id)
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
