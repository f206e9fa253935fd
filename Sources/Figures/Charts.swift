public import CellOutputs
public import Tensors

/// A chart of lines, points or bars.
public struct Chart: CellDisplayable, CustomStringConvertible {
  public var output: ChartOutput
  public init(output: ChartOutput) { self.output = output }
  public var cellOutput: CellOutput { .chart(output) }
  public var description: String { output.plainText }

  /// This chart's series and another's in one; the axes are this one's.
  ///
  ///     lineChart(sin, over: -3...3, name: "sin") + lineChart(cos, over: -3...3, name: "cos")
  public static func + (a: Chart, b: Chart) -> Chart {
    var result = a
    result.output.series += b.output.series
    return result
  }
}

/// A number that a chart can show.
public protocol ChartNumber {
  var chartValue: Double { get }
}

extension Double: ChartNumber {
  public var chartValue: Double { self }
}

extension Float: ChartNumber {
  public var chartValue: Double { Double(self) }
}

extension Int: ChartNumber {
  public var chartValue: Double { Double(self) }
}

/// A line through values at 0, 1, 2, … or at the places `x`.
///
///     lineChart(losses, y: "loss", x: "step")
public func lineChart(
  _ values: [some ChartNumber], at places: [some ChartNumber] = [Double](), name: String? = nil,
  title: String? = nil,
  x: String = "x", y: String = "y", scale: ChartOutput.Scale = .automatic
) -> Chart {
  chart(.line, values, places, name ?? y, title, x, y, scale)
}

/// Several lines in one chart, by name, in the order given.
///
///     lineChart(["training": losses, "validation": others], x: "epoch", y: "loss")
public func lineChart(
  _ series: KeyValuePairs<String, [some ChartNumber]>, at places: [some ChartNumber] = [Double](),
  title: String? = nil, x: String = "x", y: String = "y", scale: ChartOutput.Scale = .automatic
) -> Chart {
  charts(.line, series, places, title, x, y, scale)
}

/// A line through the values of a function over a range; its shape is the point, so the scale is linear.
///
/// Where a name means a function of numbers and one of tensors, as `tanh` does, the one of tensors is taken.
@_disfavoredOverload
public func lineChart(
  _ function: (Double) -> Double, over range: ClosedRange<Double>, points: Int = 101, name: String? = nil,
  title: String? = nil, x: String = "x", y: String = "y", scale: ChartOutput.Scale = .linear
) -> Chart {
  let places = (0..<max(points, 2)).map {
    range.lowerBound + (range.upperBound - range.lowerBound) * Double($0) / Double(max(points, 2) - 1)
  }
  return chart(.line, places.map(function), places, name ?? y, title, x, y, scale)
}

/// A line through the values of a function of tensors, such as an activation, over a range, on a linear scale.
public func lineChart(
  _ function: (Tensor) -> Tensor, over range: ClosedRange<Double>, points: Int = 101, name: String? = nil,
  title: String? = nil, x: String = "x", y: String = "y", scale: ChartOutput.Scale = .linear
) -> Chart {
  let places = Tensor.linspace(Float(range.lowerBound), Float(range.upperBound), count: max(points, 2))
  return chart(
    .line, noGradient { function(places) }.scalars, places.scalars, name ?? y, title, x, y, scale)
}

/// A line through the values of a tensor.
public func lineChart(
  _ values: Tensor, at places: Tensor? = nil, name: String? = nil, title: String? = nil, x: String = "x",
  y: String = "y", scale: ChartOutput.Scale = .automatic
) -> Chart {
  chart(.line, values.scalars, places?.scalars ?? [], name ?? y, title, x, y, scale)
}

/// Points.
public func scatterChart(
  _ places: [some ChartNumber], _ values: [some ChartNumber], name: String? = nil, title: String? = nil,
  x: String = "x", y: String = "y"
) -> Chart {
  chart(.scatter, values, places, name ?? y, title, x, y, .automatic)
}

/// Points [n, 2] of several classes, a series for each class.
public func scatterChart(
  _ points: Tensor, labels: [Int], names: [String]? = nil, title: String? = nil, x: String = "x₁",
  y: String = "x₂"
) -> Chart {
  if points.rank != 2 || points.shape[1] != 2 || points.shape[0] != labels.count {
    stop(
      "scatterChart: points \(points.shape) with \(labels.count) labels: points need the shape [labels, 2]")
  }
  let values = points.scalars
  let series = Set(labels).sorted().map { label in
    let rows = labels.indices.filter { labels[$0] == label }
    return ChartOutput.Series(
      name: names.flatMap { $0.indices.contains(label) ? $0[label] : nil } ?? "class \(label)",
      mark: .scatter,
      x: rows.map { Double(values[2 * $0]) }, y: rows.map { Double(values[2 * $0 + 1]) })
  }
  return Chart(output: ChartOutput(title: title, x: .init(label: x), y: .init(label: y), series: series))
}

/// Bars at 0, 1, 2, … or at the places given.
public func barChart(
  _ values: [some ChartNumber], at places: [some ChartNumber] = [Double](), name: String? = nil,
  title: String? = nil,
  x: String = "x", y: String = "y"
) -> Chart {
  chart(.bar, values, places, name ?? y, title, x, y, .automatic)
}

private func chart(
  _ mark: ChartOutput.Mark, _ values: [some ChartNumber], _ places: [some ChartNumber], _ name: String,
  _ title: String?, _ x: String, _ y: String, _ scale: ChartOutput.Scale
) -> Chart {
  charts(mark, [name: values], places, title, x, y, scale)
}

private func charts(
  _ mark: ChartOutput.Mark, _ series: KeyValuePairs<String, [some ChartNumber]>, _ places: [some ChartNumber],
  _ title: String?, _ x: String, _ y: String, _ scale: ChartOutput.Scale
) -> Chart {
  Chart(
    output: ChartOutput(
      title: title, x: .init(label: x), y: .init(label: y, scale: scale),
      series: series.map { name, values in
        if !places.isEmpty && places.count != values.count {
          stop("\(mark)Chart: \(values.count) values of \(name) were given for \(places.count) places")
        }
        let xs = places.isEmpty ? values.indices.map(Double.init) : places.map(\.chartValue)
        return ChartOutput.Series(name: name, mark: mark, x: xs, y: values.map(\.chartValue))
      }))
}
