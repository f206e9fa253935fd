import Chapters
import ExecutionRecords

/// A stretch of a chapter that a search can lead to: what stands under one heading.
struct SearchSection {
  /// Where it begins in its page; empty for what stands before the first heading.
  var id: String
  var heading: String
  /// Prose, captions, tables, formulas.
  var text = ""
  /// Cells, code blocks.
  var code = ""
}

/// What a chapter's readers may look for, cut up by its headings.
struct SearchSections {
  private(set) var sections: [SearchSection]
  private let chapter: Chapter
  private let record: ExecutionRecord
  private let site: Site

  init(_ chapter: Chapter, record: ExecutionRecord, in site: Site) {
    self.chapter = chapter
    self.record = record
    self.site = site
    sections = [SearchSection(id: "", heading: "")]
    add(chapter.blocks)
    for footnote in chapter.footnotes { add(footnote.blocks) }
    sections.removeAll { $0.heading.isEmpty && $0.text.isEmpty && $0.code.isEmpty }
  }

  private mutating func add(_ blocks: [Block]) {
    for block in blocks {
      switch block {
      case .heading(let heading):
        sections.append(SearchSection(id: heading.id, heading: text(of: heading.content)))
      case .paragraph(let content): add(text: text(of: content))
      case .quotation(let blocks): add(blocks)
      case .callout(let callout):
        add(text: text(of: callout.title))
        add(callout.blocks)
      case .list(let list): for item in list.items { add(item.blocks) }
      case .table(let table):
        for row in [table.header] + table.rows {
          add(text: row.map { text(of: $0) }.joined(separator: " "))
        }
      case .math(let formula): add(text: FormulaText.text(of: formula.tex))
      case .codeBlock(let block): add(code: block.code)
      case .cell(let index): add(chapter.cells[index])
      case .html, .thematicBreak: break
      }
    }
  }

  /// A cell's code as the page shows it, and its captions.
  private mutating func add(_ cell: Cell) {
    let options = cell.options.resolved(over: chapter.frontMatter.execute)
    guard options.isShown(in: site) else { return }
    for caption in [options.lstCap, options.figCap, options.tblCap] { add(text: caption ?? "") }
    if options.echo != false { add(code: cell.code) }
  }

  private mutating func add(text: String) { Self.append(text, to: &sections[sections.count - 1].text) }

  private mutating func add(code: String) { Self.append(code, to: &sections[sections.count - 1].code) }

  /// White space is no part of what is looked for.
  private static func append(_ addition: String, to text: inout String) {
    let words = addition.split { $0.isWhitespace }
    if words.isEmpty { return }
    if !text.isEmpty { text += " " }
    text += words.joined(separator: " ")
  }

  private func text(of content: [Inline]) -> String {
    content.map { piece -> String in
      switch piece {
      case .math(let formula): FormulaText.text(of: formula.tex)
      case .emphasis(let content), .strong(let content), .strikethrough(let content): text(of: content)
      case .link(let link): text(of: link.content)
      // What a reference says is a number, which is no word of the text.
      case .reference: ""
      default: piece.plainText(values: record.texts)
      }
    }.joined()
  }
}
