internal import CVectorMath
import Tensors

/// Stochastic gradient descent: w ← w − learningRate · g.
///
/// With momentum μ: v ← μ v + g (the first time v ← g), w ← w − learningRate · v, or with Nesterov's rule
/// w ← w − learningRate · (g + μ v). Weight decay adds weightDecay · w to g first.
public final class SGD: Optimizer {
  public let parameters: [Parameter]
  public var learningRate: Float
  private let momentum: Float, dampening: Float, weightDecay: Float
  private let nesterov: Bool
  private var velocities: Moments
  private var steps: [Int]

  /// - Parameters:
  ///   - momentum: μ, 0 by default.
  ///   - dampening: the gradient counts 1 − dampening in v; 0 by default.
  ///   - weightDecay: 0 by default.
  ///   - nesterov: whether Nesterov's rule is used; no by default.
  public init(
    _ parameters: [Parameter], learningRate: Float, momentum: Float = 0, dampening: Float = 0,
    weightDecay: Float = 0,
    nesterov: Bool = false
  ) {
    checkRates("SGD", parameters, learningRate)
    if nesterov && (momentum <= 0 || dampening != 0) {
      stop("SGD: Nesterov's rule needs a momentum and no dampening")
    }
    self.parameters = parameters
    self.learningRate = learningRate
    self.momentum = momentum
    self.dampening = dampening
    self.weightDecay = weightDecay
    self.nesterov = nesterov
    velocities = Moments(parameters)
    steps = [Int](repeating: 0, count: parameters.count)
  }

  public func step() {
    for (i, parameter) in parameters.enumerated() {
      parameter.update { w, g, n in
        let v = momentum == 0 ? nil : velocities.pointer(i, like: parameter)
        sgd_step(
          w, g, v, n, learningRate, momentum, dampening, weightDecay, nesterov ? 1 : 0, steps[i] == 0 ? 1 : 0)
        steps[i] += 1
      }
    }
  }
}

/// Stops where an optimizer has nothing to change or a rate that makes no sense.
func checkRates(_ name: String, _ parameters: [Parameter], _ learningRate: Float) {
  if parameters.isEmpty { stop("\(name): there are no parameters to change") }
  if !(learningRate >= 0) { stop("\(name): a learning rate of \(learningRate) is not a number from 0 up") }
}
