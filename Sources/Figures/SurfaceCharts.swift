import CellOutputs
public import Tensors

/// The values of a function of two numbers, in colours over the plane, and ways through it: a loss and the paths
/// that optimizers take down to its minimum.
///
///     surfaceChart(x: -2...2, y: -1...3, label: "loss", paths: ["SGD": steps, "Adam": others]) { a, b in
///       (1 - a) * (1 - a) + 100 * (b - a * a) * (b - a * a)
///     }
///
/// - Parameters:
///   - resolution: at how many places of each axis the function is computed.
///   - label: what the values are.
///   - paths: places, by name.
///   - logarithmic: whether equal steps of colour are equal factors; by default where the values are not
///     negative and differ more than a hundredfold.
public func surfaceChart(
  x: ClosedRange<Double>, y: ClosedRange<Double>, resolution: Int = 61, label: String = "value",
  xLabel: String = "x", yLabel: String = "y", title: String? = nil,
  paths: KeyValuePairs<String, [(Double, Double)]> = [:], logarithmic: Bool? = nil,
  _ function: (Double, Double) -> Double
) -> Chart {
  let n = min(max(resolution, 2), 400)
  func place(_ range: ClosedRange<Double>, _ i: Int) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * Double(i) / Double(n - 1)
  }
  let values = (0..<n * n).map { Float(function(place(x, $0 % n), place(y, $0 / n))) }
  let finite = values.filter(\.isFinite)
  let least = finite.filter { $0 > 0 }.min() ?? 1
  let differs = !finite.contains { $0 < 0 } && (finite.max() ?? 0) > 100 * least
  let limits = (ChartOutput.Limits(x.lowerBound, x.upperBound), ChartOutput.Limits(y.lowerBound, y.upperBound))
  return Chart(
    output: ChartOutput(
      title: title, x: .init(label: xLabel, limits: limits.0), y: .init(label: yLabel, limits: limits.1),
      series: paths.map { name, points in
        ChartOutput.Series(name: name, x: points.map(\.0), y: points.map(\.1))
      },
      field: ChartOutput.Field(
        columns: n, rows: n, x: limits.0, y: limits.1, values: values.map(significant), label: label,
        isLogarithmic: logarithmic ?? differs)))
}

/// Where a classifier's answer changes: each place of the plane in the colour of its class, and the points.
///
///     decisionBoundary(points, labels: labels) { model($0) }
///
/// - Parameters:
///   - points: [n, 2], shown with their labels.
///   - x: the part of the plane that is shown; by default the points with a margin.
///   - resolution: at how many places of each axis the classifier is asked.
///   - classifier: for places [m, 2] the logits of the classes [m, classes], or one number [m] or [m, 1] for two
///     classes, above 0 for the second.
public func decisionBoundary(
  _ points: Tensor, labels: [Int], names: [String]? = nil, x: ClosedRange<Double>? = nil,
  y: ClosedRange<Double>? = nil, resolution: Int = 101, title: String? = nil, xLabel: String = "x₁",
  yLabel: String = "x₂", _ classifier: (Tensor) -> Tensor
) -> Chart {
  var chart = scatterChart(points, labels: labels, names: names, title: title, x: xLabel, y: yLabel)
  let n = min(max(resolution, 2), 400)
  let scalars = points.detached.scalars
  func limits(_ axis: Int, _ given: ClosedRange<Double>?) -> ChartOutput.Limits {
    if let given { return ChartOutput.Limits(given.lowerBound, given.upperBound) }
    let values = stride(from: axis, to: scalars.count, by: 2).map { Double(scalars[$0]) }.filter(\.isFinite)
    let (low, high) = (values.min() ?? -1, values.max() ?? 1)
    let margin = high > low ? (high - low) * 0.08 : 1
    return ChartOutput.Limits(low - margin, high + margin)
  }
  let (across, up) = (limits(0, x), limits(1, y))
  func place(_ limits: ChartOutput.Limits, _ i: Int) -> Float {
    Float(limits.low + (limits.high - limits.low) * Double(i) / Double(n - 1))
  }
  let grid = Tensor((0..<n * n).flatMap { [place(across, $0 % n), place(up, $0 / n)] }, shape: [n * n, 2])
  let answers = noGradient { classifier(grid) }
  if answers.rank == 0 || answers.shape[0] != n * n || answers.rank > 2 {
    stop("decisionBoundary: the classifier answered \(answers.shape) for \(grid.shape): [\(n * n), classes] is due")
  }
  let isSingle = answers.rank == 1 || answers.shape[1] == 1
  let classes =
    isSingle ? answers.scalars.map { $0 > 0 ? 1 : 0 } : noGradient { answers.argmax(axis: 1) }.integers
  let count = max(isSingle ? 2 : answers.shape[1], (labels.max() ?? 0) + 1)
  let labelNames = (0..<count).map { index in
    names.flatMap { $0.indices.contains(index) ? $0[index] : nil } ?? "class \(index)"
  }
  chart.output.x.limits = across
  chart.output.y.limits = up
  chart.output.field = ChartOutput.Field(
    columns: n, rows: n, x: across, y: up, values: classes.map(Float.init), classes: labelNames, label: "class")
  return chart
}

/// Four digits: finer than colours can tell, and short in the record.
private func significant(_ value: Float) -> Float {
  guard value.isFinite, value != 0 else { return value }
  var factor: Float = 1
  while abs(value) * factor < 1000, factor < 1e30 { factor *= 10 }
  while abs(value) * factor >= 10_000, factor > 1e-30 { factor /= 10 }
  guard factor >= 1 else { return value.rounded() }
  return (value * factor).rounded() / factor
}
