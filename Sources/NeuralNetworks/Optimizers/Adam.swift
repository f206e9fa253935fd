internal import CVectorMath
import Tensors

/// Adam (Kingma & Ba 2015): m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², both corrected for having started
/// at 0, w ← w − learningRate · m̂ / (√v̂ + ε).
public class Adam: AdaptiveOptimizer {
  /// - Parameters:
  ///   - learningRate: 0.001 by default.
  ///   - beta1: 0.9 by default.
  ///   - beta2: 0.999 by default.
  ///   - epsilon: 10⁻⁸ by default.
  ///   - weightDecay: adds weightDecay · w to the gradient, 0 by default.
  public convenience init(
    _ parameters: [Parameter], learningRate: Float = 0.001, beta1: Float = 0.9, beta2: Float = 0.999,
    epsilon: Float = 1e-8, weightDecay: Float = 0
  ) {
    self.init("Adam", parameters, learningRate, beta1, beta2, epsilon, weightDecay, decouplesDecay: false)
  }

  fileprivate init(
    _ name: String, _ parameters: [Parameter], _ learningRate: Float, _ beta1: Float, _ beta2: Float,
    _ epsilon: Float, _ weightDecay: Float, decouplesDecay: Bool
  ) {
    super.init(name, parameters, learningRate, keeping: 2) {
      let t = Double($0.step)
      let rate = Double($0.learningRate) / (1 - pow(Double(beta1), t))
      let correction = (1 - pow(Double(beta2), t)).squareRoot()
      adam_step(
        $0.values, $0.gradient, $0.kept[0], $0.kept[1], $0.count, Float(rate), beta1, beta2, epsilon,
        Float(correction), decouplesDecay ? 0 : weightDecay,
        decouplesDecay ? $0.learningRate * weightDecay : 0)
    }
  }
}

/// Adam with weight decay apart from the gradient (Loshchilov & Hutter 2019): w ← w − learningRate ·
/// weightDecay · w first.
public final class AdamW: Adam {
  /// - Parameters:
  ///   - learningRate: 0.001 by default.
  ///   - beta1: 0.9 by default.
  ///   - beta2: 0.999 by default.
  ///   - epsilon: 10⁻⁸ by default.
  ///   - weightDecay: 0.01 by default.
  public convenience init(
    _ parameters: [Parameter], learningRate: Float = 0.001, beta1: Float = 0.9, beta2: Float = 0.999,
    epsilon: Float = 1e-8, weightDecay: Float = 0.01
  ) {
    self.init("AdamW", parameters, learningRate, beta1, beta2, epsilon, weightDecay, decouplesDecay: true)
  }

  override fileprivate init(
    _ name: String, _ parameters: [Parameter], _ learningRate: Float, _ beta1: Float, _ beta2: Float,
    _ epsilon: Float, _ weightDecay: Float, decouplesDecay: Bool
  ) {
    super.init(
      name, parameters, learningRate, beta1, beta2, epsilon, weightDecay, decouplesDecay: decouplesDecay)
  }
}
