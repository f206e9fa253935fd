import Figures
import NeuralNetworks
import Tensors

/// How ChatGPT is trained, in miniature: a model of twenty words learns to answer from demonstrations, of which one in
/// five is polite; a reward model learns from preferences for polite answers; PPO makes them the rule.
///
///     let stages = ThreeStages(seed: 0)
///     stages.table
///     stages.samples
public struct ThreeStages {
  /// A model at one moment, measured on answers to all prompts.
  public struct Measure: Hashable, Sendable {
    /// What was done last.
    public let stage: String
    /// Nats a word on the demonstrations.
    public let loss: Double
    /// The share of answers that are polite and make sense.
    public let preferred: Double
    /// The share of answers that make sense: that a person could have given.
    public let sensible: Double
    /// The reward model's number, on average.
    public let reward: Double
    /// The divergence from the fine-tuned model in nats an answer.
    public let divergence: Double
    /// Some answers.
    public let examples: [String]
  }

  /// Before, after fine-tuning, after PPO with the penalty, after PPO without it.
  public let measures: [Measure]
  /// The loss of each epoch of fine-tuning.
  public let fineTuningLosses: [Double]
  /// The loss of each epoch of the reward model.
  public let rewardLosses: [Double]
  /// On preferences that it has not learnt from, before and after.
  public let rewardAccuracy: (before: Double, after: Double)
  /// With the penalty and without it.
  public let tuning: (penalized: PreferenceTuning.Progress, free: PreferenceTuning.Progress)

  /// What the model is asked.
  public static let prompts = ["can you help me", "where is the book", "will you come"]
  /// The answers that people like.
  public static let polite = [
    "yes of course my friend", "please wait a moment", "thank you i will", "please sit down my friend",
  ]
  /// The answers that make sense and are not liked.
  public static let curt = [
    "no", "not now", "go away", "do it yourself", "wait", "i will not", "what is it now",
  ]

  /// Whether a person could have given the answer.
  public static func isSensible(_ answer: Answer) -> Bool {
    answer.isComplete && (polite.contains(answer.text) || curt.contains(answer.text))
  }

  /// Whether the answer is polite and makes sense.
  public static func isPreferred(_ answer: Answer) -> Bool {
    answer.isComplete && polite.contains(answer.text)
  }

  /// Runs all three stages.
  /// - Parameters:
  ///   - penalty: β of the third stage.
  ///   - politeShare: the share of polite answers among the demonstrations.
  public init(penalty: Float = 0.3, politeShare: Double = 0.2, seed: Int? = nil) {
    let seed = seed ?? seedFromLibrary()
    var random = PCG64(seed: seed)
    let words = unique(
      (ThreeStages.polite + ThreeStages.curt).flatMap { $0.split(separator: " ").map(String.init) })
    let model = withSeed(seed) { LanguageModel(vocabulary: words, prompts: ThreeStages.prompts) }
    let untrained = model.copy()

    let demonstrations = (0..<600).map { i in
      let answers = random.uniform() < politeShare ? ThreeStages.polite : ThreeStages.curt
      return model.answer(ThreeStages.prompts[i % 3], answers[random.integer(below: answers.count)])
    }
    fineTuningLosses = supervisedFineTuning(model, on: demonstrations, seed: random.integer(below: 1 << 31))
    let fineTuned = model.copy()

    let answers = fineTuned.draw((0..<900).map { $0 % 3 }, using: &random)
    let pairs = preferences(between: answers, count: 600, seed: random.integer(below: 1 << 31)) {
      ThreeStages.isPreferred($0) ? 1 : 0
    }
    let (learnt, others) = (Array(pairs.prefix(400)), Array(pairs.dropFirst(400)))
    let reward = RewardModel(for: model)
    let before = reward.accuracy(on: others)
    rewardLosses = reward.fit(learnt)
    rewardAccuracy = (before, reward.accuracy(on: others))

    let free = fineTuned.copy()
    tuning = (
      PreferenceTuning { $0.penalty = penalty }
        .train(model, reference: fineTuned, reward: reward, seed: random.integer(below: 1 << 31)),
      PreferenceTuning { $0.penalty = 0 }
        .train(free, reference: fineTuned, reward: reward, seed: random.integer(below: 1 << 31))
    )
    let stages = [
      ("untrained", untrained), ("fine-tuned", fineTuned), ("PPO, β = \(penalty)", model),
      ("PPO, β = 0", free),
    ]
    measures = stages.map { name, stage in
      ThreeStages.measure(name, stage, fineTuned, reward, demonstrations, &random)
    }
  }

  private static func measure(
    _ name: String, _ model: LanguageModel, _ reference: LanguageModel, _ reward: RewardModel,
    _ demonstrations: [Answer], _ random: inout PCG64
  ) -> Measure {
    noGradient {
      let answers = model.draw((0..<900).map { $0 % 3 }, using: &random)
      let difference =
        model.logProbabilities(answers).sum().item - reference.logProbabilities(answers).sum().item
      func share(_ condition: (Answer) -> Bool) -> Double {
        Double(answers.filter(condition).count) / Double(answers.count)
      }
      return Measure(
        stage: name, loss: -Double(model.logProbabilities(demonstrations).mean().item),
        preferred: share(isPreferred),
        sensible: share(isSensible), reward: Double(reward(answers).mean().item),
        divergence: Double(difference) / Double(answers.count), examples: answers.prefix(4).map(\.description)
      )
    }
  }

  /// Every stage's numbers.
  public var table: Table {
    Figures.table(
      ["stage", "loss", "polite", "sensible", "reward", "divergence"],
      measures.map { [$0.stage, $0.loss, $0.preferred, $0.sensible, $0.reward, $0.divergence] }, decimals: 3,
      rowHeaders: true)
  }

  /// Some answers of every stage.
  public var samples: Table {
    Figures.table(
      ["stage", "answers"],
      measures.map { measure in
        [measure.stage, measure.examples.map { $0.isEmpty ? "(nothing)" : $0 }.joined(separator: " · ")]
      }, rowHeaders: true)
  }

  /// The reward with the penalty and without it, update by update.
  public var rewardCurve: Chart {
    lineChart(
      ["with penalty": tuning.penalized.rewards, "without": tuning.free.rewards], x: "update", y: "reward")
  }

  /// The divergence from the fine-tuned model with the penalty and without it, update by update.
  public var divergenceCurve: Chart {
    lineChart(
      ["with penalty": tuning.penalized.divergences, "without": tuning.free.divergences], x: "update",
      y: "nats an answer")
  }
}
