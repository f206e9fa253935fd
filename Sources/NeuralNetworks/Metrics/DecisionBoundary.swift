import CellOutputs
public import Figures
import Tensors

/// Points [n, 2] of several classes, and where a model's answer changes from one class to another.
///
/// - Parameters:
///   - resolution: how finely the plane is looked at, 80 steps by default.
///   - model: logits [m, classes] for points [m, 2].
public func decisionBoundary(
  _ data: Dataset, resolution: Int = 80, title: String? = nil, _ model: (Tensor) -> Tensor
) -> Chart {
  var chart = scatterChart(data.inputs, labels: data.labels, names: data.classNames, title: title)
  let n = Swift.max(resolution, 2)
  let (low, high) = noGradient { (data.inputs.min(axis: 0).scalars, data.inputs.max(axis: 0).scalars) }
  func place(_ axis: Int, _ i: Int) -> Float {
    let margin = (high[axis] - low[axis]) * 0.1
    return low[axis] - margin + (high[axis] - low[axis] + 2 * margin) * Float(i) / Float(n - 1)
  }
  let grid = Tensor((0..<n * n).flatMap { [place(0, $0 % n), place(1, $0 / n)] }, shape: [n * n, 2])
  let classes = noGradient { model(grid).argmax(axis: 1) }.integers
  var (xs, ys) = ([Double](), [Double]())
  for row in 0..<n {
    for column in 0..<n {
      let here = classes[row * n + column]
      if column + 1 < n, classes[row * n + column + 1] != here {
        xs.append(Double(place(0, column) + place(0, column + 1)) / 2)
        ys.append(Double(place(1, row)))
      } else if row + 1 < n, classes[(row + 1) * n + column] != here {
        xs.append(Double(place(0, column)))
        ys.append(Double(place(1, row) + place(1, row + 1)) / 2)
      }
    }
  }
  chart.output.series.append(ChartOutput.Series(name: "boundary", mark: .scatter, x: xs, y: ys))
  return chart
}
