extension ChapterReader {
  mutating func blocks(_ nodes: [SyntaxNode]) -> [Block] {
    let nodes = nodes.enumerated().map { index, node in
      // The paragraph whose last line became a table's header stands where cmark says that the table does.
      guard node.kind == .paragraph, node.start.line == 0, index + 1 < nodes.count else { return node }
      var node = node
      node.start = nodes[index + 1].start
      node.endLine = node.start.line + node.content.count { $0 == .newline }
      return node
    }
    var blocks: [Block] = []
    var index = 0
    while index < nodes.count {
      if nodes[index].isInline {
        // Text without its paragraph is what is left of one that was nested too deep.
        let end = nodes[index...].firstIndex { !$0.isInline } ?? nodes.count
        var text = LeafText(at: nodes[index].start, in: prepared)
        blocks += paragraph(inlines(nodes[index..<end], in: &text))
        index = end
      } else {
        blocks += block(nodes[index])
        giveCaption(to: &blocks)
        index += 1
      }
    }
    return blocks
  }

  /// Mostly one block; a formula with words behind it gives two, what was too deep any number.
  private mutating func block(_ node: SyntaxNode) -> [Block] {
    switch node.kind {
    case .paragraph:
      return paragraph(inlines(of: node))
    case .heading(let level): return [.heading(heading(node, level: level))]
    case .quotation: return [quotation(node)]
    case .list(let start, let isTight):
      return [.list(List(start: start, isTight: isTight, items: node.children.map { item($0) }))]
    case .codeBlock(let info, let fence): return [codeBlock(node, info: info, fence: fence)]
    case .mathBlock: return mathBlock(node)
    case .htmlBlock: return [.html(RawHTML(html: node.literal, position: prepared.original(node.start)))]
    case .thematicBreak: return [.thematicBreak]
    case .table(let alignments): return [.table(table(node, alignments))]
    case .footnoteDefinition, .document, .item, .tableRow, .tableCell: return blocks(node.children)
    default: return []
    }
  }

  /// A paragraph; one that is a displayed formula and nothing else is that formula.
  func paragraph(_ content: [Inline]) -> [Block] {
    let content = tidied(content)
    if content.count == 1, case .math(let formula) = content[0], formula.isDisplayed {
      return [.math(formula)]
    }
    return content.isEmpty ? [] : [.paragraph(content)]
  }

  private mutating func item(_ node: SyntaxNode) -> List.Item {
    var isDone: Bool?
    if case .item(let done) = node.kind { isDone = done }
    return List.Item(isDone: isDone, blocks: blocks(node.children))
  }

  private mutating func table(_ node: SyntaxNode, _ alignments: [Table.Alignment?]) -> Table {
    var table = Table(alignments: alignments, header: [], rows: [], position: prepared.original(node.start))
    // cmark may give the header row the place of the paragraph that it was the last line of. What is sure is that
    // the line of dashes stands between it and the first row below.
    let body = node.children.first { $0.kind == .tableRow(isHeader: false) }
    let headerLine = body.map { $0.start.line - 2 } ?? node.endLine - 1
    for row in node.children {
      let isHeader = row.kind == .tableRow(isHeader: true)
      var texts = cellTexts(of: row, line: isHeader ? headerLine : row.start.line)
      let cells = row.children.indices.map { tidied(inlines(row.children[$0].children[...], in: &texts[$0])) }
      if isHeader { table.header = cells } else { table.rows.append(cells) }
    }
    return table
  }

  /// A paragraph `: Caption {#tbl-id}` behind a table is the table's caption.
  private mutating func giveCaption(to blocks: inout [Block]) {
    guard blocks.count > 1, case .paragraph(var caption)? = blocks.last,
      case .table(var table) = blocks[blocks.count - 2], table.caption.isEmpty, table.label == nil,
      case .text(let text)? = caption.first,
      let mark = [": ", "Table: ", "表：", "：", ":"].first(where: { text.hasPrefix($0) }),
      text.count > mark.count
    else { return }
    caption[0] = .text(String(text.dropFirst(mark.count)))
    table.label = caption.removingTrailingAttributes().flatMap {
      label(of: $0, prefix: "tbl-", at: table.position)
    }
    table.caption = caption
    blocks.removeLast(2)
    blocks.append(.table(table))
  }

  /// Where the cells of a row stand in its line, from left to right.
  private func cellTexts(of row: SyntaxNode, line: Int) -> [LeafText] {
    var column = 0
    return row.children.map { cell in
      LeafText(cell: cell.content, line: line, column: &column, in: prepared)
        ?? LeafText(at: SourcePosition(line: max(1, line), column: 1), in: prepared)
    }
  }

  // MARK: Formulas on their own

  private mutating func mathBlock(_ node: SyntaxNode) -> [Block] {
    // The formula's text and its place, as the inline parser has it, so that one rule serves both.
    var leaf = node
    leaf.content = Array(node.literal.utf8)
    let bytes = leaf.content
    let text = LeafText(leaf, in: prepared)
    guard let end = InlineSyntax.closingDollars(in: bytes[...], from: 2) else {
      report(
        .error, at: prepared.original(node.start), "the formula that begins here never ends",
        hint: "End it with `$$`, or write `\\$\\$` for two dollars.")
      return [.math(formula(bytes[min(2, bytes.count)...], isDisplayed: true, label: nil, in: text))]
    }
    let (label, labelEnd) = InlineSyntax.label(in: bytes[...], from: end + 2)
    let math = formula(bytes[2..<end], isDisplayed: true, label: label, in: text)
    let rest = String(decoding: bytes[labelEnd...], as: UTF8.self).trimmingWhitespace
    guard !rest.isEmpty else { return [.math(math)] }
    report(
      .warning, at: text.position(labelEnd), "text behind the end of a formula is taken as it is",
      hint: "Begin a new line behind `$$`.")
    return [.math(math), .paragraph([.text(rest)])]
  }

  /// A formula from its TeX and its label, both where they stand in `text`.
  mutating func formula(
    _ tex: ArraySlice<UInt8>, isDisplayed: Bool, label: Range<Int>?, in text: LeafText
  ) -> Formula {
    let first = tex.firstIndex { !$0.isWhitespace } ?? tex.startIndex
    var formula = Formula(
      tex: prepared.clean(tex).trimmingWhitespace, isDisplayed: isDisplayed, position: text.position(first))
    if let label, label.upperBound <= text.content.count {
      let name = prepared.clean(text.content[label])
      if name.isLabel {
        claim(name, at: text.position(label.lowerBound))
        formula.label = name
      } else {
        reportBadLabel(name, at: text.position(label.lowerBound))
      }
    }
    return formula
  }

  mutating func reportBadLabel(_ label: String, at position: SourcePosition) {
    report(
      .error, at: position, "a label is made of letters, digits, `-` and `_`, which `\(label)` is not",
      hint: label.asLabel.map { "Write `{#\($0)}`, for example." })
  }
}

extension String {
  var trimmingWhitespace: String {
    var text = self[...]
    while let first = text.unicodeScalars.first, first.properties.isWhitespace {
      text.unicodeScalars.removeFirst()
    }
    while let last = text.unicodeScalars.last, last.properties.isWhitespace {
      text.unicodeScalars.removeLast()
    }
    return String(text)
  }
}
