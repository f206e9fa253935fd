import Tensors

/// Sentences with their translations, and the vocabularies of both languages.
///
///     let (training, test) = ParallelCorpus(Corpora.englishChinese(1200)).split(0.9)
public struct ParallelCorpus: Sendable, CustomStringConvertible {
  /// The sentences and their translations.
  public let pairs: [Corpora.Pair]
  /// The words of the sentences. Both vocabularies begin with `Vocabulary.padding`, `.start`, `.end` and `.unknown`.
  public let source: Vocabulary
  /// The words of the translations.
  public let target: Vocabulary

  /// A corpus whose vocabularies are all the words that come in it.
  public init(_ pairs: [Corpora.Pair]) {
    if pairs.isEmpty { stop("ParallelCorpus: there are no sentences") }
    for (i, pair) in pairs.enumerated() where pair.source.isEmpty || pair.target.isEmpty {
      stop("ParallelCorpus: pair \(i) has an empty sentence: \(pair)")
    }
    let special = [Vocabulary.padding, Vocabulary.start, Vocabulary.end, Vocabulary.unknown]
    self.init(
      pairs, source: Vocabulary(pairs.flatMap(\.source), special: special),
      target: Vocabulary(pairs.flatMap(\.target), special: special))
  }

  private init(_ pairs: [Corpora.Pair], source: Vocabulary, target: Vocabulary) {
    self.pairs = pairs
    self.source = source
    self.target = target
  }

  /// The number of pairs.
  public var count: Int { pairs.count }

  /// Two parts, chosen at random: the first with `fraction` of the pairs. Both know all words.
  public func split(_ fraction: Double) -> (ParallelCorpus, ParallelCorpus) {
    let order = randomPermutation(count)
    let first = Int((Double(count) * fraction).rounded())
    if first < 1 || first >= count {
      stop("ParallelCorpus: \(fraction) of \(count) pairs leaves one part without any")
    }
    func part(_ places: ArraySlice<Int>) -> ParallelCorpus {
      ParallelCorpus(places.map { pairs[$0] }, source: source, target: target)
    }
    return (part(order[..<first]), part(order[first...]))
  }

  public var description: String {
    let shown = pairs.prefix(5).map(\.description)
    return (["\(count) pairs, \(source.count) and \(target.count) words"] + shown + (count > 5 ? ["…"] : []))
      .joined(separator: "\n")
  }
}

/// Sequences of words' numbers, filled up to one length.
public struct SequenceBatch: Sendable {
  /// All numbers, one sequence after another, each filled up to `length`.
  public let numbers: [Int]
  /// How long each sequence is without the filling.
  public let lengths: [Int]
  /// The length of the longest one.
  public let length: Int

  /// - Parameter padding: the number that fills up, 0 by default: that of `Vocabulary.padding` where it comes first.
  public init(_ sequences: [[Int]], padding: Int = 0) {
    lengths = sequences.map(\.count)
    let longest = lengths.max() ?? 0
    if longest == 0 {
      stop("SequenceBatch: \(sequences.count) sequences: there must be one that is not empty")
    }
    length = longest
    numbers = sequences.flatMap { $0 + [Int](repeating: padding, count: longest - $0.count) }
  }

  /// The number of sequences.
  public var count: Int { lengths.count }

  /// The rows of a table for all numbers: [count, length, size].
  func embedded(by table: Embedding) -> Tensor {
    table(numbers).reshape(count, length, table.weight.shape[1])
  }
}
