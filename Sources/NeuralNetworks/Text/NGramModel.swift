import Tensors

/// A language model that counts: the probability of a word after the `order` − 1 words before it is how often it
/// came there among all that came there.
///
///     let model = NGramModel(characters: "abracadabra", order: 2)
///     model.probability(of: "b", after: ["a"])   // 0.5: of the four a's that something follows, two by b
///     model.perplexity(of: ["a", "b", "r", "a"])
///
/// At the beginning of a sequence, where fewer words came before, and after words that never came in this order,
/// the next shorter context decides, at last none at all: then a word's own frequency. So every context gives
/// probabilities that add up to 1. Without smoothing a word that never came in a known context has probability 0, and
/// a sequence with it a likelihood of 0 and an infinite perplexity.
public struct NGramModel: Sendable {
  /// How many words are looked at together: 1 for unigrams, 2 for bigrams, 3 for trigrams.
  public let order: Int
  /// What is added to every count (Laplace 1814 for 1): the probability is (count + k) / (total + k · words).
  public let smoothing: Double
  /// All words that the model knows.
  public let vocabulary: Vocabulary
  /// For each context, its words' numbers, how often each word followed it.
  private var counts: [[Int]: [Int: Int]] = [:]

  /// Counts the words of a text.
  /// - Parameters:
  ///   - order: 2 by default.
  ///   - smoothing: k, 0 by default.
  ///   - vocabulary: all words that there can be; by default those of the text.
  public init(_ words: [String], order: Int = 2, smoothing: Double = 0, vocabulary: Vocabulary? = nil) {
    if order < 1 { stop("NGramModel: an order of \(order): at least the word itself is looked at, order 1") }
    if !(smoothing >= 0) { stop("NGramModel: a smoothing of \(smoothing) is not a number from 0 up") }
    if words.isEmpty { stop("NGramModel: the text is empty: there is nothing to count") }
    self.order = order
    self.smoothing = smoothing
    self.vocabulary = vocabulary ?? Vocabulary(words)
    let numbers = self.vocabulary.encode(words)
    for (place, word) in numbers.enumerated() {
      for length in 0..<min(order, place + 1) {
        counts[Array(numbers[place - length..<place]), default: [:]][word, default: 0] += 1
      }
    }
  }

  /// Counts the characters of a text.
  public init(characters text: String, order: Int = 2, smoothing: Double = 0) {
    self.init(text.map(String.init), order: order, smoothing: smoothing)
  }

  /// P(word | context): only the last `order` − 1 words of the context count.
  public func probability(of word: String, after context: [String] = []) -> Double {
    probability(of: vocabulary[word], after: vocabulary.encode(context)[...])
  }

  /// ln P(w₁ … wₙ) = Σ ln P(wᵢ | the words before it), in nats.
  public func logLikelihood(of words: [String]) -> Double {
    let numbers = vocabulary.encode(words)
    return numbers.indices.reduce(0) { $0 + log(probability(of: numbers[$1], after: numbers[..<$1])) }
  }

  /// P(w₁ … wₙ), the likelihood of the sequence.
  public func likelihood(of words: [String]) -> Double { exp(logLikelihood(of: words)) }

  /// exp(−ln P / n): how many words the model is as unsure among, on average, as if all were alike. A uniform model of
  /// 28 words has 28.
  public func perplexity(of words: [String]) -> Double {
    if words.isEmpty { stop("perplexity: there are no words") }
    return exp(-logLikelihood(of: words) / Double(words.count))
  }

  /// The likeliest words after a context with their probabilities, the likeliest first.
  public func mostLikely(_ count: Int = 5, after context: [String] = []) -> [(
    word: String, probability: Double
  )] {
    let numbers = vocabulary.encode(context)[...]
    let all = vocabulary.words.indices.map { (vocabulary.words[$0], probability(of: $0, after: numbers)) }
    return all.sorted { $0.1 > $1.1 }.prefix(count).map { (word: $0.0, probability: $0.1) }
  }

  /// Goes on from some words, each next one drawn with the model's probabilities.
  public func generate(_ count: Int, after start: [String] = []) -> [String] {
    var numbers = vocabulary.encode(start)
    let draws = Tensor.random([count]).scalars
    for draw in draws {
      var rest = Double(draw)
      let context = numbers[...]
      let next = vocabulary.words.indices.first { word in
        rest -= probability(of: word, after: context)
        return rest < 0
      }
      numbers.append(next ?? 0)
    }
    return vocabulary.decode(numbers)
  }

  private func probability(of word: Int, after context: ArraySlice<Int>) -> Double {
    var known = Array(context.suffix(order - 1))
    while counts[known] == nil { known.removeFirst() }
    let row = counts[known]!
    let total = Double(row.values.reduce(0, +))
    return (Double(row[word] ?? 0) + smoothing) / (total + smoothing * Double(vocabulary.count))
  }
}
