internal import CVectorMath
import Tensors

/// Layer normalization (Ba, Kiros & Hinton 2016): the last axes, of the given shape, are brought to mean 0
/// and variance 1 together, then scaled and shifted element by element.
public func layerNorm(
  _ x: Tensor, _ shape: [Int], weight: Tensor? = nil, bias: Tensor? = nil, epsilon: Float = 1e-5
) -> Tensor {
  if x.rank < shape.count || Array(x.shape.suffix(shape.count)) != shape || shape.isEmpty {
    shapeError(
      "layerNorm", x.shape, shape, joinedBy: "over", rule: "the last axes must have the normalized shape")
  }
  for parameter in [weight, bias].compactMap({ $0 }) where parameter.shape != shape {
    shapeError(
      "layerNorm", shape, parameter.shape, joinedBy: "with parameters",
      rule: "weight and bias need the normalized shape")
  }
  let columns = elementCount(shape)
  let rows = x.count / max(columns, 1)
  let grain = max(1, (1 << 14) / max(columns, 1))
  let y = Tensor(uninitialized: x.shape)
  let mean = Tensor(uninitialized: [rows])
  let rstd = Tensor(uninitialized: [rows])
  inChunks(rows, grain: grain) { start, n in
    normalize_rows(
      x.pointer + start * columns, weight?.pointer, bias?.pointer, y.pointer + start * columns,
      mean.pointer + start,
      rstd.pointer + start, n, columns, epsilon)
  }
  return y.recorded("layerNorm", from: [x, weight, bias].compactMap { $0 }) { g in
    let dx = Tensor(uninitialized: x.shape)
    // Each piece of rows adds up gradients of its own.
    let pieces = rows >= 2 * grain ? threadCount : 1
    let size = (rows + pieces - 1) / max(pieces, 1)
    let sums = (0..<pieces).map { _ in (weight: Tensor.zeros(shape), bias: Tensor.zeros(shape)) }
    inParallel(pieces) { piece in
      let start = piece * size
      let n = min(size, rows - start)
      guard n > 0 else { return }
      normalize_rows_backward(
        g.pointer + start * columns, x.pointer + start * columns, weight?.pointer, mean.pointer + start,
        rstd.pointer + start, dx.pointer + start * columns, weight == nil ? nil : sums[piece].weight.pointer,
        bias == nil ? nil : sums[piece].bias.pointer, n, columns)
    }
    x.receive(dx)
    weight?.receive(sums.dropFirst().reduce(sums[0].weight) { $0 + $1.weight })
    bias?.receive(sums.dropFirst().reduce(sums[0].bias) { $0 + $1.bias })
  }
}

/// Layer normalization with weight 1 and bias 0 at first.
public final class LayerNorm: Module {
  /// γ: what the normalized numbers are multiplied by.
  @OptionalParameter public var weight: Tensor?
  /// β: what is added to them.
  @OptionalParameter public var bias: Tensor?
  /// The sizes of the axes that are normalized together, the last ones.
  public let shape: [Int]
  /// What is added to the variance, so that nothing is divided by 0.
  public let epsilon: Float

  /// - Parameter learnable: whether there are a weight and a bias; yes by default.
  public init(_ shape: [Int], epsilon: Float = 1e-5, learnable: Bool = true) {
    self.shape = shape
    self.epsilon = epsilon
    _weight = OptionalParameter(learnable ? Tensor.ones(shape) : nil)
    _bias = OptionalParameter(learnable ? Tensor.zeros(shape) : nil)
  }

  /// Normalizes the last axis, of this size; ε is 10⁻⁵ by default.
  public convenience init(_ size: Int, epsilon: Float = 1e-5) { self.init([size], epsilon: epsilon) }

  public func forward(_ x: Tensor) -> Tensor {
    layerNorm(x, shape, weight: weight, bias: bias, epsilon: epsilon)
  }
}

/// Group normalization (Wu & He 2018): channels in groups, each group of each image brought to mean 0 and
/// variance 1.
public func groupNorm(
  _ x: Tensor, groups: Int, weight: Tensor? = nil, bias: Tensor? = nil, epsilon: Float = 1e-5
) -> Tensor {
  if x.rank < 2 || groups < 1 || x.shape[1] % groups != 0 {
    stop("groupNorm: \(x.shape): \(groups) groups do not divide the channels, axis 1")
  }
  let row = x.count / max(x.shape[0] * groups, 1)
  var y = layerNorm(x.reshape(x.shape[0] * groups, row), [row], epsilon: epsilon).reshape(x.shape)
  let perChannel = [x.shape[1]] + [Int](repeating: 1, count: x.rank - 2)
  if let weight { y = y * weight.reshape(perChannel) }
  if let bias { y = y + bias.reshape(perChannel) }
  return y
}

/// Group normalization with weight 1 and bias 0 at first.
public final class GroupNorm: Module {
  /// γ: what the normalized numbers are multiplied by.
  @Parameter public var weight: Tensor
  /// β: what is added to them.
  @Parameter public var bias: Tensor
  /// In how many groups the channels are.
  public let groups: Int
  /// What is added to the variance, so that nothing is divided by 0.
  public let epsilon: Float

  /// - Parameter epsilon: 10⁻⁵ by default.
  public init(_ groups: Int, _ channels: Int, epsilon: Float = 1e-5) {
    if groups < 1 || channels % groups != 0 {
      stop("GroupNorm: \(groups) groups do not divide \(channels) channels")
    }
    weight = Tensor.ones(channels)
    bias = Tensor.zeros(channels)
    self.groups = groups
    self.epsilon = epsilon
  }

  public func forward(_ x: Tensor) -> Tensor {
    groupNorm(x, groups: groups, weight: weight, bias: bias, epsilon: epsilon)
  }
}
