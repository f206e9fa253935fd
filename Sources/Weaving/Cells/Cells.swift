import CellOutputs
import Chapters
import ExecutionRecords

extension ChapterRenderer {
  /// A cell: its code, what it put out, and why it stopped if it did.
  mutating func renderCell(_ index: Int) {
    guard chapter.cells.indices.contains(index) else { return }
    let cell = chapter.cells[index]
    let options = cell.options.resolved(over: chapter.frontMatter.execute)
    let record = record.cells.indices.contains(index) ? record.cells[index] : nil
    guard options.isShown(in: site) else {
      if options.include == false, let record, hasFailed(record), options.error != true {
        // What is meant to be hidden must not hide that the page below it is wrong.
        startLine()
        output += theme.templates.render(
          "cell", context(of: cell, index, record, failure(of: record, in: cell, options)))
      }
      return
    }
    var outputs = HTML()
    if let record {
      if options.warning != false { outputs += warnings(record.warnings, in: cell) }
      if options.output != false { outputs += render(record.outputs, of: cell, options) }
      outputs += failure(of: record, in: cell, options)
    } else if options.eval != false {
      outputs += failure(
        of: CellRecord(label: cell.label, line: cell.position.line, status: .skipped), in: cell, options)
    }
    var context = context(of: cell, index, record, outputs)
    if options.echo != false { context.listing = listing(of: cell, options) }
    guard context.listing != nil || context.hasOutputs else { return }
    startLine()
    output += theme.templates.render("cell", context)
  }

  private mutating func context(
    of cell: Cell, _ index: Int, _ record: CellRecord?, _ outputs: HTML
  ) -> CellContext {
    let status = record?.status ?? .skipped
    return CellContext(
      id: claimed(cell.options.label == nil ? nil : "cell-" + Numbering.id(cell.label)),
      index: index, status: status.rawValue,
      isOK: status == .ok, listing: nil, hasOutputs: !outputs.isEmpty,
      outputsLabel: wording.of("Output of \(cell.label)", "\(cell.label) 的输出"), outputs: outputs)
  }

  private mutating func listing(of cell: Cell, _ options: CellOptions) -> ListingContext? {
    // The option lines at the head are blank by now.
    let lines = cell.code.split(separator: "\n", omittingEmptySubsequences: false)
    let code = lines.drop { $0.allSatisfy(\.isWhitespace) }.joined(separator: "\n")
    guard !code.isEmpty else { return nil }
    let target = options.lstCap == nil ? nil : numbering.targets[Numbering.label(of: cell, kind: .listing)]
    let isFoldable = options.codeFold == .closed || options.codeFold == .open
    return ListingContext(
      listingID: claimed(target?.id), caption: options.lstCap.map { caption($0, target, of: cell) },
      isFoldable: isFoldable,
      isOpen: options.codeFold == .open, summary: options.codeSummary ?? wording.of("Code", "代码"),
      code: Highlighting.html(of: code))
  }

  private func hasFailed(_ record: CellRecord) -> Bool {
    record.status != .ok && record.status != .skipped
  }

  /// The outputs in their order, within numbered figures where the cell has captions.
  private mutating func render(_ outputs: [CellOutput], of cell: Cell, _ options: CellOptions) -> HTML {
    let outputs = outputs.filter { output in
      if case .text(let text) = output, text.stream == .stderr { return options.warning != false }
      return true
    }
    guard options.figCap != nil || options.tblCap != nil, options.eval != false else {
      return renderer(of: cell, alt: options.figAlt).html(of: outputs)
    }
    // What was printed on the way is not part of the figure; the rest is, tables apart where they have a
    // caption. They stand in the order in which the cell displayed them. A figure without content stands too, where its
    // cell failed: references lead to it.
    var printed: [CellOutput] = []
    var captioned: [(kind: NumberedKind, outputs: [CellOutput])] = []
    for output in outputs {
      let kind: NumberedKind
      switch output {
      case .text(let text) where text.stream == .stderr || outputs.contains { !$0.isText }:
        printed.append(output)
        continue
      case .table, .tensor: kind = options.tblCap != nil ? .table : .figure
      default: kind = options.figCap != nil ? .figure : .table
      }
      if let index = captioned.firstIndex(where: { $0.kind == kind }) {
        captioned[index].outputs.append(output)
      } else {
        captioned.append((kind, [output]))
      }
    }
    var result = renderer(of: cell, alt: nil).html(of: printed)
    let captions: [(NumberedKind, String?)] = [(.table, options.tblCap), (.figure, options.figCap)]
    for (kind, caption) in captions where caption != nil && !captioned.contains(where: { $0.kind == kind }) {
      captioned.append((kind, []))
    }
    for (kind, outputs) in captioned {
      let isTable = kind == .table
      result += figure(
        outputs, kind, caption: (isTable ? options.tblCap : options.figCap) ?? "", of: cell,
        alt: isTable ? nil : options.figAlt)
    }
    return result
  }

  private mutating func figure(
    _ outputs: [CellOutput], _ kind: NumberedKind, caption text: String, of cell: Cell, alt: String?
  ) -> HTML {
    let target = numbering.targets[Numbering.label(of: cell, kind: kind)]
    let content = renderer(of: cell, alt: alt).html(of: outputs)
    let caption: HTML = "<figcaption>\(self.caption(text, target, of: cell))</figcaption>\n"
    // A table's caption stands above it, a figure's below.
    return """
      <figure\(attribute: "id", claimed(target?.id)) class="\(kind == .table ? "table-figure" : "figure")">
      \(kind == .table ? caption : HTML())\(content)\(kind == .table ? HTML() : caption)</figure>

      """
  }

  private func renderer(of cell: Cell, alt: String?) -> OutputRenderer {
    OutputRenderer(templates: theme.templates, wording: wording, idPrefix: Numbering.id(cell.label), alt: alt)
  }
}

extension CellOutput {
  var isText: Bool {
    if case .text = self { return true }
    return false
  }
}
