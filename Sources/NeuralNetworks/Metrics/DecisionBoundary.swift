public import Figures
public import Tensors

/// Points [n, 2] of several classes, and each place of the plane in the colour of a model's answer.
///
///     decisionBoundary(moons) { model($0) }
///
/// - Parameters:
///   - resolution: at how many places of each axis the model is asked.
///   - model: logits [m, classes] for points [m, 2].
public func decisionBoundary(
  _ data: Dataset, resolution: Int = 101, title: String? = nil, _ model: (Tensor) -> Tensor
) -> Chart {
  decisionBoundary(
    data.inputs, labels: data.labels, names: data.classNames, resolution: resolution, title: title, model)
}
