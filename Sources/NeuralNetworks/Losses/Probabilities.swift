import Tensors

/// −(t ln p + (1 − t) ln(1 − p)) for probabilities p; the logarithms are kept above −100, as in PyTorch.
public func binaryCrossEntropy(
  _ probability: Tensor, _ target: Tensor, weight: Tensor? = nil, reduction: Reduction = .mean
) -> Tensor {
  checkShapes("binaryCrossEntropy", probability, target)
  for p in probability.scalars where !(p >= 0 && p <= 1) {
    stop(
      "binaryCrossEntropy: \(p) is no probability: it must be from 0 to 1. For logits there is binaryCrossEntropyWithLogits"
    )
  }
  let losses =
    -(target * clamp(log(probability), minimum: -100) + (1 - target)
      * clamp(log(1 - probability), minimum: -100))
  return (weight.map { losses * $0 } ?? losses).reduced(reduction)
}

/// The binary cross-entropy of σ(logits), computed without overflow: max(x, 0) − x t + ln(1 + e^−|x|).
public func binaryCrossEntropyWithLogits(
  _ logits: Tensor, _ target: Tensor, weight: Tensor? = nil, reduction: Reduction = .mean
) -> Tensor {
  checkShapes("binaryCrossEntropyWithLogits", logits, target)
  let losses = softplus(logits) - logits * target
  return (weight.map { losses * $0 } ?? losses).reduced(reduction)
}

/// How divergences of many examples become one number.
public enum DivergenceReduction: String, Sendable {
  /// The sum divided by the number of examples: what the formula means.
  case batchMean
  /// The mean over all elements, as `torch.nn.KLDivLoss` has it by default.
  case mean
  case sum
}

/// The Kullback–Leibler divergence Σ q (ln q − ln p) from log-probabilities: how much the target q differs
/// from the prediction p.
/// - Parameters:
///   - logPredicted: ln p.
///   - logTarget: ln q.
public func klDivergence(
  _ logPredicted: Tensor, _ logTarget: Tensor, reduction: DivergenceReduction = .batchMean
) -> Tensor {
  checkShapes("klDivergence", logPredicted, logTarget)
  let terms = exp(logTarget) * (logTarget - logPredicted)
  switch reduction {
  case .batchMean: return terms.sum() / Float(logPredicted.shape.first ?? 1)
  case .mean: return terms.mean()
  case .sum: return terms.sum()
  }
}
