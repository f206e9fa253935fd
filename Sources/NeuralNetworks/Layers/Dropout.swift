import Tensors

/// While training, sets each element to 0 with the given probability and scales the others by 1 / (1 −
/// probability); otherwise passes all through (Srivastava et al. 2014).
public func dropout(_ x: Tensor, probability: Float = 0.5, isTraining: Bool = true) -> Tensor {
  if !(probability >= 0 && probability <= 1) {
    stop("dropout: \(probability) is no probability: it must be from 0 to 1")
  }
  if !isTraining || probability == 0 { return x }
  return x * dropoutFactors(x.shape, probability)
}

/// Zeros with the given probability, 1 / (1 − probability) elsewhere.
private func dropoutFactors(_ shape: [Int], _ probability: Float) -> Tensor {
  let scale = probability < 1 ? 1 / (1 - probability) : 0
  return Tensor.random(shape).map { $0 < 1 - probability ? scale : 0 }
}

/// Dropout as a module, with probability ½ by default.
public final class Dropout: Module {
  /// How likely a number is to be set to 0 in training.
  public let probability: Float
  /// Whether the module trains; `train()` and `eval()` change it.
  public private(set) var isTraining = true

  /// - Parameter probability: ½ by default.
  public init(_ probability: Float = 0.5) {
    if !(probability >= 0 && probability <= 1) {
      stop("Dropout: \(probability) is no probability: it must be from 0 to 1")
    }
    self.probability = probability
  }

  public func forward(_ x: Tensor) -> Tensor { dropout(x, probability: probability, isTraining: isTraining) }

  /// What a tensor of this shape would be multiplied by; `nil` where nothing is dropped.
  func factors(_ shape: [Int]) -> Tensor? {
    isTraining && probability > 0 ? dropoutFactors(shape, probability) : nil
  }

  public func setTraining(_ isTraining: Bool) { self.isTraining = isTraining }
}
