import Figures
import Tensors

extension Seq2Seq {
  /// A sentence translated, its words parted by spaces.
  ///
  ///     model.translate("she wants a red flower every day")
  ///     model.translate("she wants a red flower every day", beamWidth: 4)
  ///
  /// - Parameters:
  ///   - beamWidth: how many beginnings are kept at every step; 1, the default, takes the likeliest word each time.
  ///   - maximumLength: at most so many words, 50 by default.
  public func translate(_ sentence: String, beamWidth: Int = 1, maximumLength: Int = 50) -> Translation {
    translate(
      sentence.split(separator: " ").map(String.init), beamWidth: beamWidth, maximumLength: maximumLength)
  }

  /// A sentence translated, given by its words.
  public func translate(_ words: [String], beamWidth: Int = 1, maximumLength: Int = 50) -> Translation {
    if words.isEmpty { stop("translate: the sentence is empty") }
    return inEvaluation {
      let encoded = encode(sourceBatch([words]))
      let (start, end) = (target[Vocabulary.start], target[Vocabulary.end])
      // One at a time keeps the likeliest beginning alone: that is the greedy choice.
      let best = beamSearch([start], width: beamWidth, count: maximumLength, end: end) { prefix in
        decode(SequenceBatch([prefix]), encoded).logits[0, -1]
      }[0]
      let written = best.sequence.dropFirst().filter { $0 != end }
      var attention: Tensor?
      if !written.isEmpty {
        attention = decode(SequenceBatch([best.sequence]), encoded).attention?[0, .all, 0..<written.count]
      }
      return Translation(
        source: words, target: target.decode(Array(written)), score: best.score, heads: attention)
    }
  }

  /// Many sentences translated at once, each by the likeliest word each time.
  public func translate(_ sentences: [[String]], maximumLength: Int = 50) -> [[String]] {
    inEvaluation {
      let encoded = encode(sourceBatch(sentences))
      let (start, end) = (target[Vocabulary.start], target[Vocabulary.end])
      var written = sentences.map { _ in [start] }
      var open = Array(sentences.indices)
      for _ in 0..<maximumLength where !open.isEmpty {
        let words = likeliest(open.map { written[$0] }, encoded.select(open))
        for (i, word) in zip(open, words) { written[i].append(word) }
        open.removeAll { written[$0].last == end }
      }
      return written.map { target.decode($0.dropFirst().filter { $0 != end }) }
    }
  }

  /// How well the sentences of a corpus are translated, those of one batch after another.
  public func evaluate(_ corpus: ParallelCorpus, batchSize: Int = 256) -> TranslationQuality {
    var written: [[String]] = []
    for start in stride(from: 0, to: corpus.count, by: batchSize) {
      let part = corpus.pairs[start..<min(start + batchSize, corpus.count)]
      written += translate(part.map(\.source), maximumLength: (part.map(\.target.count).max() ?? 0) + 5)
    }
    return TranslationQuality(pairs: corpus.pairs, written: written)
  }

  private func inEvaluation<R>(_ body: () -> R) -> R {
    let wasTraining = namedModules.contains { ($0.module as? any HasMode)?.isTraining == true }
    eval()
    defer { if wasTraining { train() } }
    return noGradient(body)
  }
}

/// How well a corpus was translated.
public struct TranslationQuality: Sendable, CustomStringConvertible {
  /// The sentences with the right translations.
  public let pairs: [Corpora.Pair]
  /// What the model wrote for each.
  public let written: [[String]]

  /// The share of sentences that are right word for word.
  public var accuracy: Double {
    Double(zip(pairs, written).count { $0.target == $1 }) / Double(max(pairs.count, 1))
  }

  /// The BLEU score of the whole corpus, of n-grams up to 4.
  public var bleu: Double { NeuralNetworks.bleu(written, pairs.map(\.target)) }

  /// The share of right sentences for each length of the source, the shortest first.
  public var accuracyByLength: [(length: Int, accuracy: Double)] {
    let groups = Dictionary(grouping: pairs.indices) { pairs[$0].source.count }
    return groups.keys.sorted().map { length in
      let places = groups[length]!
      let right = places.count { pairs[$0].target == written[$0] }
      return (length, Double(right) / Double(places.count))
    }
  }

  /// The share of right sentences by the source's length, as a line.
  public func chart(name: String = "accuracy") -> Chart {
    let rows = accuracyByLength
    return lineChart(
      rows.map(\.accuracy), at: rows.map { Double($0.length) }, name: name, x: "words in the source",
      y: "share of right sentences")
  }

  public var description: String {
    "\(pairs.count) sentences: \(decimal(100 * accuracy, 1)) % right, BLEU \(decimal(bleu, 3))"
  }
}
