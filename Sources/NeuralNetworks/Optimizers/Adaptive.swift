internal import CVectorMath
import Tensors

/// AdaGrad (Duchi, Hazan & Singer 2011): s ← s + g², w ← w − learningRate · g / (√s + ε).
public final class AdaGrad: AdaptiveOptimizer {
  /// - Parameters:
  ///   - learningRate: 0.01 by default.
  ///   - epsilon: 10⁻¹⁰ by default.
  ///   - weightDecay: adds weightDecay · w to the gradient, 0 by default.
  ///   - learningRateDecay: divides the rate by 1 + t · decay in step t, counted from 0; 0 by default.
  public init(
    _ parameters: [Parameter], learningRate: Float = 0.01, epsilon: Float = 1e-10, weightDecay: Float = 0,
    learningRateDecay: Float = 0
  ) {
    super.init("AdaGrad", parameters, learningRate, keeping: 1) {
      let rate = $0.learningRate / (1 + Float($0.step - 1) * learningRateDecay)
      adagrad_step($0.values, $0.gradient, $0.kept[0], $0.count, rate, epsilon, weightDecay)
    }
  }
}

/// RMSProp (Hinton 2012): s ← α s + (1 − α) g², w ← w − learningRate · g / (√s + ε); with momentum μ the
/// quotient is gathered in v ← μ v + g / (√s + ε).
public final class RMSProp: AdaptiveOptimizer {
  /// - Parameters:
  ///   - learningRate: 0.01 by default.
  ///   - alpha: α, how slowly the mean square changes; 0.99 by default.
  ///   - epsilon: 10⁻⁸ by default.
  ///   - momentum: μ, 0 by default.
  ///   - weightDecay: adds weightDecay · w to the gradient, 0 by default.
  public init(
    _ parameters: [Parameter], learningRate: Float = 0.01, alpha: Float = 0.99, epsilon: Float = 1e-8,
    momentum: Float = 0, weightDecay: Float = 0
  ) {
    super.init("RMSProp", parameters, learningRate, keeping: 2) {
      rmsprop_step(
        $0.values, $0.gradient, $0.kept[0], $0.kept[1], $0.count, $0.learningRate, alpha, epsilon, momentum,
        weightDecay)
    }
  }
}

/// AdaDelta (Zeiler 2012): s ← ρ s + (1 − ρ) g², d = √(u + ε) / √(s + ε) · g, u ← ρ u + (1 − ρ) d²,
/// w ← w − learningRate · d.
public final class AdaDelta: AdaptiveOptimizer {
  /// - Parameters:
  ///   - learningRate: 1 by default.
  ///   - rho: ρ, how slowly the mean squares change; 0.9 by default.
  ///   - epsilon: 10⁻⁶ by default.
  ///   - weightDecay: adds weightDecay · w to the gradient, 0 by default.
  public init(
    _ parameters: [Parameter], learningRate: Float = 1, rho: Float = 0.9, epsilon: Float = 1e-6,
    weightDecay: Float = 0
  ) {
    super.init("AdaDelta", parameters, learningRate, keeping: 2) {
      adadelta_step(
        $0.values, $0.gradient, $0.kept[0], $0.kept[1], $0.count, $0.learningRate, rho, epsilon, weightDecay)
    }
  }
}
