public import CellOutputs
public import Tensors

/// How often values fall into each of some bins of equal width.
///
///     histogram(weights, bins: 20, x: "weight")
///
/// - Parameters:
///   - bins: how many; by default about the square root of the number of values, from 5 to 40.
///   - range: what the bins cover; by default from the smallest to the largest value. What lies outside is not
///     counted.
public func histogram(
  _ values: [some ChartNumber], bins: Int? = nil, range: ClosedRange<Double>? = nil, name: String = "count",
  title: String? = nil, x: String = "value", y: String = "count"
) -> Chart {
  let finite = values.map(\.chartValue).filter(\.isFinite)
  let (least, greatest) = (range?.lowerBound ?? finite.min() ?? 0, range?.upperBound ?? finite.max() ?? 1)
  // A single value has a bin around it.
  let (low, high) = greatest > least ? (least, greatest) : (least - 0.5, greatest + 0.5)
  let root = Int(Double(finite.count).squareRoot().rounded(.up))
  let count = min(max(bins ?? min(max(root, 5), 40), 1), 1000)
  var counts = [Double](repeating: 0, count: count)
  for value in finite where value >= low && value <= high {
    // Halved, since the distance of two huge numbers may be no number.
    let share = (value / 2 - low / 2) / (high / 2 - low / 2)
    counts[min(count - 1, Int(share * Double(count)))] += 1
  }
  func middle(_ bin: Int) -> Double {
    let share = (Double(bin) + 0.5) / Double(count)
    return low * (1 - share) + high * share
  }
  return Chart(
    output: ChartOutput(
      title: title, x: .init(label: x), y: .init(label: y),
      series: [
        ChartOutput.Series(
          name: name, mark: .histogram, x: counts.indices.map(middle), y: counts)
      ]))
}

/// How often a tensor's values fall into each of some bins of equal width.
public func histogram(
  _ values: Tensor, bins: Int? = nil, range: ClosedRange<Double>? = nil, title: String? = nil,
  x: String = "value", y: String = "count"
) -> Chart {
  histogram(values.detached.scalars, bins: bins, range: range, title: title, x: x, y: y)
}

/// Bars with names.
///
///     barChart(["SimpleCNN": 421_642, "MLP": 101_770], x: "network", y: "parameters")
public func barChart(
  _ values: KeyValuePairs<String, some ChartNumber>, name: String? = nil, title: String? = nil,
  x: String = "", y: String = "value"
) -> Chart {
  Chart(
    output: ChartOutput(
      title: title, x: .init(label: x, categories: values.map(\.key)), y: .init(label: y),
      series: [
        ChartOutput.Series(
          name: name ?? y, mark: .bar, x: values.indices.map { Double($0) }, y: values.map(\.value.chartValue))
      ]))
}

/// The mean of several runs, such as those of several seeds, with a band of one standard deviation around it.
///
///     meanChart(["SARSA": runs, "Q-learning": others], x: "episode", y: "return")
///
/// Runs of different lengths count as far as the shortest of them goes.
public func meanChart(
  _ runs: KeyValuePairs<String, [[Double]]>, title: String? = nil, x: String = "step", y: String = "value",
  scale: ChartOutput.Scale = .automatic
) -> Chart {
  Chart(
    output: ChartOutput(
      title: title, x: .init(label: x), y: .init(label: y, scale: scale),
      series: runs.map { name, runs in meanSeries(name, runs) }))
}

/// The mean of several runs, and a band of one standard deviation (n − 1) around it.
package func meanSeries(_ name: String, _ runs: [[Double]]) -> ChartOutput.Series {
  let count = runs.map(\.count).min() ?? 0
  let n = Double(runs.count)
  let means = (0..<count).map { t in runs.reduce(0) { $0 + $1[t] } / n }
  let deviations = (0..<count).map { t in
    let squares = runs.reduce(0) { $0 + ($1[t] - means[t]) * ($1[t] - means[t]) }
    return n > 1 ? (squares / (n - 1)).squareRoot() : 0
  }
  let band = ChartOutput.Band(
    low: zip(means, deviations).map { $0 - $1 }, high: zip(means, deviations).map { $0 + $1 })
  return ChartOutput.Series(
    name: name, x: means.indices.map { Double($0) }, y: means, band: runs.count > 1 ? band : nil)
}

extension Chart {
  /// The chart with each line replaced by the mean of the last `width` values, the values themselves faint
  /// behind it.
  ///
  ///     lineChart(losses, x: "step", y: "loss").smoothed(over: 20)
  public func smoothed(over width: Int) -> Chart {
    var chart = self
    for index in chart.output.series.indices where chart.output.series[index].mark == .line {
      let values = chart.output.series[index].y
      chart.output.series[index].raw = values
      chart.output.series[index].y = movingAverage(values, width)
    }
    return chart
  }
}

/// The mean of the last `width` values at each place.
package func movingAverage(_ values: [Double], _ width: Int) -> [Double] {
  if width <= 1 { return values }
  var sum = 0.0
  return values.indices.map { i in
    sum += values[i]
    if i >= width { sum -= values[i - width] }
    return sum / Double(min(i + 1, width))
  }
}
