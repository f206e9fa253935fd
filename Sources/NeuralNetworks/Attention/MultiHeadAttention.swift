import Tensors

/// Several attentions side by side, each on its own projection (Vaswani et al. 2017, section 3.2.2).
///
/// Sequences are [L, N, modelSize], or [N, L, modelSize] with `batchFirst`, or [L, modelSize] alone, as in
/// PyTorch, whose names the parameters have: in_proj_weight [3 · modelSize, modelSize] stacks W_q, W_k, W_v.
public final class MultiHeadAttention: NamedParts {
  /// The size of every vector of the sequence.
  public let modelSize: Int
  /// How many attentions work side by side, each on modelSize / heads numbers.
  public let heads: Int
  /// Whether sequences are [N, L, …] and not [L, N, …].
  public let batchFirst: Bool
  /// W_q, W_k and W_v, one under the other: [3 · modelSize, modelSize], started by Xavier's rule.
  @Parameter public var inputWeight: Tensor
  /// Their biases [3 · modelSize], zeros at first.
  @OptionalParameter public var inputBias: Tensor?
  /// W_o, which takes all heads together to the output.
  public let output: Linear
  private let dropout: Dropout
  /// The weights of the last call [N, heads, L, S], for showing.
  public private(set) var weights: Tensor?

  /// - Parameters:
  ///   - heads: must divide `modelSize`.
  ///   - dropout: the probability with which an attention weight is set to 0 in training; 0 by default.
  ///   - bias: whether the projections have biases; yes by default.
  ///   - batchFirst: whether sequences are [N, L, modelSize]; no by default, as in PyTorch.
  public init(_ modelSize: Int, heads: Int, dropout: Float = 0, bias: Bool = true, batchFirst: Bool = false) {
    if heads < 1 || modelSize % heads != 0 {
      stop("MultiHeadAttention: a model size of \(modelSize) does not divide among \(heads) heads")
    }
    self.modelSize = modelSize
    self.heads = heads
    self.batchFirst = batchFirst
    self.dropout = Dropout(dropout)
    output = Linear(modelSize, modelSize, bias: bias)
    _inputWeight = Parameter(Initial.xavierUniform([3 * modelSize, modelSize]))
    _inputBias = OptionalParameter(bias ? Tensor.zeros(3 * modelSize) : nil)
    if bias { output.bias = Tensor.zeros(modelSize) }
  }

  public var namedParts: [(name: String, part: Any)] {
    var parts: [(name: String, part: Any)] = [("in_proj_weight", $inputWeight)]
    if let bias = $inputBias { parts.append(("in_proj_bias", bias)) }
    return parts + [("out_proj", output), ("dropout", dropout)]
  }

  /// Self-attention: the sequence looks at itself.
  public func forward(_ x: Tensor) -> Tensor { callAsFunction(x, x, x) }

  /// Self-attention with a mask; the parameters are those of the attention of three sequences below.
  public func callAsFunction(_ x: Tensor, mask: Tensor? = nil, isCausal: Bool = false, lengths: [Int]? = nil)
    -> Tensor
  {
    callAsFunction(x, x, x, mask: mask, isCausal: isCausal, lengths: lengths)
  }

  /// - Parameters:
  ///   - mask: added to the scores, [L, S] or whatever broadcasts to [N, heads, L, S].
  ///   - isCausal: hides the keys after each query's own position.
  ///   - lengths: how many keys of each sequence count.
  public func callAsFunction(
    _ query: Tensor, _ key: Tensor, _ value: Tensor, mask: Tensor? = nil, isCausal: Bool = false,
    lengths: [Int]? = nil
  ) -> Tensor {
    for x in [query, key, value] where (x.rank != 3 && x.rank != 2) || x.shape[x.rank - 1] != modelSize {
      stop(
        "MultiHeadAttention: \(x.shape): a sequence needs \(batchFirst ? "[N, L, \(modelSize)]" : "[L, N, \(modelSize)]")"
      )
    }
    if query.rank == 2 {
      let axis = batchFirst ? 0 : 1
      func batch(_ x: Tensor) -> Tensor { x.unsqueeze(axis: axis) }
      return callAsFunction(
        batch(query), batch(key), batch(value), mask: mask, isCausal: isCausal, lengths: lengths
      )
      .squeeze(axis: axis)
    }
    let (q, k, v) = project(query, key, value)
    checkSequences(query, key, value, q, k, v)
    let padding = lengths.map { paddingMask(lengths: $0, count: k.length).unsqueeze(axis: 1) }
    let masks = [mask, padding, isCausal ? causalMask(q.length, k.length) : nil].compactMap { $0 }
    let shape = [q.sequences, heads, q.length, k.length]
    for mask in masks where broadcastShape(mask.shape, shape, "MultiHeadAttention: mask") != shape {
      shapeError(
        "MultiHeadAttention", mask.shape, shape, joinedBy: "as mask of",
        rule: "a mask must broadcast to the scores [N, heads, L, S]")
    }
    let (mixed, weights) = headwiseAttention(
      q, k, v, heads: heads, mask: masks.isEmpty ? nil : masks.dropFirst().reduce(masks[0], +),
      factors: dropout.factors(shape))
    self.weights = weights
    return output.forward(mixed)
  }

  private func checkSequences(
    _ query: Tensor, _ key: Tensor, _ value: Tensor, _ q: HeadColumns, _ k: HeadColumns, _ v: HeadColumns
  ) {
    let shapes = "MultiHeadAttention: query \(query.shape), key \(key.shape), value \(value.shape)"
    if q.sequences != k.sequences || k.sequences != v.sequences {
      stop("\(shapes): there must be as many sequences of each")
    }
    if k.length != v.length {
      stop("\(shapes): each key needs a value, but there are \(k.length) and \(v.length)")
    }
    if k.length == 0 { stop("\(shapes): there is no key to look at") }
  }

  /// Queries, keys and values: of one sequence at once, else each by its third of the weight.
  private func project(_ query: Tensor, _ key: Tensor, _ value: Tensor) -> (
    HeadColumns, HeadColumns, HeadColumns
  ) {
    func columns(_ tensor: Tensor, start: Int) -> HeadColumns {
      HeadColumns(tensor: tensor, start: start, size: modelSize / heads, batchFirst: batchFirst)
    }
    func third(_ x: Tensor, _ index: Int) -> HeadColumns {
      let rows = index * modelSize..<(index + 1) * modelSize
      let part = linear(x, inputWeight.slice(axis: 0, rows), inputBias?.slice(axis: 0, rows))
      return columns(part, start: 0)
    }
    let isSelf = [key, value].allSatisfy { $0.storage === query.storage && $0.node === query.node }
    guard isSelf else { return (third(query, 0), third(key, 1), third(value, 2)) }
    let packed = linear(query, inputWeight, inputBias)
    return (
      columns(packed, start: 0), columns(packed, start: modelSize), columns(packed, start: 2 * modelSize)
    )
  }
}
