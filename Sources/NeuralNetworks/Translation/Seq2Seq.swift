import Tensors

/// A network that makes a sequence from a sequence (Sutskever, Vinyals & Le 2014): an encoder reads the source, a
/// decoder writes the target word by word, each from the words before it.
///
///     let (training, test) = ParallelCorpus(Corpora.englishChinese(1200)).split(0.9)
///     let model = RecurrentSeq2Seq(training, attention: .additive)
///     model.fit(training, epochs: 20)
///     model.translate("he likes two small dogs")
///     model.evaluate(test).bleu
public protocol Seq2Seq: Module {
  /// The words that go in.
  var source: Vocabulary { get }
  /// The words that come out.
  var target: Vocabulary { get }
  /// What the encoder makes of sources.
  func encode(_ sources: SequenceBatch) -> EncodedSequences
  /// What may follow each prefix of the targets: of n sequences of t words the logits [n, t, words].
  func decode(_ prefixes: SequenceBatch, _ encoded: EncodedSequences) -> DecodedSequences
}

/// What an encoder made of sources, for a decoder to look at.
public struct EncodedSequences: Sendable {
  /// A vector for each word, [n, length, size].
  public let states: Tensor
  /// How many words each source has.
  public let lengths: [Int]

  /// States of sources with their lengths.
  public init(states: Tensor, lengths: [Int]) {
    self.states = states
    self.lengths = lengths
  }

  /// The state after each source's last word, [n, size]: the one context vector.
  public var last: Tensor {
    let (length, size) = (states.shape[1], states.shape[2])
    return states.reshape(-1, size).select(rows: lengths.enumerated().map { $0 * length + $1 - 1 })
  }

  /// The same sequences in another order, or some of them several times.
  func select(_ rows: [Int]) -> EncodedSequences {
    EncodedSequences(states: states.select(rows: rows), lengths: rows.map { lengths[$0] })
  }
}

/// What a decoder puts out.
public struct DecodedSequences: Sendable {
  /// [n, t, words].
  public let logits: Tensor
  /// How much each written word looked at each source word, [n, heads, t, source length]; `nil` without attention.
  public let attention: Tensor?

  /// Logits, and the attention weights where there are any.
  public init(logits: Tensor, attention: Tensor?) {
    self.logits = logits
    self.attention = attention
  }
}

extension Seq2Seq {
  /// The mean cross-entropy of the target words and of the end after them.
  ///
  /// - Parameter teacherForcing: whether the decoder goes on from the right words (Williams & Zipser 1989), as it does
  ///   by default, or from those it would write itself.
  public func loss(_ pairs: [Corpora.Pair], teacherForcing: Bool = true) -> Tensor {
    let encoded = encode(sourceBatch(pairs.map(\.source)))
    let (start, end, padding) = (target[Vocabulary.start], target[Vocabulary.end], target[Vocabulary.padding])
    let goals = pairs.map { target.encode($0.target) + [end] }
    let labels = SequenceBatch(goals, padding: padding)
    let right = goals.map { [start] + $0.dropLast() }
    let prefixes = teacherForcing ? right : noGradient { ownPrefixes(encoded, count: labels.length) }
    let logits = decode(SequenceBatch(prefixes, padding: padding), encoded).logits
    return crossEntropy(logits.reshape(-1, target.count), labels.numbers, ignoreIndex: padding)
  }

  /// Trains with Adam on batches in random order.
  ///
  /// - Parameters:
  ///   - epochs: passes over the corpus, 20 by default.
  ///   - batchSize: 64 by default.
  ///   - learningRate: 0.005 by default.
  ///   - teacherForcing: the share of batches in which the decoder goes on from the right words; all by default.
  ///   - gradientLimit: longer gradients are shortened to this; 1 by default.
  ///   - report: told of every epoch's loss; prints nothing by default.
  /// - Returns: the mean loss of each epoch, in nats a word.
  @discardableResult
  public func fit(
    _ corpus: ParallelCorpus, epochs: Int = 20, batchSize: Int = 64, learningRate: Float = 0.005,
    teacherForcing: Double = 1, gradientLimit: Float = 1, report: (String) -> Void = { _ in }
  ) -> History {
    if batchSize < 1 { stop("Seq2Seq: a batch size of \(batchSize) makes no sense") }
    if !(teacherForcing >= 0 && teacherForcing <= 1) {
      stop("Seq2Seq: a teacher forcing of \(teacherForcing): the share of batches lies from 0 to 1")
    }
    let optimizer = Adam(parameters, learningRate: learningRate)
    var history = History()
    train()
    for epoch in stride(from: 1, through: epochs, by: 1) {
      let order = randomPermutation(corpus.count)
      var total = 0.0
      for start in stride(from: 0, to: order.count, by: batchSize) {
        let batch = order[start..<min(start + batchSize, order.count)].map { corpus.pairs[$0] }
        let isForced = teacherForcing >= 1 || Double(Tensor.random(1).item) < teacherForcing
        let loss = loss(batch, teacherForcing: isForced)
        optimizer.zeroGradients()
        loss.backward()
        clipGradientNorm(optimizer.parameters, maximum: gradientLimit)
        optimizer.step()
        total += Double(loss.item) * Double(batch.count)
      }
      history.append(loss: total / Double(corpus.count))
      report("epoch \(epoch)/\(epochs): loss \(decimal(history.last, 4))")
    }
    eval()
    return history
  }

  func sourceBatch(_ sentences: [[String]]) -> SequenceBatch {
    SequenceBatch(sentences.map { source.encode($0) }, padding: source[Vocabulary.padding])
  }

  /// The start and the `count` − 1 words that the decoder itself holds likeliest after it.
  private func ownPrefixes(_ encoded: EncodedSequences, count: Int) -> [[Int]] {
    var prefixes = encoded.lengths.map { _ in [target[Vocabulary.start]] }
    for _ in 1..<max(count, 1) {
      for (i, word) in likeliest(prefixes, encoded).enumerated() { prefixes[i].append(word) }
    }
    return prefixes
  }

  /// The likeliest word after each of some prefixes of one length.
  func likeliest(_ prefixes: [[Int]], _ encoded: EncodedSequences) -> [Int] {
    let logits = decode(SequenceBatch(prefixes), encoded).logits
    return logits[.all, -1].argmax(axis: 1).integers
  }
}
