import NeuralNetworks
import Tensors

/// The loss of preferences under the model of Bradley and Terry (1952), P(a over b) = σ(r(a) − r(b)): the mean of
/// −ln σ(r(a) − r(b)).
///
///     bradleyTerryLoss(preferred: [0], rejected: [0])   // 0.693147
public func bradleyTerryLoss(preferred: Tensor, rejected: Tensor) -> Tensor {
  -logSigmoid(preferred - rejected).mean()
}

/// Two answers to the same prompt, of which someone liked the first one better.
public struct Preference: Hashable, Sendable {
  /// The one that was liked better.
  public var preferred: Answer
  /// The other one.
  public var rejected: Answer

  /// A judgement of two answers.
  public init(preferred: Answer, rejected: Answer) {
    self.preferred = preferred
    self.rejected = rejected
  }
}

/// The second stage: a number for an answer, learnt from preferences.
///
/// It adds up a learnt score for each word: enough to tell the answers apart that it has seen compared, and simple
/// enough to be fooled by others. That is where reward hacking comes from.
public final class RewardModel: Module {
  @Parameter private var scores: Tensor

  /// A model of the words of a language model, with all scores 0.
  public init(for model: LanguageModel) { _scores = Parameter(Tensor.zeros(model.vocabulary.count + 1, 1)) }

  /// r of each answer, [N].
  public func callAsFunction(_ answers: [Answer]) -> Tensor {
    let counts = Tensor(shape: [answers.count, scores.shape[0]]) { y in
      for i in 0..<answers.count * scores.shape[0] { y[i] = 0 }
      for (i, answer) in answers.enumerated() {
        for word in answer.numbers { y[i * scores.shape[0] + word] += 1 }
      }
    }
    return matmul(counts, scores).squeeze(axis: 1)
  }

  /// Learns from preferences.
  /// - Returns: the loss of each epoch; the first one is near ln 2.
  @discardableResult
  public func fit(
    _ preferences: [Preference], epochs: Int = 100, learningRate: Float = 0.03, weightDecay: Float = 0.005
  ) -> [Double] {
    let optimizer = Adam(parameters, learningRate: learningRate, weightDecay: weightDecay)
    return (0..<epochs).map { _ in
      let loss = bradleyTerryLoss(
        preferred: self(preferences.map(\.preferred)), rejected: self(preferences.map(\.rejected)))
      optimizer.descend(loss)
      return Double(loss.item)
    }
  }

  /// The share of preferences in which the liked answer gets more; a tie counts a half.
  public func accuracy(on preferences: [Preference]) -> Double {
    let (a, b) = noGradient {
      (self(preferences.map(\.preferred)).scalars, self(preferences.map(\.rejected)).scalars)
    }
    return zip(a, b).reduce(0) { $0 + ($1.0 > $1.1 ? 1 : $1.0 == $1.1 ? 0.5 : 0) } / Double(max(a.count, 1))
  }
}

/// Pairs of different answers of a model, put in order by a judge; pairs that it finds equal are left out.
public func preferences(
  between answers: [Answer], count: Int, seed: Int? = nil, judge: (Answer) -> Double
) -> [Preference] {
  var random = PCG64(seed: seed ?? seedFromLibrary())
  var pairs: [Preference] = []
  for _ in 0..<count * 50 where pairs.count < count && answers.count > 1 {
    let a = answers[random.integer(below: answers.count)]
    let b = answers[random.integer(below: answers.count)]
    if a.prompt != b.prompt || judge(a) == judge(b) { continue }
    pairs.append(
      judge(a) > judge(b) ? Preference(preferred: a, rejected: b) : Preference(preferred: b, rejected: a))
  }
  return pairs
}
