import Tensors

/// What attention gives: the mixed values, and how much of each value is in the mixture.
public struct AttentionResult: Sendable {
  /// [..., queries, value size].
  public let output: Tensor
  /// [..., queries, keys], each row with sum 1.
  public let weights: Tensor
}

/// softmax(Q Kᵀ / √d) V (Vaswani et al. 2017): query [..., L, d], key [..., S, d], value [..., S, e] → [...,
/// L, e].
///
/// - Parameters:
///   - mask: added to the scores before the softmax, so that −∞ hides a key; it broadcasts to [..., L, S].
///   - isCausal: hides the keys after each query's own position.
///   - lengths: how many keys of each sequence count, for tensors [N, …, …].
///   - scale: what the scores are multiplied by, 1 / √d by default.
public func scaledDotProductAttention(
  _ query: Tensor, _ key: Tensor, _ value: Tensor, mask: Tensor? = nil, isCausal: Bool = false,
  lengths: [Int]? = nil, scale: Float? = nil
) -> AttentionResult {
  checkAttention("scaledDotProductAttention", query, key, value)
  let size = query.shape[query.rank - 1]
  if key.shape[key.rank - 1] != size {
    shapeError(
      "scaledDotProductAttention", query.shape, key.shape, joinedBy: "with key",
      rule: "queries and keys must have one size, but have \(size) and \(key.shape[key.rank - 1])")
  }
  var scores = matmul(query * (scale ?? 1 / Float(size).squareRoot()), key.transposed)
  if let mask { scores = scores + mask }
  if isCausal { scores = scores + causalMask(query.size(-2), key.size(-2)) }
  if let lengths { scores = scores + paddingMask(lengths: lengths, count: key.size(-2)) }
  let weights = softmax(scores)
  return AttentionResult(output: matmul(weights, value), weights: weights)
}

/// Additive attention (Bahdanau, Cho & Bengio 2015): score(q, k) = wᵥ · tanh(W_q q + W_k k), softmax over the
/// keys.
///
/// query [N, L, q], key [N, S, k], value [N, S, e], queryWeight [h, q], keyWeight [h, k], scoreWeight [h] →
/// [N, L, e].
public func additiveAttention(
  _ query: Tensor, _ key: Tensor, _ value: Tensor, queryWeight: Tensor, keyWeight: Tensor,
  scoreWeight: Tensor,
  lengths: [Int]? = nil
) -> AttentionResult {
  checkAttention("additiveAttention", query, key, value)
  let q = linear(query, queryWeight).unsqueeze(axis: -2)
  let k = linear(key, keyWeight).unsqueeze(axis: -3)
  let scores = matmul(tanh(q + k), scoreWeight)
  let weights = lengths == nil ? softmax(scores) : maskedSoftmax(scores, lengths: lengths)
  return AttentionResult(output: matmul(weights, value), weights: weights)
}

/// Additive attention with weights of its own, and dropout of the attention weights.
public final class AdditiveAttention: Module {
  /// W_q: takes queries to the hidden size.
  public let queryWeight: Linear
  /// W_k: takes keys to the hidden size.
  public let keyWeight: Linear
  /// wᵥ: takes the sum of both, through tanh, to a score.
  public let scoreWeight: Linear
  /// The weights of the last call, for showing.
  public private(set) var weights: Tensor?
  private let dropout: Dropout

  /// - Parameter dropout: the probability with which an attention weight is set to 0 in training; 0 by default.
  public init(querySize: Int, keySize: Int, hiddenSize: Int, dropout: Float = 0) {
    queryWeight = Linear(querySize, hiddenSize, bias: false)
    keyWeight = Linear(keySize, hiddenSize, bias: false)
    scoreWeight = Linear(hiddenSize, 1, bias: false)
    self.dropout = Dropout(dropout)
  }

  /// The mixed values [N, L, value size] for query [N, L, …], key [N, S, …] and value [N, S, value size].
  /// - Parameter lengths: how many keys of each sequence count; all by default.
  public func callAsFunction(_ query: Tensor, _ key: Tensor, _ value: Tensor, lengths: [Int]? = nil) -> Tensor
  {
    let result = additiveAttention(
      query, key, value, queryWeight: queryWeight.weight, keyWeight: keyWeight.weight,
      scoreWeight: scoreWeight.weight.reshape(-1), lengths: lengths)
    weights = result.weights.detached
    return matmul(dropout.forward(result.weights), value)
  }
}

/// Scaled dot-product attention with dropout of the attention weights.
public final class DotProductAttention: Module {
  /// The weights of the last call, for showing.
  public private(set) var weights: Tensor?
  private let dropout: Dropout

  /// - Parameter dropout: the probability with which an attention weight is set to 0 in training; 0 by default.
  public init(dropout: Float = 0) { self.dropout = Dropout(dropout) }

  /// The mixed values [..., L, e] for query [..., L, d], key [..., S, d] and value [..., S, e].
  /// - Parameters:
  ///   - lengths: how many keys of each sequence count; all by default.
  ///   - mask: added to the scores; none by default.
  public func callAsFunction(
    _ query: Tensor, _ key: Tensor, _ value: Tensor, lengths: [Int]? = nil, mask: Tensor? = nil
  ) -> Tensor {
    let result = scaledDotProductAttention(query, key, value, mask: mask, lengths: lengths)
    weights = result.weights.detached
    return matmul(dropout.forward(result.weights), value)
  }
}
