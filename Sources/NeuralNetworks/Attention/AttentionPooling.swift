import Tensors

/// How much a key counts by its distance from the query.
public enum AttentionKernel: String, Sendable {
  /// e^(−u²/2).
  case gaussian
  /// All keys alike: the mean.
  case uniform
}

/// Attention as pooling (Nadaraya 1964, Watson 1964): the values' average, each counting by how near its key
/// lies.
///
/// queries [n], keys [m] or [n, m], values likewise → [n]. With the Gaussian kernel the weights are
/// softmax(−((q − k) w)² / 2), where w is 1, or learnt.
///
///     AttentionPooling()([1], keys: [0, 1, 2], values: [0, 1, 4])   // tensor([1.5481], shape: [1])
public final class AttentionPooling: NamedParts {
  /// The kernel's one parameter; `nil` where nothing is learnt.
  @OptionalParameter public var w: Tensor?
  /// The weights of the last call [n, m], for showing.
  public private(set) var weights: Tensor?
  /// How much a key counts by its distance.
  public let kernel: AttentionKernel

  /// - Parameters:
  ///   - learnable: whether w is learnt; no by default.
  ///   - w: what it starts from; by default U(0, 1).
  public init(kernel: AttentionKernel = .gaussian, learnable: Bool = false, w: Float? = nil) {
    self.kernel = kernel
    _w = OptionalParameter(learnable || w != nil ? w.map { Tensor([$0]) } ?? Tensor.random(1) : nil)
  }

  /// The pooled value for each query: queries [n], keys and values [m] or [n, m] → [n].
  public func callAsFunction(_ queries: Tensor, keys: Tensor, values: Tensor) -> Tensor {
    let result = nadarayaWatson(queries, keys, values, w: w, kernel: kernel)
    weights = result.weights.detached
    return result.output
  }

  public var namedParts: [(name: String, part: Any)] { $w.map { [("w", $0)] } ?? [] }
}

/// The function of `AttentionPooling`, with its weights.
public func nadarayaWatson(
  _ queries: Tensor, _ keys: Tensor, _ values: Tensor, w: Tensor? = nil, kernel: AttentionKernel = .gaussian
) -> AttentionResult {
  if queries.rank != 1 { stop("nadarayaWatson: queries \(queries.shape): they must be a vector [n]") }
  if keys.shape != values.shape || keys.rank < 1 || keys.rank > 2
    || (keys.rank == 2 && keys.shape[0] != queries.count)
  {
    stop(
      "nadarayaWatson: keys \(keys.shape) and values \(values.shape): both need the shape [m] or [\(queries.count), m]"
    )
  }
  let distance = queries.unsqueeze(axis: 1) - keys
  let scaled = kernel == .uniform ? distance * 0 : w.map { distance * $0 } ?? distance
  let weights = softmax(square(scaled) * -0.5)
  return AttentionResult(output: (weights * values).sum(axis: 1), weights: weights)
}
