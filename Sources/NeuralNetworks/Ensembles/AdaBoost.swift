import Tensors

/// A weak learner: one feature against one threshold.
public struct DecisionStump: Sendable, CustomStringConvertible {
  /// The number of the feature that is looked at.
  public let feature: Int
  /// Above it the answer is `sign`.
  public let threshold: Float
  /// The answer above the threshold, 1 or −1; at or below it is the other.
  public let sign: Int

  /// The class of an example, 1 or −1.
  public func predict(_ example: [Float]) -> Int { example[feature] > threshold ? sign : -sign }
  public var description: String { "x[\(feature)] > \(threshold) → \(sign)" }
}

/// Weak learners combined (Freund & Schapire 1997): each round trains a stump on weighted examples, gives it
/// the vote α = ½ ln((1 − ε) / ε) by its weighted error ε, and gives the examples it got wrong more weight.
public struct AdaBoost: Sendable {
  /// One round: the stump, its weighted error, its vote, and the weights that the examples have after it.
  public struct Round: Sendable {
    /// The weak learner.
    public let stump: DecisionStump
    /// ε, the weight of the examples that it gets wrong.
    public let error: Double
    /// α = ½ ln((1 − ε) / ε), its vote.
    public let alpha: Double
    /// The examples' weights after the round; they add up to 1.
    public let weights: [Double]
  }

  /// The rounds, the first one first.
  public private(set) var rounds: [Round] = []

  /// The vote of a learner with a weighted error: ½ ln((1 − ε) / ε).
  ///
  ///     AdaBoost.alpha(error: 0.25)   // 0.5493
  public static func alpha(error: Double) -> Double {
    let bounded = min(max(error, 1e-10), 1 - 1e-10)
    return 0.5 * log((1 - bounded) / bounded)
  }

  /// Trains on examples [N, features] with labels 1 and −1.
  /// - Parameter rounds: the most stumps; fewer are trained where one makes no mistake or none is better
  ///   than chance.
  public init(_ inputs: Tensor, _ labels: [Int], rounds: Int) {
    if inputs.rank != 2 || inputs.shape[0] != labels.count || labels.isEmpty {
      stop(
        "AdaBoost: inputs \(inputs.shape) with \(labels.count) labels: inputs need the shape [labels, features]"
      )
    }
    for label in labels where label != 1 && label != -1 {
      stop("AdaBoost: label \(label) is neither 1 nor -1")
    }
    let examples = inputs.unstack().map(\.scalars)
    var weights = [Double](repeating: 1 / Double(labels.count), count: labels.count)
    for _ in 0..<rounds {
      let (stump, error) = AdaBoost.bestStump(examples, labels, weights)
      if error >= 0.5 { break }
      let alpha = AdaBoost.alpha(error: error)
      for i in weights.indices {
        weights[i] *= exp(stump.predict(examples[i]) == labels[i] ? -alpha : alpha)
      }
      let total = weights.reduce(0, +)
      weights = weights.map { $0 / total }
      self.rounds.append(Round(stump: stump, error: error, alpha: alpha, weights: weights))
      if error <= 1e-10 { break }
    }
  }

  /// Σ α h(x): its sign is the class, its size how sure the vote is.
  public func score(_ example: [Float]) -> Double {
    rounds.reduce(0) { $0 + $1.alpha * Double($1.stump.predict(example)) }
  }

  /// The classes 1 and −1 of examples [N, features].
  public func predict(_ inputs: Tensor) -> [Int] { inputs.unstack().map { score($0.scalars) >= 0 ? 1 : -1 } }

  /// The stump with the least weighted error: for each feature a walk along its sorted values.
  private static func bestStump(
    _ examples: [[Float]], _ labels: [Int], _ weights: [Double]
  ) -> (DecisionStump, Double) {
    var best = (DecisionStump(feature: 0, threshold: -.infinity, sign: 1), Double.infinity)
    for feature in examples[0].indices {
      let order = examples.indices.sorted { examples[$0][feature] < examples[$1][feature] }
      // All above the threshold and called 1: wrong are those labelled −1.
      var error = zip(labels, weights).reduce(0.0) { $0 + ($1.0 == -1 ? $1.1 : 0) }
      func consider(_ threshold: Float) {
        for (sign, e) in [(1, error), (-1, 1 - error)] where e < best.1 - 1e-12 {
          best = (DecisionStump(feature: feature, threshold: threshold, sign: sign), e)
        }
      }
      consider(-.infinity)
      for (place, i) in order.enumerated() {
        error += labels[i] == 1 ? weights[i] : -weights[i]
        let value = examples[i][feature]
        let next = place + 1 < order.count ? examples[order[place + 1]][feature] : .infinity
        if next > value { consider(next == .infinity ? value : (value + next) / 2) }
      }
    }
    return (best.0, max(best.1, 0))
  }
}
