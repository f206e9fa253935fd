extension ChapterReader {
  mutating func blocks(_ nodes: [SyntaxNode]) -> [Block] {
    var blocks: [Block] = []
    var index = 0
    while index < nodes.count {
      if nodes[index].isInline {
        // Text without its paragraph is what is left of one that was nested too deep.
        let end = nodes[index...].firstIndex { !$0.isInline } ?? nodes.count
        var text = LeafText(at: nodes[index].start, in: prepared)
        blocks.append(.paragraph(tidied(inlines(nodes[index..<end], in: &text))))
        index = end
      } else {
        blocks += block(nodes[index])
        index += 1
      }
    }
    return blocks
  }

  /// Mostly one block; a formula with words behind it gives two, what was too deep any number.
  private mutating func block(_ node: SyntaxNode) -> [Block] {
    switch node.kind {
    case .paragraph:
      let content = tidied(inlines(of: node))
      // A paragraph that is one displayed formula is that formula.
      if content.count == 1, case .math(let formula) = content[0], formula.isDisplayed { return [.math(formula)] }
      return content.isEmpty ? [] : [.paragraph(content)]
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

  private mutating func item(_ node: SyntaxNode) -> List.Item {
    var isDone: Bool?
    if case .item(let done) = node.kind { isDone = done }
    return List.Item(isDone: isDone, blocks: blocks(node.children))
  }

  private mutating func table(_ node: SyntaxNode, _ alignments: [Table.Alignment?]) -> Table {
    var table = Table(alignments: alignments, header: [], rows: [])
    for row in node.children {
      var texts = cellTexts(of: row, tableLine: node.start.line)
      let cells = row.children.indices.map { tidied(inlines(row.children[$0].children[...], in: &texts[$0])) }
      if row.kind == .tableRow(isHeader: true) { table.header = cells } else { table.rows.append(cells) }
    }
    return table
  }

  /// Where the cells of a row stand. cmark gives the header row the line below it, so lines are tried.
  private func cellTexts(of row: SyntaxNode, tableLine: Int) -> [LeafText] {
    for line in [row.start.line, row.start.line - 1, tableLine] {
      var column = 0
      var texts: [LeafText] = []
      for cell in row.children {
        guard let text = LeafText(cell: cell.content, line: line, column: &column, in: prepared) else { break }
        texts.append(text)
      }
      if texts.count == row.children.count { return texts }
    }
    return row.children.map { _ in LeafText(at: row.start, in: prepared) }
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
    while let first = text.unicodeScalars.first, first.properties.isWhitespace { text.unicodeScalars.removeFirst() }
    while let last = text.unicodeScalars.last, last.properties.isWhitespace { text.unicodeScalars.removeLast() }
    return String(text)
  }
}
