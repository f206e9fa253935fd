import Tensors

/// How a recurrent decoder looks at the source.
public enum Seq2SeqAttention: String, Sendable {
  /// Not at all: it has the encoder's last state, one vector for all of the source (Cho et al. 2014).
  case none
  /// Through additive attention, with its last state as the query (Bahdanau, Cho & Bengio 2015).
  case additive
  /// Through scaled dot-product attention, with its last state as the query.
  case dotProduct
}

/// A recurrent encoder–decoder. The encoder is a GRU. The decoder is a GRU too, which gets at every step the word
/// before and a context: the encoder's last state, or what attention finds among all of them.
///
///     RecurrentSeq2Seq(corpus)                           // one context vector
///     RecurrentSeq2Seq(corpus, attention: .additive)     // looks back at every word
public final class RecurrentSeq2Seq: Seq2Seq {
  /// The words that go in.
  public let source: Vocabulary
  /// The words that come out.
  public let target: Vocabulary
  /// How the decoder looks at the source.
  public let attention: Seq2SeqAttention
  private let sourceEmbedding: Embedding
  private let targetEmbedding: Embedding
  private let encoder: GRU
  private let decoder: GRUCell
  private let additive: AdditiveAttention?
  private let dotProduct: DotProductAttention?
  private let output: Linear

  /// - Parameters:
  ///   - corpus: gives the vocabularies.
  ///   - embeddingSize: the size of a word's vector, 32 by default.
  ///   - hiddenSize: the size of the states, 64 by default.
  ///   - attention: none by default.
  public init(
    _ corpus: ParallelCorpus, embeddingSize: Int = 32, hiddenSize: Int = 64,
    attention: Seq2SeqAttention = .none
  ) {
    source = corpus.source
    target = corpus.target
    self.attention = attention
    sourceEmbedding = Embedding(source.count, embeddingSize)
    encoder = GRU(embeddingSize, hiddenSize, batchFirst: true)
    targetEmbedding = Embedding(target.count, embeddingSize)
    decoder = GRUCell(embeddingSize + hiddenSize, hiddenSize)
    additive =
      attention == .additive
      ? AdditiveAttention(querySize: hiddenSize, keySize: hiddenSize, hiddenSize: hiddenSize) : nil
    dotProduct = attention == .dotProduct ? DotProductAttention() : nil
    output = Linear(2 * hiddenSize, target.count)
  }

  /// A vector for each source word, from it and all of its neighbours.
  public func encode(_ sources: SequenceBatch) -> EncodedSequences {
    EncodedSequences(states: encoder(sources.embedded(by: sourceEmbedding)).output, lengths: sources.lengths)
  }

  /// What may follow each prefix.
  public func decode(_ prefixes: SequenceBatch, _ encoded: EncodedSequences) -> DecodedSequences {
    let words = prefixes.embedded(by: targetEmbedding).unstack(axis: 1)
    let last = encoded.last
    var state = last
    var features: [Tensor] = []
    var weights: [Tensor] = []
    for word in words {
      var context = last
      if let (found, looked) = attend(state.unsqueeze(axis: 1), encoded) {
        context = found.squeeze(axis: 1)
        weights.append(looked)
      }
      state = decoder(concatenate([word, context], axis: 1), state)
      features.append(concatenate([state, context], axis: 1))
    }
    return DecodedSequences(
      logits: output(stack(features, axis: 1)),
      attention: weights.isEmpty ? nil : concatenate(weights, axis: 1).unsqueeze(axis: 1))
  }

  /// What attention finds for a query [n, 1, size], and its weights [n, 1, length].
  private func attend(_ query: Tensor, _ encoded: EncodedSequences) -> (found: Tensor, weights: Tensor)? {
    let (states, lengths) = (encoded.states, encoded.lengths)
    if let additive {
      return (additive(query, states, states, lengths: lengths), additive.weights!)
    }
    if let dotProduct {
      return (dotProduct(query, states, states, lengths: lengths), dotProduct.weights!)
    }
    return nil
  }
}
