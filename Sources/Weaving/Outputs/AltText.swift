import CellOutputs

extension ChartOutput {
  /// What the chart shows, made from its data, in the page's language.
  func altText(_ wording: Wording) -> String {
    guard wording.isChinese else { return altText }
    return series.map { series in
      let points = zip(series.x, series.y).filter { $0.1.isFinite }
      guard let first = points.first, let last = points.last else { return "\(series.name)：没有数据。" }
      func number(_ value: Double) -> String { Numbers.short(value, digits: 3) }
      let values = points.map(\.1)
      guard series.mark == .line else {
        let range = "\(number(values.min() ?? 0)) 到 \(number(values.max() ?? 0))"
        return "\(series.name)：\(points.count) 个值，\(y.label)从 \(range)。"
      }
      let verb = last.1 < first.1 ? "下降" : last.1 > first.1 ? "上升" : "变化"
      return """
        \(series.name)：\(x.label)从 \(number(first.0)) 到 \(number(last.0)) 时，\
        \(y.label)从 \(number(first.1)) \(verb)到 \(number(last.1))。
        """
    }.joined()
  }
}

extension GraphOutput {
  /// What the graph shows, in the page's language.
  func altText(_ wording: Wording) -> String {
    wording.isChinese ? "\(nodes.count) 个节点、\(edges.count) 条边的图。" : altText
  }
}
