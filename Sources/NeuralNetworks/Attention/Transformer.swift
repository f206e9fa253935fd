import Tensors

/// What passes through the two linear layers of a Transformer's feed-forward part.
public enum TransformerActivation: String, Sendable {
  case relu, gelu

  func callAsFunction(_ x: Tensor) -> Tensor { self == .relu ? Tensors.relu(x) : Tensors.gelu(x) }
}

/// One layer of the encoder (Vaswani et al. 2017): self-attention, then two linear layers, each with a
/// residual connection and layer normalization.
///
/// Defaults and the parameters' names are PyTorch's: feedForwardSize 2048, dropout 0.1, ReLU, normalization
/// last, sequences [L, N, modelSize] unless `batchFirst`.
public final class TransformerEncoderLayer: NamedParts {
  public let attention: MultiHeadAttention
  public let linear1: Linear
  public let linear2: Linear
  public let norm1: LayerNorm
  public let norm2: LayerNorm
  private let dropout: Dropout
  private let activation: TransformerActivation
  private let normFirst: Bool

  public init(
    _ modelSize: Int, heads: Int, feedForwardSize: Int = 2048, dropout: Float = 0.1,
    activation: TransformerActivation = .relu, epsilon: Float = 1e-5, batchFirst: Bool = false,
    normFirst: Bool = false
  ) {
    attention = MultiHeadAttention(modelSize, heads: heads, dropout: dropout, batchFirst: batchFirst)
    linear1 = Linear(modelSize, feedForwardSize)
    linear2 = Linear(feedForwardSize, modelSize)
    norm1 = LayerNorm(modelSize, epsilon: epsilon)
    norm2 = LayerNorm(modelSize, epsilon: epsilon)
    self.dropout = Dropout(dropout)
    self.activation = activation
    self.normFirst = normFirst
  }

  public var namedParts: [(name: String, part: Any)] {
    [
      ("self_attn", attention), ("linear1", linear1), ("linear2", linear2), ("norm1", norm1),
      ("norm2", norm2),
      ("dropout", dropout),
    ]
  }

  public func forward(_ x: Tensor) -> Tensor { callAsFunction(x) }

  public func callAsFunction(_ x: Tensor, mask: Tensor? = nil, isCausal: Bool = false, lengths: [Int]? = nil)
    -> Tensor
  {
    func attend(_ x: Tensor) -> Tensor {
      dropout.forward(attention(x, mask: mask, isCausal: isCausal, lengths: lengths))
    }
    if normFirst {
      let x = x + attend(norm1.forward(x))
      return x + feedForward(norm2.forward(x))
    }
    let x = norm1.forward(x + attend(x))
    return norm2.forward(x + feedForward(x))
  }

  private func feedForward(_ x: Tensor) -> Tensor {
    dropout.forward(linear2.forward(dropout.forward(activation(linear1.forward(x)))))
  }
}

/// One layer of the decoder: self-attention that does not look ahead, attention on the encoder's output, two
/// linear layers. Defaults as for `TransformerEncoderLayer`.
public final class TransformerDecoderLayer: NamedParts {
  public let attention: MultiHeadAttention
  public let crossAttention: MultiHeadAttention
  public let linear1: Linear
  public let linear2: Linear
  public let norms: [LayerNorm]
  private let dropout: Dropout
  private let activation: TransformerActivation
  private let normFirst: Bool

  public init(
    _ modelSize: Int, heads: Int, feedForwardSize: Int = 2048, dropout: Float = 0.1,
    activation: TransformerActivation = .relu, epsilon: Float = 1e-5, batchFirst: Bool = false,
    normFirst: Bool = false
  ) {
    attention = MultiHeadAttention(modelSize, heads: heads, dropout: dropout, batchFirst: batchFirst)
    crossAttention = MultiHeadAttention(modelSize, heads: heads, dropout: dropout, batchFirst: batchFirst)
    linear1 = Linear(modelSize, feedForwardSize)
    linear2 = Linear(feedForwardSize, modelSize)
    norms = (0..<3).map { _ in LayerNorm(modelSize, epsilon: epsilon) }
    self.dropout = Dropout(dropout)
    self.activation = activation
    self.normFirst = normFirst
  }

  public var namedParts: [(name: String, part: Any)] {
    [
      ("self_attn", attention), ("multihead_attn", crossAttention), ("linear1", linear1),
      ("linear2", linear2),
      ("norm1", norms[0]), ("norm2", norms[1]), ("norm3", norms[2]), ("dropout", dropout),
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
    let parts: [(Tensor) -> Tensor] = [
      { self.dropout.forward(self.attention($0, mask: mask, isCausal: isCausal)) },
      {
        self.dropout.forward(
          self.crossAttention($0, memory, memory, mask: memoryMask, lengths: memoryLengths))
      },
      {
        self.dropout.forward(
          self.linear2.forward(self.dropout.forward(self.activation(self.linear1.forward($0)))))
      },
    ]
    return zip(norms, parts).reduce(x) { x, step in
      let (norm, part) = step
      return normFirst ? x + part(norm.forward(x)) : norm.forward(x + part(x))
    }
  }
}

/// Encoder layers one after another.
///
///     TransformerEncoder(layers: 2) { TransformerEncoderLayer(32, heads: 4, feedForwardSize: 64, batchFirst: true) }
public final class TransformerEncoder: Module {
  public let layers: [TransformerEncoderLayer]
  public let norm: LayerNorm?

  public init(layers: Int, norm: LayerNorm? = nil, _ makeLayer: () -> TransformerEncoderLayer) {
    self.layers = (0..<layers).map { _ in makeLayer() }
    self.norm = norm
  }

  public func forward(_ x: Tensor) -> Tensor { callAsFunction(x) }

  public func callAsFunction(_ x: Tensor, mask: Tensor? = nil, isCausal: Bool = false, lengths: [Int]? = nil)
    -> Tensor
  {
    let y = layers.reduce(x) { $1($0, mask: mask, isCausal: isCausal, lengths: lengths) }
    return norm.map { $0.forward(y) } ?? y
  }
}

/// Decoder layers one after another.
public final class TransformerDecoder: Module {
  public let layers: [TransformerDecoderLayer]
  public let norm: LayerNorm?

  public init(layers: Int, norm: LayerNorm? = nil, _ makeLayer: () -> TransformerDecoderLayer) {
    self.layers = (0..<layers).map { _ in makeLayer() }
    self.norm = norm
  }

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
