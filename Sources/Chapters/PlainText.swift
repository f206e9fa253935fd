extension Inline {
  /// The text without its form: what a title, an alternative text, or a search index takes of it.
  ///
  /// An inline value gives nothing, since what it is comes out when it runs; `plainText(values:)` takes it.
  public var plainText: String { plainText(values: []) }

  /// - Parameter values: What stands for the chapter's inline values, by their indices.
  public func plainText(values: [String]) -> String {
    switch self {
    case .text(let text), .code(let text): text
    case .softBreak, .lineBreak: " "
    case .html, .footnoteReference: ""
    case .emphasis(let content), .strong(let content), .strikethrough(let content):
      content.plainText(values: values)
    case .link(let link): link.content.plainText(values: values)
    case .image(let image): image.alternative.plainText(values: values)
    case .math(let formula): formula.tex
    case .value(let index): values.indices.contains(index) ? values[index] : ""
    case .reference(let reference): "@\(reference.label)"
    case .citation(let citation): citation.items.map { "@\($0.key)" }.joined(separator: "; ")
    }
  }
}

extension [Inline] {
  /// The text without its form, as of each inline.
  public var plainText: String { plainText(values: []) }

  /// - Parameter values: What stands for the chapter's inline values, by their indices.
  public func plainText(values: [String]) -> String { map { $0.plainText(values: values) }.joined() }
}

extension Block {
  /// The text without its form, blocks separated by line ends. Cells give nothing: their code is the chapter's.
  public var plainText: String { plainText(values: []) }

  /// - Parameter values: What stands for the chapter's inline values, by their indices.
  public func plainText(values: [String]) -> String {
    switch self {
    case .heading(let heading): heading.content.plainText(values: values)
    case .paragraph(let content): content.plainText(values: values)
    case .quotation(let blocks): blocks.plainText(values: values)
    case .callout(let callout):
      ([callout.title.plainText(values: values), callout.blocks.plainText(values: values)])
        .filter { !$0.isEmpty }.joined(separator: "\n")
    case .list(let list): list.items.map { $0.blocks.plainText(values: values) }.joined(separator: "\n")
    case .codeBlock(let block): block.code
    case .table(let table):
      ([table.header] + table.rows).map { row in
        row.map { $0.plainText(values: values) }.joined(separator: "\t")
      }.joined(separator: "\n")
    case .math(let formula): formula.tex
    case .cell, .html, .thematicBreak: ""
    }
  }
}

extension [Block] {
  /// The text without its form, blocks separated by line ends.
  public var plainText: String { plainText(values: []) }

  /// - Parameter values: What stands for the chapter's inline values, by their indices.
  public func plainText(values: [String]) -> String {
    map { $0.plainText(values: values) }.filter { !$0.isEmpty }.joined(separator: "\n")
  }
}

extension Chapter {
  /// The front matter's title, or else the first heading of level 1.
  public var title: String? {
    if let title = frontMatter.title { return title }
    for case .heading(let heading) in blocks where heading.level == 1 {
      return heading.content.plainText(values: inlineValues.map(\.expression))
    }
    return nil
  }
}
