import Tensors

/// Several attentions side by side, each on its own projection (Vaswani et al. 2017, section 3.2.2).
///
/// Sequences are [L, N, modelSize], or [N, L, modelSize] with `batchFirst`, or [L, modelSize] alone, as in
/// PyTorch, whose names the parameters have: in_proj_weight [3 · modelSize, modelSize] stacks W_q, W_k, W_v.
public final class MultiHeadAttention: NamedParts {
  public let modelSize: Int
  public let heads: Int
  public let batchFirst: Bool
  @Parameter public var inputWeight: Tensor
  @OptionalParameter public var inputBias: Tensor?
  public let output: Linear
  private let dropout: Dropout
  /// The weights of the last call [N, heads, L, S], for showing.
  public private(set) var weights: Tensor?

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
    let isSelf = query.storage === key.storage && key.storage === value.storage
    let parts = isSelf ? projectAll(query) : [query, key, value].enumerated().map { project($1, $0) }
    let (q, k, v) = (split(parts[0]), split(parts[1]), split(parts[2]))
    let padding = lengths.map { paddingMask(lengths: $0, count: k.shape[2]).unsqueeze(axis: 1) }
    let whole = [mask, padding].compactMap { $0 }
    let result = scaledDotProductAttention(
      q, k, v, mask: whole.isEmpty ? nil : whole.dropFirst().reduce(whole[0], +), isCausal: isCausal)
    weights = result.weights.detached
    let mixed =
      dropout.probability > 0 && dropout.isTraining
      ? matmul(dropout.forward(result.weights), v) : result.output
    // [N, heads, L, size] → [N, L, heads · size], or [L, N, …].
    let joined = mixed.permute(batchFirst ? [0, 2, 1, 3] : [2, 0, 1, 3])
    return output.forward(joined.reshape(query.shape))
  }

  /// One third of the projection: 0 for queries, 1 for keys, 2 for values.
  private func project(_ x: Tensor, _ third: Int) -> Tensor {
    let rows = third * modelSize..<(third + 1) * modelSize
    return linear(x, inputWeight.slice(axis: 0, rows), inputBias?.slice(axis: 0, rows))
  }

  /// All three of one sequence at once.
  private func projectAll(_ x: Tensor) -> [Tensor] {
    linear(x, inputWeight, inputBias).split(size: modelSize, axis: 2)
  }

  /// → [N, heads, L, size].
  private func split(_ x: Tensor) -> Tensor {
    x.reshape(x.shape[0], x.shape[1], heads, modelSize / heads).permute(
      batchFirst ? [0, 2, 1, 3] : [1, 2, 0, 3])
  }
}
