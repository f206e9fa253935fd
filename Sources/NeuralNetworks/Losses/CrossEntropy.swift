import Tensors

/// How the losses of many examples become one number.
public enum Reduction: String, Sendable {
  /// Their mean, the default.
  case mean
  /// Their sum.
  case sum
  /// No reduction: a loss for each.
  case none
}

/// The cross-entropy of logits and class labels: −ln softmax(logits)[label], by default the mean over the
/// examples.
///
///     crossEntropy([[1, 2, 3]], [2])   // tensor(0.4076)
///
/// - Parameters:
///   - logits: [classes], [N, classes], or [N, classes, d₁, …], before any softmax.
///   - labels: a class from 0 for each example.
///   - weight: [classes], how much each class counts; the mean is then the weighted one.
///   - ignoreIndex: the label of examples that do not count, −100 by default.
///   - labelSmoothing: the share of probability that is spread evenly over all classes, 0 by default.
public func crossEntropy(
  _ logits: Tensor, _ labels: [Int], weight: Tensor? = nil, ignoreIndex: Int = -100,
  labelSmoothing: Float = 0,
  reduction: Reduction = .mean
) -> Tensor {
  let rows = classRows("crossEntropy", logits, labels.count)
  return classLoss(
    "crossEntropy", logSoftmax(rows), labels, weight, ignoreIndex, labelSmoothing, reduction)
}

/// The cross-entropy with labels as a tensor of whole numbers, one for each example, or with probabilities of
/// the logits' own shape.
public func crossEntropy(
  _ logits: Tensor, _ target: Tensor, weight: Tensor? = nil, ignoreIndex: Int = -100,
  labelSmoothing: Float = 0,
  reduction: Reduction = .mean
) -> Tensor {
  if target.shape != logits.shape || logits.rank == 0 {
    return crossEntropy(
      logits, labelled("crossEntropy", logits, target), weight: weight, ignoreIndex: ignoreIndex,
      labelSmoothing: labelSmoothing, reduction: reduction)
  }
  let axis = logits.rank == 1 ? 0 : 1
  let classes = Float(logits.shape[axis])
  var goal = labelSmoothing == 0 ? target : target * (1 - labelSmoothing) + labelSmoothing / classes
  if let weight {
    goal =
      goal
      * (logits.rank <= 2
        ? weight : weight.reshape([logits.shape[1]] + [Int](repeating: 1, count: logits.rank - 2)))
  }
  let losses = -(goal * logSoftmax(logits, axis: axis)).sum(axis: axis)
  switch reduction {
  case .none: return losses
  case .sum: return losses.sum()
  case .mean: return losses.sum() / Float(losses.count)
  }
}

/// The loss of log-probabilities and class labels: −logProbabilities[label], by default the mean over the
/// examples. The parameters are those of `crossEntropy`.
public func negativeLogLikelihood(
  _ logProbabilities: Tensor, _ labels: [Int], weight: Tensor? = nil, ignoreIndex: Int = -100,
  reduction: Reduction = .mean
) -> Tensor {
  let rows = classRows("negativeLogLikelihood", logProbabilities, labels.count)
  return classLoss("negativeLogLikelihood", rows, labels, weight, ignoreIndex, 0, reduction)
}

/// The same with labels as a tensor of whole numbers, one for each example.
public func negativeLogLikelihood(
  _ logProbabilities: Tensor, _ labels: Tensor, weight: Tensor? = nil, ignoreIndex: Int = -100,
  reduction: Reduction = .mean
) -> Tensor {
  negativeLogLikelihood(
    logProbabilities, labelled("negativeLogLikelihood", logProbabilities, labels), weight: weight,
    ignoreIndex: ignoreIndex, reduction: reduction)
}

/// Labels of a tensor that holds one for each example.
private func labelled(_ name: String, _ logits: Tensor, _ target: Tensor) -> [Int] {
  var expected = logits.shape
  if expected.count == 1 { expected = [] } else if expected.count > 1 { expected.remove(at: 1) }
  if target.shape != expected && target.count != 1 {
    shapeError(
      name, logits.shape, target.shape, joinedBy: "with labels",
      rule:
        "the labels need the shape \(expected), one for each example, or, as probabilities, the shape \(logits.shape)"
    )
  }
  return target.integers
}

/// Logits as one row for each label: the class axis last.
private func classRows(_ name: String, _ logits: Tensor, _ labels: Int) -> Tensor {
  if logits.rank == 0 { stop("\(name): the logits are a scalar; they need an axis of classes") }
  var rows = logits
  if logits.rank == 1 { rows = logits.unsqueeze(axis: 0) }
  if logits.rank > 2 {
    let order = [0] + Array(2..<logits.rank) + [1]
    rows = logits.permute(order).reshape(-1, logits.shape[1])
  }
  if rows.shape[0] != labels {
    stop("\(name): logits \(logits.shape) hold \(rows.shape[0]) examples, but there are \(labels) labels")
  }
  if labels == 0 { stop("\(name): the batch is empty: there is no loss without examples") }
  return rows
}

/// −Σ wₗ · log p[l], smoothed, over rows of log-probabilities.
private func classLoss(
  _ name: StaticString, _ rows: Tensor, _ labels: [Int], _ weight: Tensor?, _ ignoreIndex: Int,
  _ smoothing: Float,
  _ reduction: Reduction
) -> Tensor {
  let classes = rows.shape[1]
  if let weight, weight.shape != [classes] {
    stop("\(name): a weight of shape \(weight.shape) was given for \(classes) classes")
  }
  for label in labels where label != ignoreIndex && (label < 0 || label >= classes) {
    stop("\(name): label \(label) is not among the \(classes) classes 0…\(classes - 1)")
  }
  let weights = weight?.scalars
  // How much each log-probability counts: the loss is −Σ share · log p, so that −share is its gradient too.
  let shares = Tensor.zeros(rows.shape)
  var losses = [Float](repeating: 0, count: labels.count)
  var total: Float = 0
  for (row, label) in labels.enumerated() where label != ignoreIndex {
    let at = row * classes
    let weight = weights?[label] ?? 1
    shares.pointer[at + label] += (1 - smoothing) * weight
    total += weight
    if smoothing > 0 {
      for c in 0..<classes { shares.pointer[at + c] += smoothing / Float(classes) * (weights?[c] ?? 1) }
    }
    for c in 0..<classes where shares.pointer[at + c] != 0 {
      losses[row] -= shares.pointer[at + c] * rows.pointer[at + c]
    }
  }
  let result: Tensor
  let scale: Float
  switch reduction {
  case .none:
    scale = 1
    result = Tensor(losses)
  case .sum, .mean:
    scale = reduction == .mean ? 1 / total : 1
    result = Tensor(losses.reduce(0, +) * scale)
  }
  return result.recorded(name, from: rows) { g in
    rows.receive(
      reduction == .none
        ? -(shares * g.reshape(labels.count, 1)) : shares * (-scale * g.item))
  }
}
