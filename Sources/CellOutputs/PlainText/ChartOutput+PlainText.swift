extension ChartOutput {
  /// The title, and for each series a line of bars, its range and its values (of many, about twenty of them).
  public var plainText: String {
    var lines = title.map { [$0] } ?? []
    lines.append("\(y.label) against \(x.label)\(y.scale == .logarithmic ? " (logarithmic)" : "")")
    for series in series {
      lines.append("\(series.name): \(series.sparkline(y.scale))")
      let step = max(1, (series.y.count + 19) / 20)
      for i in stride(from: 0, to: min(series.x.count, series.y.count), by: step) {
        lines.append("  \(spoken(series.x[i]))  \(spoken(series.y[i]))")
      }
    }
    return lines.joined(separator: "\n")
  }

  /// "Loss falls from 2.30 to 0.410 between epoch 1 and 5."
  public var altText: String {
    let sentences = series.prefix(6).map { $0.sentence(x.label, y.label) }
    let rest = series.count > 6 ? " And \(series.count - 6) series more." : ""
    return ((title.map { [$0 + "."] } ?? []) + sentences).joined(separator: " ") + rest
  }
}

extension ChartOutput.Series {
  /// The values as bars of eight heights, at most 60 of them.
  fileprivate func sparkline(_ scale: ChartOutput.Scale) -> String {
    let bars = Array("▁▂▃▄▅▆▇█")
    var values = y.filter(\.isFinite)
    if scale == .logarithmic { values = values.filter { $0 > 0 }.map(logarithm) }
    guard let low = values.min(), let high = values.max() else { return "" }
    let step = max(1, (values.count + 59) / 60)
    return String(
      stride(from: 0, to: values.count, by: step).map { i in
        high > low ? bars[min(7, Int((values[i] - low) / (high - low) * 8))] : bars[3]
      })
  }

  fileprivate func sentence(_ xLabel: String, _ yLabel: String) -> String {
    let points = zip(x, y).filter { $0.1.isFinite }
    guard let first = points.first, let last = points.last else { return "\(name): no finite values." }
    switch mark {
    case .scatter:
      let (xs, ys) = (points.map(\.0), points.map(\.1))
      return
        "\(name): \(points.count) points, \(xLabel) from \(spoken(xs.min()!)) to \(spoken(xs.max()!)), \(yLabel) from \(spoken(ys.min()!)) to \(spoken(ys.max()!))."
    case .bar:
      let best = points.max { $0.1 < $1.1 }!
      return "\(name): \(points.count) bars, the highest \(spoken(best.1)) at \(xLabel) \(spoken(best.0))."
    case .line:
      if points.count == 1 { return "\(name): \(spoken(first.1)) at \(xLabel) \(spoken(first.0))." }
      let verb = last.1 < first.1 ? "falls" : last.1 > first.1 ? "rises" : "goes"
      let (low, high) = (points.map(\.1).min()!, points.map(\.1).max()!)
      let (ends, margin) = ([first.1, last.1], (high - low) * 0.02)
      var extremes = ""
      if low < ends.min()! - margin { extremes += ", with a low of \(spoken(low))" }
      if high > ends.max()! + margin { extremes += ", with a high of \(spoken(high))" }
      return
        "\(name) \(verb) from \(spoken(first.1)) to \(spoken(last.1)) between \(xLabel) \(spoken(first.0)) and \(spoken(last.0))\(extremes)."
    }
  }
}

/// A rough logarithm to base 2, enough for a bar's height: exponent and mantissa.
private func logarithm(_ value: Double) -> Double { Double(value.exponent) + value.significand - 1 }
