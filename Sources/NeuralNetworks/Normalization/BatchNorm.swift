internal import CVectorMath
import Tensors

/// Batch normalization (Ioffe & Szegedy 2015) of [N, C], [N, C, L] or [N, C, H, W]: each channel is brought
/// to mean 0 and variance 1, then scaled and shifted: y = (x − mean) / √(variance + ε) · weight + bias.
///
/// - Parameters:
///   - runningMean, runningVariance: used where `isTraining` is false.
///   - isTraining: whether the batch's own mean and variance (÷ n) are used.
/// - Returns: y, and the batch's mean and variance (÷ n − 1), `nil` where not training.
public func batchNorm(
  _ x: Tensor, weight: Tensor? = nil, bias: Tensor? = nil, runningMean: Tensor? = nil,
  runningVariance: Tensor? = nil,
  isTraining: Bool = false, epsilon: Float = 1e-5
) -> (output: Tensor, mean: Tensor?, variance: Tensor?) {
  if x.rank < 2 { stop("batchNorm: \(x.shape): a batch needs at least the axes [N, C]") }
  let channels = x.shape[1]
  for (name, tensor) in [("weight", weight), ("bias", bias), ("running mean", runningMean)] {
    if let tensor, tensor.shape != [channels] {
      shapeError(
        "batchNorm", x.shape, tensor.shape, joinedBy: "with \(name)",
        rule: "each of the \(channels) channels needs one")
    }
  }
  let layout = ChannelLayout(x)
  if !isTraining {
    guard let runningMean, let runningVariance else {
      stop("batchNorm: without a running mean and variance it can only train")
    }
    let scale = (weight ?? Tensor.ones(channels)) / sqrt(runningVariance.detached + epsilon)
    let shift = (bias ?? Tensor.zeros(channels)) - runningMean.detached * scale
    return (layout.affine(x, scale, shift), nil, nil)
  }
  let n = x.count / max(channels, 1)
  if n < 2 {
    stop("batchNorm: \(x.shape): in training a channel needs more than one value to have a variance")
  }
  let (y, mean, variance) = layout.normalized(x, weight, bias, epsilon)
  return (y, mean, variance.scaled(by: Float(n) / Float(n - 1)))
}

/// A tensor seen as images × channels × plane.
private struct ChannelLayout {
  let images: Int
  let channels: Int
  let plane: Int

  init(_ x: Tensor) {
    images = x.shape[0]
    channels = x.shape[1]
    plane = x.shape.dropFirst(2).reduce(1, *)
  }

  private func inChannels(_ body: (Int, Int) -> Void) {
    inChunks(channels, grain: max(1, (1 << 15) / max(images * plane, 1))) { body($0, $0 + $1) }
  }

  /// x · scale + shift, channel by channel.
  func affine(_ x: Tensor, _ scale: Tensor, _ shift: Tensor) -> Tensor {
    let y = Tensor(uninitialized: x.shape)
    inChannels {
      channel_affine(x.pointer, scale.pointer, shift.pointer, y.pointer, images, channels, plane, $0, $1)
    }
    return y.recorded("batchNorm", from: [x, scale, shift]) { g in
      let zero = Tensor.zeros(channels)
      let (sum, product) = gradientSums(g, x, zero)
      x.receive(affine(g, scale.detached, zero))
      scale.receive(product)
      shift.receive(sum)
    }
  }

  func normalized(_ x: Tensor, _ weight: Tensor?, _ bias: Tensor?, _ epsilon: Float) -> (
    Tensor, Tensor, Tensor
  ) {
    let mean = Tensor(uninitialized: [channels])
    let variance = Tensor(uninitialized: [channels])
    inChannels { channel_moments(x.pointer, images, channels, plane, $0, $1, mean.pointer, variance.pointer) }
    let rstd = variance.map { 1 / ($0 + epsilon).squareRoot() }
    let scale = weight.map { rstd.pointwise(.multiply, $0, "batchNorm") } ?? rstd
    let drift = mean.pointwise(.multiply, scale, "batchNorm")
    let shift = (bias?.detached ?? Tensor.zeros(channels)).pointwise(.subtract, drift, "batchNorm")
    let y = affine(x.detached, scale, shift)
    let result = y.recorded("batchNorm", from: [x, weight, bias].compactMap { $0 }) { g in
      let (sum, product) = gradientSums(g, x, mean)
      weight?.receive(product.pointwise(.multiply, rstd, "batchNorm"))
      bias?.receive(sum)
      x.receive(inputGradient(g, x, mean, rstd, scale, sum, product))
    }
    return (result, mean, variance)
  }

  private func gradientSums(_ g: Tensor, _ x: Tensor, _ mean: Tensor) -> (sum: Tensor, product: Tensor) {
    let sum = Tensor(uninitialized: [channels])
    let product = Tensor(uninitialized: [channels])
    inChannels {
      channel_gradient_sums(
        g.pointer, x.pointer, mean.pointer, sum.pointer, product.pointer, images, channels, plane, $0, $1)
    }
    return (sum, product)
  }

  /// dx = scale · (g − Σg / n − (x − mean) · rstd² · Σ g (x − mean) / n).
  private func inputGradient(
    _ g: Tensor, _ x: Tensor, _ mean: Tensor, _ rstd: Tensor, _ scale: Tensor, _ sum: Tensor,
    _ product: Tensor
  ) -> Tensor {
    let n = Float(images * plane)
    let slope = Tensor(shape: [channels]) { b in
      for c in 0..<channels {
        b[c] = -scale.pointer[c] * rstd.pointer[c] * rstd.pointer[c] * product.pointer[c] / n
      }
    }
    let constant = Tensor(shape: [channels]) { b in
      for c in 0..<channels {
        b[c] = -scale.pointer[c] * sum.pointer[c] / n - slope.pointer[c] * mean.pointer[c]
      }
    }
    let dx = Tensor(uninitialized: g.shape)
    inChannels {
      channel_combine(
        g.pointer, x.pointer, scale.pointer, slope.pointer, constant.pointer, dx.pointer, images, channels,
        plane,
        $0, $1)
    }
    return dx
  }
}

/// What `BatchNorm1d` and `BatchNorm2d` share: weight 1, bias 0, running mean 0 and variance 1 at first;
/// while training these follow the batches by running ← (1 − momentum) · running + momentum · batch, the
/// variance unbiased.
public class BatchNorm: NamedParts {
  /// γ: what the normalized numbers are multiplied by.
  @Parameter public var weight: Tensor
  /// β: what is added to them.
  @Parameter public var bias: Tensor
  /// Each channel's mean, as the batches so far had it.
  @StateTensor public var runningMean: Tensor
  /// Each channel's variance, as the batches so far had it.
  @StateTensor public var runningVariance: Tensor
  /// What is added to the variance, so that nothing is divided by 0.
  public let epsilon: Float
  /// How far the running numbers move towards a batch's.
  public let momentum: Float
  /// Whether the module trains; `train()` and `eval()` change it.
  public private(set) var isTraining = true
  private let ranks: ClosedRange<Int>

  fileprivate init(_ channels: Int, epsilon: Float, momentum: Float, ranks: ClosedRange<Int>) {
    weight = Tensor.ones(channels)
    bias = Tensor.zeros(channels)
    runningMean = Tensor.zeros(channels)
    runningVariance = Tensor.ones(channels)
    self.epsilon = epsilon
    self.momentum = momentum
    self.ranks = ranks
  }

  public func forward(_ x: Tensor) -> Tensor {
    let name = "\(Self.self)"
    if !ranks.contains(x.rank) {
      stop(
        "\(name): \(x.shape): a batch needs the axes \(ranks.contains(4) ? "[N, C, H, W]" : "[N, C] or [N, C, L]")"
      )
    }
    if x.shape[1] != weight.count {
      stop("\(name): \(x.shape) has \(x.shape[1]) channels, the layer \(weight.count)")
    }
    let (y, mean, variance) = batchNorm(
      x, weight: weight, bias: bias, runningMean: runningMean, runningVariance: runningVariance,
      isTraining: isTraining, epsilon: epsilon)
    if let mean, let variance {
      noGradient {
        runningMean = runningMean * (1 - momentum) + mean * momentum
        runningVariance = runningVariance * (1 - momentum) + variance * momentum
      }
    }
    return y
  }

  public func setTraining(_ isTraining: Bool) { self.isTraining = isTraining }

  public var namedParts: [(name: String, part: Any)] {
    [("weight", $weight), ("bias", $bias), ("running_mean", _runningMean), ("running_var", _runningVariance)]
  }
}

/// Batch normalization of [N, C] or [N, C, L].
public final class BatchNorm1d: BatchNorm {
  /// - Parameters:
  ///   - epsilon: 10⁻⁵ by default.
  ///   - momentum: 0.1 by default.
  public init(_ channels: Int, epsilon: Float = 1e-5, momentum: Float = 0.1) {
    super.init(channels, epsilon: epsilon, momentum: momentum, ranks: 2...3)
  }
}

/// Batch normalization of [N, C, H, W].
public final class BatchNorm2d: BatchNorm {
  /// - Parameters:
  ///   - epsilon: 10⁻⁵ by default.
  ///   - momentum: 0.1 by default.
  public init(_ channels: Int, epsilon: Float = 1e-5, momentum: Float = 0.1) {
    super.init(channels, epsilon: epsilon, momentum: momentum, ranks: 4...4)
  }
}
