import CellOutputs

extension OutputRenderer {
  func html(of output: GraphOutput, id: String, alt: String?) -> HTML {
    let graph = output.readable
    let title = graph.title ?? wording.of("Graph of \(graph.nodes.count) nodes", "\(graph.nodes.count) 个节点的图")
    let items = graph.items
    return templates.render(
      "graph",
      GraphContext(
        drawing: GraphDrawing(graph).svg(
          id: id, title: title, description: alt ?? altText(of: graph)),
        label: title, dataLabel: wording.of("As a list", "列表形式"), items: items))
  }
}

extension GraphOutput {
  fileprivate var readable: GraphOutput {
    GraphOutput(
      title: title.map(TerminalText.plain), arrangement: arrangement,
      nodes: nodes.map {
        Node(
          id: $0.id, label: TerminalText.plain($0.label), details: $0.details.map(TerminalText.plain),
          layer: $0.layer)
      },
      edges: edges.map { Edge(from: $0.from, to: $0.to, label: $0.label.map(TerminalText.plain)) })
  }

  /// The nodes with what they hold, then the edges.
  fileprivate var items: [String] {
    let labels = Dictionary(nodes.map { ($0.id, $0.label) }, uniquingKeysWith: { first, _ in first })
    let nodes = nodes.map {
      $0.details.isEmpty ? $0.label : "\($0.label): \($0.details.joined(separator: ", "))"
    }
    let edges = edges.map { edge in
      "\(labels[edge.from] ?? edge.from) → \(labels[edge.to] ?? edge.to)"
        + (edge.label.map { ": \($0)" } ?? "")
    }
    return nodes + edges
  }
}
