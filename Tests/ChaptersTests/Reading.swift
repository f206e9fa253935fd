import Chapters
import Diagnostics

/// A chapter made of `source`.
func chapter(_ source: String) -> Chapter { Chapter.parse(source, path: "a.md", file: "a.md") }

/// The messages of a chapter, each as its first line without the file's name.
func messages(_ source: String) -> [String] {
  chapter(source).diagnostics.map { String($0.description.prefix { $0 != "\n" }.dropFirst("a.md:".count)) }
}

/// The lines of a chapter's source.
struct Lines {
  private let lines: [Substring.UTF8View]
  init(_ chapter: Chapter) {
    lines = chapter.source.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
  }

  func bytes(_ number: Int) -> [UInt8] { lines.indices.contains(number - 1) ? Array(lines[number - 1]) : [] }

  /// The source from a place on, up to the end of the line.
  func text(at position: SourcePosition) -> String {
    String(decoding: bytes(position.line).dropFirst(max(0, position.column - 1)), as: UTF8.self)
  }
}

extension Chapter {
  /// The source from a place on, up to the end of the line.
  func text(at position: SourcePosition) -> String { Lines(self).text(at: position) }
}

/// Blocks in a notation that is short enough to write down: `p(…)`, `em(…)`, `strong(…)` and so on.
func outline(_ blocks: [Block]) -> String { blocks.map(outline).joined(separator: " ") }

func outline(_ block: Block) -> String {
  switch block {
  case .heading(let heading): "h\(heading.level)#\(heading.id)(\(outline(heading.content)))"
  case .paragraph(let content): "p(\(outline(content)))"
  case .quotation(let blocks): "quote(\(outline(blocks)))"
  case .callout(let callout): "\(callout.kind)[\(outline(callout.title))](\(outline(callout.blocks)))"
  case .list(let list):
    "\(list.start.map(String.init) ?? "-")(\(list.items.map { outline($0.blocks) }.joined(separator: " | ")))"
  case .codeBlock(let block): "code[\(block.info)]"
  case .cell(let index): "cell\(index)"
  case .table(let table):
    "table(\(([table.header] + table.rows).map { $0.map(outline).joined(separator: " | ") }.joined(separator: " / ")))"
  case .math(let formula): "math[\(formula.label ?? "")](\(formula.tex))"
  case .html(let html): "html(\(html.html))"
  case .thematicBreak: "hr"
  }
}

func outline(_ inlines: [Inline]) -> String { inlines.map(outline).joined() }

func outline(_ inline: Inline) -> String {
  switch inline {
  case .text(let text): text
  case .softBreak: "⏎"
  case .lineBreak: "↵"
  case .code(let code): "code(\(code))"
  case .html(let html): "html(\(html.html))"
  case .emphasis(let content): "em(\(outline(content)))"
  case .strong(let content): "strong(\(outline(content)))"
  case .strikethrough(let content): "del(\(outline(content)))"
  case .link(let link): "a(\(outline(link.content)))"
  case .image(let image): "img(\(outline(image.alternative)))"
  case .math(let formula): (formula.isDisplayed ? "Math" : "math") + "(\(formula.tex))"
  case .value(let index): "value\(index)"
  case .footnoteReference(let index): "note\(index)"
  case .reference(let reference): "@(\(reference.label))"
  case .citation(let citation): outline(citation)
  }
}

/// `[see|a|, p. 3; -b]` in brackets, `@a` in a sentence.
func outline(_ citation: Citation) -> String {
  let items = citation.items.map { item in
    let parts = [outline(item.prefix), (item.isShort ? "-" : "") + item.key, outline(item.suffix)]
    return parts.joined(separator: "|")
  }
  return citation.isBracketed ? "[\(items.joined(separator: "; "))]" : "@{\(items[0])}"
}

extension Chapter {
  /// Every inline of the text, each before what it contains.
  var allInlines: [Inline] { (blocks + footnotes.flatMap(\.blocks)).flatMap(\.allInlines) }

  /// Every block, each before what it contains.
  var allBlocks: [Block] { (blocks + footnotes.flatMap(\.blocks)).flatMap(\.allBlocks) }

  var formulas: [Formula] {
    let displayed = allBlocks.compactMap { if case .math(let formula) = $0 { formula } else { nil } }
    return displayed + allInlines.compactMap { if case .math(let formula) = $0 { formula } else { nil } }
  }
}

extension Block {
  var children: [Block] {
    switch self {
    case .quotation(let blocks): blocks
    case .callout(let callout): callout.blocks
    case .list(let list): list.items.flatMap(\.blocks)
    default: []
    }
  }

  var allBlocks: [Block] { [self] + children.flatMap(\.allBlocks) }

  var allInlines: [Inline] {
    let own: [Inline] =
      switch self {
      case .paragraph(let content): content
      case .heading(let heading): heading.content
      case .callout(let callout): callout.title
      case .table(let table): ([table.header] + table.rows).flatMap { $0.flatMap { $0 } }
      default: []
      }
    return own.flatMap(\.all) + children.flatMap(\.allInlines)
  }
}

extension Inline {
  var all: [Inline] {
    switch self {
    case .emphasis(let content), .strong(let content), .strikethrough(let content):
      [self] + content.flatMap(\.all)
    case .link(let link): [self] + link.content.flatMap(\.all)
    case .image(let image): [self] + image.alternative.flatMap(\.all)
    default: [self]
    }
  }
}
