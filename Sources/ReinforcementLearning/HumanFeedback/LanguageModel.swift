import NeuralNetworks
import Tensors

/// A small language model: the next word from the prompt and the last two words. Each word is a learnt vector; the
/// three vectors pass a hidden layer.
///
///     let model = LanguageModel(vocabulary: ["please", "wait", "no"], prompts: ["help me"])
///     model.sample("help me", count: 3, seed: 0)
public final class LanguageModel: Module {
  /// The words; an answer's end is one more.
  public let vocabulary: [String]
  /// What it can be asked.
  public let prompts: [String]
  /// Answers are cut off after so many words.
  public let maximumLength: Int
  private let words: Embedding
  private let questions: Embedding
  private let hidden: Linear
  private let output: Linear

  /// - Parameters:
  ///   - maximumLength: of an answer, 8 words by default.
  ///   - width: of a word's vector, 16 by default.
  public init(vocabulary: [String], prompts: [String], maximumLength: Int = 8, width: Int = 16) {
    self.vocabulary = vocabulary
    self.prompts = prompts
    self.maximumLength = maximumLength
    words = Embedding(vocabulary.count + 1, width)
    questions = Embedding(prompts.count, width)
    hidden = Linear(3 * width, 48)
    output = Linear(48, vocabulary.count + 1)
  }

  /// The number that stands for the end, and before the first word for its beginning.
  var end: Int { vocabulary.count }

  /// A model of its own with the same values.
  public func copy() -> LanguageModel {
    let other = withSeed(0) {
      LanguageModel(
        vocabulary: vocabulary, prompts: prompts, maximumLength: maximumLength, width: words.weight.shape[1])
    }
    other.copyParameters(from: self)
    return other
  }

  /// The logits of the next word, [N, words + 1], for N places in answers.
  func forward(_ places: [Place]) -> Tensor {
    let question = questions(places.map(\.prompt))
    let before = words(places.map(\.before))
    let last = words(places.map(\.last))
    return output(tanh(hidden(concatenate([question, before, last], axis: 1))))
  }

  /// A place in an answer: what is known there.
  struct Place {
    var prompt: Int, before: Int, last: Int
  }

  /// Answers to a prompt, drawn word by word.
  public func sample(_ prompt: String, count: Int, seed: Int? = nil) -> [Answer] {
    var random = PCG64(seed: seed ?? seedFromLibrary())
    let number = promptNumber(prompt)
    return draw([Int](repeating: number, count: count), using: &random)
  }

  /// An answer to each of the prompts.
  func draw(_ prompts: [Int], using random: inout PCG64) -> [Answer] {
    var answers = prompts.map { Answer(prompt: $0, numbers: []) }
    var open = Array(answers.indices)
    for _ in 0..<maximumLength {
      let logits = noGradient { forward(open.map { answers[$0].place(answers[$0].numbers.count, end: end) }) }
      for (i, word) in zip(open, random.actions(logits)) { answers[i].numbers.append(word) }
      open.removeAll { answers[$0].numbers.last == end }
      if open.isEmpty { break }
    }
    for i in answers.indices {
      answers[i].words = answers[i].numbers.filter { $0 != end }.map { vocabulary[$0] }
      answers[i].isComplete = answers[i].numbers.last == end
    }
    return answers
  }

  /// An answer written out: the words, and then the end.
  public func answer(_ prompt: String, _ text: String) -> Answer {
    let words = text.split(separator: " ").map(String.init)
    let numbers = words.map { word in
      vocabulary.firstIndex(of: word)
        ?? orStop { () throws(Mistake) in throw .unknownState(word, known: vocabulary) }
    }
    return Answer(prompt: promptNumber(prompt), numbers: numbers + [end], words: words, isComplete: true)
  }

  private func promptNumber(_ prompt: String) -> Int {
    prompts.firstIndex(of: prompt)
      ?? orStop { () throws(Mistake) in throw .unknownState(prompt, known: prompts) }
  }

  /// ln π of every word of the answers, one after the other: a tensor [all words].
  func logProbabilities(_ answers: [Answer]) -> Tensor {
    let places = answers.flatMap { answer in answer.numbers.indices.map { answer.place($0, end: end) } }
    return ReinforcementLearning.logProbabilities(forward(places), of: answers.flatMap(\.numbers))
  }
}

/// What a language model answers to a prompt.
public struct Answer: Hashable, Sendable, CustomStringConvertible {
  /// The prompt's number.
  let prompt: Int
  /// The words' numbers, the end included.
  var numbers: [Int]
  /// The words, without the end.
  public internal(set) var words: [String] = []
  /// Whether the model ended it; else it was cut off.
  public internal(set) var isComplete = false

  init(prompt: Int, numbers: [Int], words: [String] = [], isComplete: Bool = false) {
    self.prompt = prompt
    self.numbers = numbers
    self.words = words
    self.isComplete = isComplete
  }

  /// The words, parted by spaces.
  public var text: String { words.joined(separator: " ") }
  public var description: String { text + (isComplete ? "" : " …") }

  func place(_ t: Int, end: Int) -> LanguageModel.Place {
    LanguageModel.Place(
      prompt: prompt, before: t > 1 ? numbers[t - 2] : end, last: t > 0 ? numbers[t - 1] : end)
  }
}
