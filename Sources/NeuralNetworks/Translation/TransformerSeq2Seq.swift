import Tensors

/// The Transformer (Vaswani et al. 2017) as a translator: embeddings times √size plus positional encodings, encoder and
/// decoder layers, and a linear layer to the words.
///
///     let model = TransformerSeq2Seq(training)
///     model.fit(training, epochs: 20, learningRate: 0.002)
public final class TransformerSeq2Seq: Seq2Seq {
  /// The words that go in.
  public let source: Vocabulary
  /// The words that come out.
  public let target: Vocabulary
  /// The size of all vectors.
  public let modelSize: Int
  private let sourceEmbedding: Embedding
  private let targetEmbedding: Embedding
  private let positions: PositionalEncoding
  private let encoder: TransformerEncoder
  private let decoder: TransformerDecoder
  private let output: Linear

  /// - Parameters:
  ///   - corpus: gives the vocabularies.
  ///   - modelSize: the size of all vectors, 64 by default.
  ///   - heads: of every attention, 4 by default.
  ///   - layers: of the encoder, and of the decoder, 2 by default.
  ///   - feedForwardSize: 128 by default.
  ///   - dropout: 0 by default, which is right for small corpora made in code.
  public init(
    _ corpus: ParallelCorpus, modelSize: Int = 64, heads: Int = 4, layers: Int = 2,
    feedForwardSize: Int = 128,
    dropout: Float = 0
  ) {
    source = corpus.source
    target = corpus.target
    self.modelSize = modelSize
    sourceEmbedding = TransformerSeq2Seq.embedding(source.count, modelSize)
    targetEmbedding = TransformerSeq2Seq.embedding(target.count, modelSize)
    positions = PositionalEncoding(modelSize, dropout: dropout)
    encoder = TransformerEncoder(layers: layers) {
      TransformerEncoderLayer(
        modelSize, heads: heads, feedForwardSize: feedForwardSize, dropout: dropout, batchFirst: true)
    }
    decoder = TransformerDecoder(layers: layers) {
      TransformerDecoderLayer(
        modelSize, heads: heads, feedForwardSize: feedForwardSize, dropout: dropout, batchFirst: true)
    }
    output = Linear(modelSize, target.count)
  }

  /// Times √size they are as large as the positions' waves.
  private static func embedding(_ count: Int, _ size: Int) -> Embedding {
    let table = Embedding(count, size)
    table.weight = table.weight.detached / Float(size).squareRoot()
    return table
  }

  /// A vector for each source word, from it and all of its neighbours.
  public func encode(_ sources: SequenceBatch) -> EncodedSequences {
    let x = positions(sources.embedded(by: sourceEmbedding) * Float(modelSize).squareRoot())
    return EncodedSequences(states: encoder(x, lengths: sources.lengths), lengths: sources.lengths)
  }

  /// What may follow each prefix.
  public func decode(_ prefixes: SequenceBatch, _ encoded: EncodedSequences) -> DecodedSequences {
    let x = positions(prefixes.embedded(by: targetEmbedding) * Float(modelSize).squareRoot())
    let states = decoder(x, memory: encoded.states, isCausal: true, memoryLengths: encoded.lengths)
    return DecodedSequences(
      logits: output(states), attention: decoder.layers.last?.crossAttention.weights)
  }
}
