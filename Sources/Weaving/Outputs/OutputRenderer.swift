import CellOutputs

/// Renders a cell's outputs, each by its kind.
package struct OutputRenderer {
  let templates: TemplateLibrary
  let wording: Wording
  /// Makes the ids within drawings differ from cell to cell.
  let idPrefix: String
  /// What the author says that the first drawing shows; made from the data where there is nothing.
  let alt: String?

  func html(of outputs: [CellOutput]) -> HTML {
    html(of: outputs, id: idPrefix, alt: alt)
  }

  /// Outputs that stand together, in a cell, a frame or a group.
  func html(of outputs: [CellOutput], id: String, alt: String?) -> HTML {
    outputs.enumerated().map { index, output in
      html(of: output, id: "\(id).\(index + 1)", alt: alt)
    }.joined()
  }

  private func html(of output: CellOutput, id: String, alt: String?) -> HTML {
    switch output {
    case .text(let text): html(of: text)
    case .tensor(let tensor): html(of: tensor, id: id, alt: alt)
    case .table(let table): html(of: table)
    case .chart(let chart): html(of: chart, id: id, alt: alt)
    case .featureMap(let map): html(of: map, id: id, alt: alt)
    case .graph(let graph): html(of: graph, id: id, alt: alt)
    case .matrix(let matrix): html(of: matrix, id: id, alt: alt)
    case .grid(let grid): html(of: grid, id: id, alt: alt)
    case .picture(let picture): html(of: picture, alt: alt)
    case .scene(let scene): html(of: scene, id: id, alt: alt)
    case .frames(let frames): html(of: frames, id: id, alt: alt)
    case .group(let group): html(of: group, id: id, alt: alt)
    }
  }

  /// What an output says of itself, as a reader may see it.
  func altText(of output: some OutputContent) -> String {
    TerminalText.plain(output.altText(in: wording.isChinese ? .chinese : .english))
  }
}
