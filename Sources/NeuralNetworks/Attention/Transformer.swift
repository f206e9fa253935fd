import Tensors

/// What passes through the two linear layers of a Transformer's feed-forward part.
public enum TransformerActivation: String, Sendable {
  case relu, gelu

  func callAsFunction(_ x: Tensor) -> Tensor { self == .relu ? Tensors.relu(x) : Tensors.gelu(x) }
}

/// Two linear layers with an activation between them, and dropout after each.
private struct FeedForward {
  let linear1: Linear
  let linear2: Linear
  let dropout: Dropout
  let activation: TransformerActivation

  init(_ modelSize: Int, _ size: Int, _ dropout: Float, _ activation: TransformerActivation) {
    linear1 = Linear(modelSize, size)
    linear2 = Linear(size, modelSize)
    self.dropout = Dropout(dropout)
    self.activation = activation
  }

  func callAsFunction(_ x: Tensor) -> Tensor {
    dropout.forward(linear2.forward(dropout.forward(activation(linear1.forward(x)))))
  }
}

/// x + part(x), normalized before the part or after the sum.
private func residual(_ x: Tensor, _ norm: LayerNorm, first: Bool, _ part: (Tensor) -> Tensor) -> Tensor {
  first ? x + part(norm.forward(x)) : norm.forward(x + part(x))
}

/// One layer of the encoder (Vaswani et al. 2017): self-attention, then two linear layers, each with a
/// residual connection and layer normalization.
///
/// Defaults and the parameters' names are PyTorch's: feedForwardSize 2048, dropout 0.1, ReLU, normalization
/// last, sequences [L, N, modelSize] unless `batchFirst`.
public final class TransformerEncoderLayer: NamedParts {
  /// The self-attention.
  public let attention: MultiHeadAttention
  /// The normalization of the self-attention part.
  public let norm1: LayerNorm
  /// The normalization of the feed-forward part.
  public let norm2: LayerNorm
  private let feedForward: FeedForward
  private let normFirst: Bool

  /// From the model size to the feed-forward size.
  public var linear1: Linear { feedForward.linear1 }
  /// And back.
  public var linear2: Linear { feedForward.linear2 }

  /// - Parameters:
  ///   - feedForwardSize: 2048 by default.
  ///   - dropout: 0.1 by default.
  ///   - activation: ReLU by default.
  ///   - epsilon: of the normalizations, 10⁻⁵ by default.
  ///   - batchFirst: whether sequences are [N, L, modelSize]; no by default.
  ///   - normFirst: whether each part is normalized before, and not after, it is added; no by default.
  public init(
    _ modelSize: Int, heads: Int, feedForwardSize: Int = 2048, dropout: Float = 0.1,
    activation: TransformerActivation = .relu, epsilon: Float = 1e-5, batchFirst: Bool = false,
    normFirst: Bool = false
  ) {
    attention = MultiHeadAttention(modelSize, heads: heads, dropout: dropout, batchFirst: batchFirst)
    feedForward = FeedForward(modelSize, feedForwardSize, dropout, activation)
    norm1 = LayerNorm(modelSize, epsilon: epsilon)
    norm2 = LayerNorm(modelSize, epsilon: epsilon)
    self.normFirst = normFirst
  }

  public var namedParts: [(name: String, part: Any)] {
    [
      ("self_attn", attention), ("linear1", linear1), ("linear2", linear2), ("norm1", norm1),
      ("norm2", norm2), ("dropout", feedForward.dropout),
    ]
  }

  public func forward(_ x: Tensor) -> Tensor { callAsFunction(x) }

  /// The sequence after the layer or layers, of its own shape.
  /// - Parameters:
  ///   - mask: added to the attention's scores, [L, L] or what broadcasts to [N, heads, L, L].
  ///   - isCausal: hides from each position those after it; no by default.
  ///   - lengths: how many positions of each sequence count; all by default.
  public func callAsFunction(_ x: Tensor, mask: Tensor? = nil, isCausal: Bool = false, lengths: [Int]? = nil)
    -> Tensor
  {
    let x = residual(x, norm1, first: normFirst) {
      feedForward.dropout.forward(attention($0, mask: mask, isCausal: isCausal, lengths: lengths))
    }
    return residual(x, norm2, first: normFirst) { feedForward($0) }
  }
}

/// One layer of the decoder: self-attention that does not look ahead, attention on the encoder's output, two
/// linear layers. Defaults as for `TransformerEncoderLayer`.
public final class TransformerDecoderLayer: NamedParts {
  /// The self-attention.
  public let attention: MultiHeadAttention
  /// The attention on the encoder's output.
  public let crossAttention: MultiHeadAttention
  /// The normalizations of the self-attention, of the attention on the encoder, and of the feed-forward part.
  public let norms: [LayerNorm]
  private let feedForward: FeedForward
  private let normFirst: Bool

  /// From the model size to the feed-forward size.
  public var linear1: Linear { feedForward.linear1 }
  /// And back.
  public var linear2: Linear { feedForward.linear2 }

  /// - Parameters:
  ///   - feedForwardSize: 2048 by default.
  ///   - dropout: 0.1 by default.
  ///   - activation: ReLU by default.
  ///   - epsilon: of the normalizations, 10⁻⁵ by default.
  ///   - batchFirst: whether sequences are [N, L, modelSize]; no by default.
  ///   - normFirst: whether each part is normalized before, and not after, it is added; no by default.
  public init(
    _ modelSize: Int, heads: Int, feedForwardSize: Int = 2048, dropout: Float = 0.1,
    activation: TransformerActivation = .relu, epsilon: Float = 1e-5, batchFirst: Bool = false,
    normFirst: Bool = false
  ) {
    attention = MultiHeadAttention(modelSize, heads: heads, dropout: dropout, batchFirst: batchFirst)
    crossAttention = MultiHeadAttention(modelSize, heads: heads, dropout: dropout, batchFirst: batchFirst)
    feedForward = FeedForward(modelSize, feedForwardSize, dropout, activation)
    norms = (0..<3).map { _ in LayerNorm(modelSize, epsilon: epsilon) }
    self.normFirst = normFirst
  }

  public var namedParts: [(name: String, part: Any)] {
    [
      ("self_attn", attention), ("multihead_attn", crossAttention), ("linear1", linear1),
      ("linear2", linear2), ("norm1", norms[0]), ("norm2", norms[1]), ("norm3", norms[2]),
      ("dropout", feedForward.dropout),
    ]
  }

  /// - Parameters:
  ///   - memory: the encoder's output.
  ///   - mask: added to the self-attention's scores.
  ///   - isCausal: whether a position may not look ahead; as in PyTorch no by default.
  ///   - memoryLengths: how many positions of each memory count.
  public func callAsFunction(
    _ x: Tensor, memory: Tensor, mask: Tensor? = nil, isCausal: Bool = false, memoryMask: Tensor? = nil,
    memoryLengths: [Int]? = nil
  ) -> Tensor {
    let dropout = feedForward.dropout
    let looked = residual(x, norms[0], first: normFirst) {
      dropout.forward(attention($0, mask: mask, isCausal: isCausal))
    }
    let crossed = residual(looked, norms[1], first: normFirst) {
      dropout.forward(crossAttention($0, memory, memory, mask: memoryMask, lengths: memoryLengths))
    }
    return residual(crossed, norms[2], first: normFirst) { feedForward($0) }
  }
}

/// Encoder layers one after another.
///
///     TransformerEncoder(layers: 2) { TransformerEncoderLayer(32, heads: 4, feedForwardSize: 64, batchFirst: true) }
public final class TransformerEncoder: Module {
  /// The layers, the first one first.
  public let layers: [TransformerEncoderLayer]
  /// A last normalization, if there is one.
  public let norm: LayerNorm?

  /// - Parameters:
  ///   - norm: a last normalization; none by default.
  ///   - makeLayer: makes one layer; called for each.
  public init(layers: Int, norm: LayerNorm? = nil, _ makeLayer: () -> TransformerEncoderLayer) {
    self.layers = (0..<layers).map { _ in makeLayer() }
    self.norm = norm
  }

  public func forward(_ x: Tensor) -> Tensor { callAsFunction(x) }

  /// The sequence after the layer or layers, of its own shape.
  /// - Parameters:
  ///   - mask: added to the attention's scores, [L, L] or what broadcasts to [N, heads, L, L].
  ///   - isCausal: hides from each position those after it; no by default.
  ///   - lengths: how many positions of each sequence count; all by default.
  public func callAsFunction(_ x: Tensor, mask: Tensor? = nil, isCausal: Bool = false, lengths: [Int]? = nil)
    -> Tensor
  {
    let y = layers.reduce(x) { $1($0, mask: mask, isCausal: isCausal, lengths: lengths) }
    return norm.map { $0.forward(y) } ?? y
  }
}

/// Decoder layers one after another.
public final class TransformerDecoder: Module {
  /// The layers, the first one first.
  public let layers: [TransformerDecoderLayer]
  /// A last normalization, if there is one.
  public let norm: LayerNorm?

  /// - Parameters:
  ///   - norm: a last normalization; none by default.
  ///   - makeLayer: makes one layer; called for each.
  public init(layers: Int, norm: LayerNorm? = nil, _ makeLayer: () -> TransformerDecoderLayer) {
    self.layers = (0..<layers).map { _ in makeLayer() }
    self.norm = norm
  }

  /// The sequence after all layers; the parameters are those of `TransformerDecoderLayer`.
  public func callAsFunction(
    _ x: Tensor, memory: Tensor, mask: Tensor? = nil, isCausal: Bool = false, memoryMask: Tensor? = nil,
    memoryLengths: [Int]? = nil
  ) -> Tensor {
    let y = layers.reduce(x) {
      $1(
        $0, memory: memory, mask: mask, isCausal: isCausal, memoryMask: memoryMask,
        memoryLengths: memoryLengths)
    }
    return norm.map { $0.forward(y) } ?? y
  }
}
