import NeuralNetworks
import Tensors

/// The third stage: PPO on the reward model's numbers, held near the model it started from by a penalty of
/// β · (ln π − ln π_reference) for every word (Ziegler et al. 2019; Ouyang et al. 2022).
///
///     let tuned = PreferenceTuning { $0.penalty = 0 }    // no penalty: the reward is hacked
public struct PreferenceTuning: Sendable {
  /// β, what a nat of difference from the reference costs.
  public var penalty: Float = 0.3
  /// How often answers are drawn and learnt from; 120 by default.
  public var updates = 120
  /// Answers for one update.
  public var answersPerUpdate = 128
  /// Passes over the answers of an update.
  public var epochs = 4
  /// Of Adam; 0.003 by default.
  public var learningRate: Float = 0.003
  /// ε: the ratio counts from 1 − ε to 1 + ε.
  public var clip: Float = 0.2

  /// Settings with some changed: `PreferenceTuning { $0.penalty = … }`.
  public init(_ configure: (inout PreferenceTuning) -> Void = { _ in }) { configure(&self) }

  /// What each update saw, on average over its answers.
  public struct Progress: Hashable, Sendable {
    /// The reward model's number, without the penalty.
    public var rewards: [Double] = []
    /// Σ (ln π − ln π_reference), an estimate of the divergence in nats an answer.
    public var divergences: [Double] = []
  }

  /// Tunes `model`, the fine-tuned one; `reference` is a copy of it as it was.
  @discardableResult
  public func train(
    _ model: LanguageModel, reference: LanguageModel, reward: RewardModel, seed: Int? = nil
  ) -> Progress {
    require(
      penalty >= 0, .parameter("PreferenceTuning, penalty", value: Double(penalty), rule: "β is not negative")
    )
    var random = PCG64(seed: seed ?? seedFromLibrary())
    let optimizer = Adam(model.parameters, learningRate: learningRate)
    var progress = Progress()
    for _ in 0..<updates {
      let prompts = (0..<answersPerUpdate).map { $0 % model.prompts.count }
      let answers = model.draw(prompts, using: &random)
      let (old, base, scores) = noGradient {
        (
          model.logProbabilities(answers).scalars, reference.logProbabilities(answers).scalars,
          reward(answers).scalars
        )
      }
      // What follows each word: the reward at the end less the penalties from there on.
      var returns = [Float](repeating: 0, count: old.count)
      var start = 0
      var divergence = 0.0
      for (answer, score) in zip(answers, scores) {
        var total = score
        for t in (start..<start + answer.numbers.count).reversed() {
          total -= penalty * (old[t] - base[t])
          returns[t] = total
          divergence += Double(old[t] - base[t])
        }
        start += answer.numbers.count
      }
      progress.rewards.append(Double(scores.reduce(0, +)) / Double(answers.count))
      progress.divergences.append(divergence / Double(answers.count))
      // The mean over the answers at the same place stands for the critic.
      let advantages = Tensor(normalized(lessTheirMeans(returns, answers)), shape: [returns.count])
      let before = Tensor(old, shape: [old.count])
      for _ in 0..<epochs {
        let ratio = exp(model.logProbabilities(answers) - before)
        optimizer.descend(-clippedObjective(ratio: ratio, advantage: advantages, clip: clip).mean(), limit: 1)
      }
    }
    return progress
  }

  private func lessTheirMeans(_ returns: [Float], _ answers: [Answer]) -> [Float] {
    let places = answers.flatMap { answer in answer.numbers.indices.map { $0 + 100 * answer.prompt } }
    var sums: [Int: (Float, Float)] = [:]
    for (place, value) in zip(places, returns) {
      let (sum, count) = sums[place] ?? (0, 0)
      sums[place] = (sum + value, count + 1)
    }
    return zip(places, returns).map { $1 - sums[$0]!.0 / sums[$0]!.1 }
  }
}
