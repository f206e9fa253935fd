extension ChartOutput: OutputContent {
  public static let kind = "chart"

  /// The title, and for each series a line of bars and its values (of many, about twenty of them).
  public var plainText: String {
    var lines = title.map { [$0] } ?? []
    if let field { lines += field.art }
    guard !series.isEmpty else { return lines.joined(separator: "\n") }
    lines.append(
      "\(y.label) against \(x.label)\(resolvedScale == .logarithmic ? " (logarithmic)" : "")")
    for series in series {
      let isCurve = series.mark != .scatter && field == nil
      lines.append(isCurve ? "\(series.name): \(series.sparkline(resolvedScale))" : "\(series.name):")
      let count = min(series.x.count, series.y.count)
      let step = max(1, (count + 19) / 20)
      for i in stride(from: 0, to: count, by: step) {
        lines.append("  \(xText(series.x[i]))  \(spoken(series.y[i]))\(series.bandText(i))")
      }
    }
    return lines.joined(separator: "\n")
  }

  /// "Loss falls from 2.30 to 0.410 between epoch 1 and 5."
  public func altText(in language: OutputLanguage) -> String {
    let limit = field == nil ? 6 : 3
    let sentences = series.prefix(limit).map { sentence($0, language) }
    let rest =
      series.count > limit
      ? [language.of("And \(series.count - limit) series more.", "另有 \(series.count - limit) 个系列。")] : []
    let head = title.map { [$0 + language.of(".", "。")] } ?? []
    return (head + [field?.sentence(x.label, y.label, language)].compactMap { $0 } + sentences + rest)
      .joined(separator: language.of(" ", ""))
  }

  /// The scale of y: what `automatic` means for these data.
  public var resolvedScale: Scale {
    guard y.scale == .automatic else { return y.scale }
    // Bars stand on zero, and points may be anything.
    guard field == nil, !series.isEmpty, series.allSatisfy({ $0.mark == .line }) else { return .linear }
    let values = series.flatMap(\.y).filter(\.isFinite)
    guard let least = values.min(), let greatest = values.max(), least > 0 else { return .linear }
    return greatest / least > 100 ? .logarithmic : .linear
  }

  /// A place on the x axis in words: its category, or the number.
  fileprivate func xText(_ value: Double) -> String {
    guard let categories = x.categories, value.isFinite, value == value.rounded(),
      let index = Int(exactly: value), categories.indices.contains(index)
    else { return spoken(value) }
    return categories[index]
  }

  private func sentence(_ series: Series, _ language: OutputLanguage) -> String {
    let name = series.name
    let points = zip(series.x, series.y).filter { $0.1.isFinite }
    guard let first = points.first, let last = points.last else {
      return language.of("\(name): no finite values.", "\(name)：没有有限值。")
    }
    let (xs, ys) = (points.map(\.0), points.map(\.1))
    let (low, high) = (spoken(ys.min()!), spoken(ys.max()!))
    func places(_ verb: String, _ chinese: String) -> String {
      language.of(
        "\(name): \(points.count) \(verb), \(x.label) from \(xText(xs.min()!)) to \(xText(xs.max()!)), \(y.label) from \(low) to \(high).",
        "\(name)：\(points.count) \(chinese)，\(x.label)从 \(xText(xs.min()!)) 到 \(xText(xs.max()!))，\(y.label)从 \(low) 到 \(high)。"
      )
    }
    switch series.mark {
    case .scatter: return places(points.count == 1 ? "point" : "points", "个点")
    case .line where field != nil:
      return language.of(
        "\(name) leads from (\(spoken(first.0)), \(spoken(first.1))) to (\(spoken(last.0)), \(spoken(last.1))).",
        "\(name)从 (\(spoken(first.0)), \(spoken(first.1))) 到 (\(spoken(last.0)), \(spoken(last.1)))。")
    case .bar, .histogram:
      let best = points.max { $0.1 < $1.1 }!
      let bars = points.count == 1 ? "bar" : "bars"
      return language.of(
        "\(name): \(points.count) \(bars), the highest \(spoken(best.1)) at \(x.label) \(xText(best.0)).",
        "\(name)：\(points.count) 根柱，最高 \(spoken(best.1))（\(x.label) \(xText(best.0))）。")
    case .line:
      return line(name, points, language)
    }
  }

  private func line(_ name: String, _ points: [(Double, Double)], _ language: OutputLanguage) -> String {
    let (first, last) = (points[0], points[points.count - 1])
    if points.count == 1 {
      return language.of(
        "\(name): \(spoken(first.1)) at \(x.label) \(xText(first.0)).",
        "\(name)：\(x.label) \(xText(first.0)) 时为 \(spoken(first.1))。")
    }
    let values = points.map(\.1)
    let (low, high) = (values.min()!, values.max()!)
    let (from, to) = (xText(first.0), xText(last.0))
    if low == high {
      return language.of(
        "\(name) stays at \(spoken(low)) between \(x.label) \(from) and \(to).",
        "\(x.label)从 \(from) 到 \(to) 时，\(name)保持为 \(spoken(low))。")
    }
    let verb =
      last.1 < first.1
      ? language.of("falls", "下降") : last.1 > first.1 ? language.of("rises", "上升") : language.of("goes", "变化")
    let (ends, margin) = ([first.1, last.1], (high - low) * 0.02)
    var extremes = ""
    if low < ends.min()! - margin {
      extremes += language.of(", with a low of \(spoken(low))", "，最低 \(spoken(low))")
    }
    if high > ends.max()! + margin {
      extremes += language.of(", with a high of \(spoken(high))", "，最高 \(spoken(high))")
    }
    return language.of(
      "\(name) \(verb) from \(spoken(first.1)) to \(spoken(last.1)) between \(x.label) \(from) and \(to)\(extremes).",
      "\(x.label)从 \(from) 到 \(to) 时，\(name)从 \(spoken(first.1)) \(verb)到 \(spoken(last.1))\(extremes)。")
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
        // Halved, since the distance of two huge numbers may be no number.
        high > low ? bars[min(7, Int((values[i] / 2 - low / 2) / (high / 2 - low / 2) * 8))] : bars[3]
      })
  }

  /// " (0.31 … 0.55)".
  fileprivate func bandText(_ i: Int) -> String {
    guard let band, band.low.indices.contains(i), band.high.indices.contains(i) else { return "" }
    return " (\(spoken(band.low[i])) … \(spoken(band.high[i])))"
  }
}

/// A rough logarithm to base 2, enough for a bar's height: exponent and mantissa.
private func logarithm(_ value: Double) -> Double { Double(value.exponent) + value.significand - 1 }
