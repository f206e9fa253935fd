extension Chapter {
  /// Calls `body` with every piece of running text, however deep it stands: in blocks, footnotes and captions.
  public func forEachInline(_ body: (Inline) -> Void) {
    for block in blocks + footnotes.flatMap(\.blocks) { block.forEachInline(body) }
    for options in cells.map(\.options) {
      for case let caption? in [options.figCap, options.tblCap, options.lstCap] {
        Self.parse("\n" + caption, path: path, file: file, citesWorks: true).blocks
          .forEach { $0.forEachInline(body) }
      }
    }
  }
}

extension Block {
  /// Calls `body` with every inline in the block, however deep.
  public func forEachInline(_ body: (Inline) -> Void) {
    switch self {
    case .heading(let heading): heading.content.forEachInline(body)
    case .paragraph(let content): content.forEachInline(body)
    case .quotation(let blocks): for block in blocks { block.forEachInline(body) }
    case .callout(let callout):
      callout.title.forEachInline(body)
      for block in callout.blocks { block.forEachInline(body) }
    case .list(let list): for block in list.items.flatMap(\.blocks) { block.forEachInline(body) }
    case .table(let table):
      table.caption.forEachInline(body)
      for cell in (table.rows + [table.header]).joined() { cell.forEachInline(body) }
    case .codeBlock(let block): block.caption.map { [Inline](markdown: $0) }?.forEachInline(body)
    case .cell, .math, .html, .thematicBreak: break
    }
  }
}

extension [Inline] {
  /// Calls `body` with every one of these, and with what they contain.
  public func forEachInline(_ body: (Inline) -> Void) {
    for inline in self {
      body(inline)
      switch inline {
      case .emphasis(let content), .strong(let content), .strikethrough(let content):
        content.forEachInline(body)
      case .link(let link): link.content.forEachInline(body)
      case .image(let image): image.alternative.forEachInline(body)
      case .citation(let citation):
        for item in citation.items { (item.prefix + item.suffix).forEachInline(body) }
      default: break
      }
    }
  }
}
