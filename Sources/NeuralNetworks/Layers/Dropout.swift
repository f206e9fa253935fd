import Tensors

/// While training, sets each element to 0 with the given probability and scales the others by 1 / (1 −
/// probability); otherwise passes all through (Srivastava et al. 2014).
public func dropout(_ x: Tensor, probability: Float = 0.5, isTraining: Bool = true) -> Tensor {
  if !(probability >= 0 && probability <= 1) {
    stop("dropout: \(probability) is no probability: it must be from 0 to 1")
  }
  if !isTraining || probability == 0 { return x }
  let scale = probability < 1 ? 1 / (1 - probability) : 0
  return x * Tensor.random(x.shape).map { $0 < 1 - probability ? scale : 0 }
}

/// Dropout as a module, with probability ½ by default.
public final class Dropout: Module {
  public let probability: Float
  public private(set) var isTraining = true

  public init(_ probability: Float = 0.5) {
    if !(probability >= 0 && probability <= 1) {
      stop("Dropout: \(probability) is no probability: it must be from 0 to 1")
    }
    self.probability = probability
  }

  public func forward(_ x: Tensor) -> Tensor { dropout(x, probability: probability, isTraining: isTraining) }
  public func setTraining(_ isTraining: Bool) { self.isTraining = isTraining }
}
