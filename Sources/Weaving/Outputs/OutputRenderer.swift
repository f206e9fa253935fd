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
    outputs.enumerated().map { index, output in
      html(of: output, id: "\(idPrefix).\(index + 1)", alt: alt)
    }.joined()
  }

  private func html(of output: CellOutput, id: String, alt: String?) -> HTML {
    switch output {
    case .text(let text): html(of: text)
    case .tensor(let tensor): html(of: tensor)
    case .table(let table): html(of: table)
    case .chart(let chart): html(of: chart, id: id, alt: alt)
    case .featureMap(let map): html(of: map, id: id, alt: alt)
    case .graph(let graph): html(of: graph, id: id, alt: alt)
    }
  }
}
