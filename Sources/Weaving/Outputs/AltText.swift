import CellOutputs

extension CellOutput {
  /// What the output shows, in a sentence or two made from its data.
  var altText: String {
    switch self {
    case .chart(let chart): chart.altText
    default: plainText
    }
  }
}

extension ChartOutput {
  fileprivate var altText: String {
    series.map { series in
      let points = zip(series.x, series.y).filter { $0.isFinite && $1.isFinite }
      guard let first = points.first, let last = points.last else { return "\(series.name): no data" }
      let low = points.map(\.1).min() ?? 0
      let high = points.map(\.1).max() ?? 0
      guard series.mark == .line else {
        return "\(series.name): \(points.count) values from \(Numbers.short(low)) to \(Numbers.short(high))."
      }
      let verb = last.1 > first.1 ? "rises" : last.1 < first.1 ? "falls" : "stays"
      return """
        \(series.name) \(verb) from \(Numbers.short(first.1)) to \(Numbers.short(last.1)) \
        as \(x.label) goes from \(Numbers.short(first.0)) to \(Numbers.short(last.0)).
        """
    }.joined(separator: " ")
  }
}
