internal import CVectorMath
import Tensors

/// AdaGrad (Duchi, Hazan & Singer 2011): s ← s + g², w ← w − learningRate · g / (√s + ε).
public final class AdaGrad: Optimizer {
  public let parameters: [Parameter]
  public var learningRate: Float
  private let epsilon: Float, weightDecay: Float, learningRateDecay: Float
  private var sums: Moments
  private var steps = 0

  /// - Parameter learningRateDecay: divides the rate by 1 + t · decay in step t, counted from 0; 0 by
  ///   default.
  public init(
    _ parameters: [Parameter], learningRate: Float = 0.01, epsilon: Float = 1e-10, weightDecay: Float = 0,
    learningRateDecay: Float = 0
  ) {
    checkRates("AdaGrad", parameters, learningRate)
    self.parameters = parameters
    self.learningRate = learningRate
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.learningRateDecay = learningRateDecay
    sums = Moments(parameters)
  }

  public func step() {
    let rate = learningRate / (1 + Float(steps) * learningRateDecay)
    steps += 1
    for (i, parameter) in parameters.enumerated() {
      parameter.update { w, g, n in
        adagrad_step(w, g, sums.pointer(i, like: parameter), n, rate, epsilon, weightDecay)
      }
    }
  }
}

/// RMSProp (Hinton 2012): s ← α s + (1 − α) g², w ← w − learningRate · g / (√s + ε); with momentum μ the
/// quotient is gathered in v ← μ v + g / (√s + ε).
public final class RMSProp: Optimizer {
  public let parameters: [Parameter]
  public var learningRate: Float
  private let alpha: Float, epsilon: Float, momentum: Float, weightDecay: Float
  private var squares: Moments
  private var velocities: Moments

  public init(
    _ parameters: [Parameter], learningRate: Float = 0.01, alpha: Float = 0.99, epsilon: Float = 1e-8,
    momentum: Float = 0, weightDecay: Float = 0
  ) {
    checkRates("RMSProp", parameters, learningRate)
    self.parameters = parameters
    self.learningRate = learningRate
    self.alpha = alpha
    self.epsilon = epsilon
    self.momentum = momentum
    self.weightDecay = weightDecay
    squares = Moments(parameters)
    velocities = Moments(parameters)
  }

  public func step() {
    for (i, parameter) in parameters.enumerated() {
      parameter.update { w, g, n in
        rmsprop_step(
          w, g, squares.pointer(i, like: parameter), velocities.pointer(i, like: parameter), n, learningRate,
          alpha,
          epsilon, momentum, weightDecay)
      }
    }
  }
}

/// AdaDelta (Zeiler 2012): s ← ρ s + (1 − ρ) g², d = √(u + ε) / √(s + ε) · g, u ← ρ u + (1 − ρ) d²,
/// w ← w − learningRate · d.
public final class AdaDelta: Optimizer {
  public let parameters: [Parameter]
  public var learningRate: Float
  private let rho: Float, epsilon: Float, weightDecay: Float
  private var squares: Moments
  private var changes: Moments

  public init(
    _ parameters: [Parameter], learningRate: Float = 1, rho: Float = 0.9, epsilon: Float = 1e-6,
    weightDecay: Float = 0
  ) {
    checkRates("AdaDelta", parameters, learningRate)
    self.parameters = parameters
    self.learningRate = learningRate
    self.rho = rho
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    squares = Moments(parameters)
    changes = Moments(parameters)
  }

  public func step() {
    for (i, parameter) in parameters.enumerated() {
      parameter.update { w, g, n in
        adadelta_step(
          w, g, squares.pointer(i, like: parameter), changes.pointer(i, like: parameter), n, learningRate,
          rho,
          epsilon, weightDecay)
      }
    }
  }
}
