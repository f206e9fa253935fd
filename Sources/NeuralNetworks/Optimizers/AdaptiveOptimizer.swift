import Tensors

/// What the optimizers share that keep numbers for each weight, such as running means of its gradient: every
/// parameter has its own, and counts its own steps.
public class AdaptiveOptimizer: Optimizer {
  public let parameters: [Parameter]
  public var learningRate: Float
  private let rule: (Weights) -> Void
  private var kept: [Moments]
  private var steps: [Int]

  /// Some weights of a parameter in one step.
  struct Weights {
    let values: UnsafeMutablePointer<Float>
    let gradient: UnsafePointer<Float>
    /// The numbers that are kept for them.
    let kept: [UnsafeMutablePointer<Float>]
    let count: Int
    let learningRate: Float
    /// The step's number, counted from 1.
    let step: Int
  }

  /// - Parameters:
  ///   - keeping: how many numbers are kept for each weight, 0 at first.
  ///   - rule: changes weights and what is kept.
  init(
    _ name: String, _ parameters: [Parameter], _ learningRate: Float, keeping: Int,
    _ rule: @escaping (Weights) -> Void
  ) {
    checkRates(name, parameters, learningRate)
    self.parameters = parameters
    self.learningRate = learningRate
    self.rule = rule
    kept = (0..<keeping).map { _ in Moments(parameters) }
    steps = [Int](repeating: 0, count: parameters.count)
  }

  public func step() {
    for (i, parameter) in parameters.enumerated() {
      parameter.update { w, g, n in
        steps[i] += 1
        let moments = kept.indices.map { kept[$0].pointer(i, like: parameter) }
        let (rate, step) = (learningRate, steps[i])
        inChunks(n) { start, n in
          rule(
            Weights(
              values: w + start, gradient: g + start, kept: moments.map { $0 + start }, count: n,
              learningRate: rate, step: step))
        }
      }
    }
  }
}
