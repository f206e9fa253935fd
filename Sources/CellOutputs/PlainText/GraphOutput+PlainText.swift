extension GraphOutput: OutputContent {
  public static let kind = "graph"

  /// The nodes column by column with their details, and where each one's edges come from.
  public var plainText: String {
    var lines = title.map { [$0] } ?? []
    let names = Dictionary(nodes.map { ($0.id, $0.label) }, uniquingKeysWith: { first, _ in first })
    let layers = arrangement == .ring ? [nil] : Set(nodes.map(\.layer)).sorted().map(Optional.some)
    for layer in layers {
      if let layer { lines.append("column \(layer + 1):") }
      for node in nodes where layer == nil || node.layer == layer {
        let details = node.details.isEmpty ? "" : " (\(node.details.joined(separator: ", ")))"
        let sources = edges.filter { $0.to == node.id }.map { edge in
          (names[edge.from] ?? edge.from) + (edge.label.map { " [\($0)]" } ?? "")
        }
        lines.append(
          "  \(node.label)\(details)" + (sources.isEmpty ? "" : " ← \(sources.joined(separator: ", "))"))
      }
    }
    return lines.joined(separator: "\n")
  }

  /// "A graph of 7 nodes in 4 columns and 8 edges; it ends in E (0.298)."
  public func altText(in language: OutputLanguage) -> String {
    if arrangement == .ring { return states(language) }
    let columns = Set(nodes.map(\.layer)).count
    var text = language.of(
      "A graph of \(nodes.count) nodes in \(columns) columns and \(edges.count) edges",
      "\(nodes.count) 个节点（\(columns) 列）、\(edges.count) 条边的图")
    let sources = Set(edges.map(\.from))
    let ends = nodes.filter { !sources.contains($0.id) }
    if ends.count == 1, let end = ends.first {
      let value = end.details.first
      text += language.of(
        "; it ends in \(end.label)\(value.map { " (\($0))" } ?? "")",
        "，终点为 \(end.label)\(value.map { "（\($0)）" } ?? "")")
    }
    return (title.map { $0 + language.of(". ", "。") } ?? "") + text + language.of(".", "。")
  }

  /// "A graph of 3 states. From sunny: 0.8 to sunny, 0.2 to rainy. …"
  private func states(_ language: OutputLanguage) -> String {
    let names = Dictionary(nodes.map { ($0.id, $0.label) }, uniquingKeysWith: { first, _ in first })
    let ways = nodes.prefix(8).compactMap { node -> String? in
      let own = edges.filter { $0.from == node.id }.map { edge in
        let label = edge.label.map { $0 + language.of(" ", "") } ?? ""
        return label + language.of("to ", "到 ") + (names[edge.to] ?? edge.to)
      }
      if own.isEmpty { return nil }
      return language.of(
        "From \(node.label): \(own.joined(separator: ", ")).", "从 \(node.label)：\(own.joined(separator: "，"))。")
    }
    let head = title.map { [$0 + language.of(".", "。")] } ?? []
    let count = language.of("A graph of \(nodes.count) states.", "\(nodes.count) 个状态的图。")
    let rest = nodes.count > 8 ? [language.of("…", "……")] : []
    return (head + [count] + ways + rest).joined(separator: language.of(" ", ""))
  }
}
