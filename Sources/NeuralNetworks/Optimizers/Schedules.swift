import Tensors

/// What changes an optimizer's learning rate as training goes on: call `step()` once an epoch, or once a
/// batch.
public protocol LearningRateSchedule: AnyObject {
  func step()
}

/// A schedule that is a formula of the number of steps taken.
public class Schedule: LearningRateSchedule {
  private let optimizer: any Optimizer
  private let rate: (Int) -> Float
  /// The steps taken.
  public private(set) var steps = 0

  fileprivate init(_ optimizer: any Optimizer, _ factor: @escaping (Float, Int) -> Float) {
    self.optimizer = optimizer
    let base = optimizer.learningRate
    rate = { factor(base, $0) }
    optimizer.learningRate = rate(0)
  }

  public func step() {
    steps += 1
    optimizer.learningRate = rate(steps)
  }
}

/// rate · factor^⌊t / every⌋; factor 0.1 by default.
public final class StepSchedule: Schedule {
  /// - Parameter factor: 0.1 by default.
  public init(_ optimizer: any Optimizer, every: Int, factor: Float = 0.1) {
    if every < 1 { stop("StepSchedule: every \(every) steps makes no sense") }
    super.init(optimizer) { $0 * pow(factor, Float($1 / every)) }
  }
}

/// rate · factor^t.
public final class ExponentialSchedule: Schedule {
  /// - Parameter factor: what the rate is multiplied by in every step.
  public init(_ optimizer: any Optimizer, factor: Float) {
    super.init(optimizer) { $0 * pow(factor, Float($1)) }
  }
}

/// minimum + (rate − minimum) (1 + cos(π t / steps)) / 2; minimum 0 by default (Loshchilov & Hutter 2017).
public final class CosineSchedule: Schedule {
  /// - Parameters:
  ///   - steps: after which the rate is `minimum`.
  ///   - minimum: 0 by default.
  public init(_ optimizer: any Optimizer, steps: Int, minimum: Float = 0) {
    if steps < 1 { stop("CosineSchedule: \(steps) steps make no sense") }
    super.init(optimizer) { minimum + ($0 - minimum) * (1 + cos(Float.pi * Float($1) / Float(steps))) / 2 }
  }
}

/// rate · min(1, (t + 1) / steps): from small to full; after that as `after` says, by default unchanged.
public final class WarmUpSchedule: Schedule {
  /// - Parameter after: the factor of the rate, by the number of steps since the warm-up.
  public init(_ optimizer: any Optimizer, steps: Int, after: @escaping (Int) -> Float = { _ in 1 }) {
    if steps < 1 { stop("WarmUpSchedule: \(steps) steps make no sense") }
    super.init(optimizer) { $1 < steps ? $0 * Float($1 + 1) / Float(steps) : $0 * after($1 - steps) }
  }
}

/// The Transformer's: rate · size^−½ · min(t^−½, t · warmUp^−³ᐟ²), t counted from 1 (Vaswani et al. 2017).
public final class TransformerSchedule: Schedule {
  /// - Parameter warmUp: the steps in which the rate grows; 4000 by default.
  public init(_ optimizer: any Optimizer, modelSize: Int, warmUp: Int = 4000) {
    super.init(optimizer) { rate, steps in
      let t = Float(steps + 1)
      return rate * pow(Float(modelSize), -0.5) * min(pow(t, -0.5), t * pow(Float(warmUp), -1.5))
    }
  }
}
