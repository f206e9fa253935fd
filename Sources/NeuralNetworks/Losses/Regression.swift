import Tensors

/// (prediction − target)², by default the mean over all elements.
public func meanSquaredError(_ prediction: Tensor, _ target: Tensor, reduction: Reduction = .mean) -> Tensor {
  let difference = difference("meanSquaredError", prediction, target)
  return square(difference).reduced(reduction)
}

/// |prediction − target|, by default the mean over all elements.
public func meanAbsoluteError(_ prediction: Tensor, _ target: Tensor, reduction: Reduction = .mean) -> Tensor
{
  abs(difference("meanAbsoluteError", prediction, target)).reduced(reduction)
}

/// ½ d² where |d| ≤ delta, delta (|d| − ½ delta) beyond, for d = prediction − target; delta is 1 by default.
public func huber(_ prediction: Tensor, _ target: Tensor, delta: Float = 1, reduction: Reduction = .mean)
  -> Tensor
{
  let d = abs(difference("huber", prediction, target))
  let inner = clamp(d, maximum: delta)
  return (inner * (d - 0.5 * inner)).reduced(reduction)
}

/// ½ d² / beta where |d| < beta, |d| − ½ beta beyond, for d = prediction − target; beta is 1 by default.
public func smoothL1(_ prediction: Tensor, _ target: Tensor, beta: Float = 1, reduction: Reduction = .mean)
  -> Tensor
{
  beta == 0
    ? meanAbsoluteError(prediction, target, reduction: reduction)
    : huber(prediction, target, delta: beta, reduction: reduction) / beta
}

/// max(0, 1 − target · score) for targets −1 and 1, by default the mean.
public func hinge(_ score: Tensor, _ target: Tensor, reduction: Reduction = .mean) -> Tensor {
  checkShapes("hinge", score, target)
  return relu(1 - score * target).reduced(reduction)
}

/// prediction − target, of one shape: PyTorch only warns where shapes differ, and then means something else.
private func difference(_ name: String, _ prediction: Tensor, _ target: Tensor) -> Tensor {
  checkShapes(name, prediction, target)
  return prediction - target
}

/// Stops where a prediction and its target have different shapes.
func checkShapes(_ name: String, _ prediction: Tensor, _ target: Tensor) {
  if prediction.shape != target.shape {
    shapeError(
      name, prediction.shape, target.shape, joinedBy: "with target",
      rule: "prediction and target must have the same shape")
  }
  if prediction.count == 0 { stop("\(name): the batch is empty: there is no loss without examples") }
}

extension Tensor {
  /// Losses made one number.
  func reduced(_ reduction: Reduction) -> Tensor {
    switch reduction {
    case .mean: mean()
    case .sum: sum()
    case .none: self
    }
  }
}
