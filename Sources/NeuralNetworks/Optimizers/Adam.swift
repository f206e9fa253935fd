internal import CVectorMath
import Tensors

/// Adam (Kingma & Ba 2015): m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², both corrected for having started
/// at 0, w ← w − learningRate · m̂ / (√v̂ + ε).
public class Adam: Optimizer {
  public let parameters: [Parameter]
  public var learningRate: Float
  private let beta1: Float, beta2: Float, epsilon: Float, weightDecay: Float
  private let decouplesDecay: Bool
  private var firstMoments: Moments
  private var secondMoments: Moments
  private var steps: [Int]

  /// - Parameter weightDecay: adds weightDecay · w to the gradient, 0 by default.
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
    checkRates(name, parameters, learningRate)
    self.parameters = parameters
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.decouplesDecay = decouplesDecay
    firstMoments = Moments(parameters)
    secondMoments = Moments(parameters)
    steps = [Int](repeating: 0, count: parameters.count)
  }

  public func step() {
    for (i, parameter) in parameters.enumerated() {
      parameter.update { w, g, n in
        steps[i] += 1
        let t = Double(steps[i])
        let rate = Double(learningRate) / (1 - pow(Double(beta1), t))
        let m = firstMoments.pointer(i, like: parameter)
        let v = secondMoments.pointer(i, like: parameter)
        let correction = Float((1 - pow(Double(beta2), t)).squareRoot())
        inChunks(n) { start, n in
          adam_step(
            w + start, g + start, m + start, v + start, n, Float(rate), beta1, beta2, epsilon, correction,
            decouplesDecay ? 0 : weightDecay, decouplesDecay ? learningRate * weightDecay : 0)
        }
      }
    }
  }
}

/// Adam with weight decay apart from the gradient (Loshchilov & Hutter 2019): w ← w − learningRate ·
/// weightDecay · w first.
public final class AdamW: Adam {
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
