import Tensors

/// max(0, x).
public final class ReLU: Module {
  /// A module without parameters.
  public init() {}
  public func forward(_ x: Tensor) -> Tensor { relu(x) }
}

/// x, or `negativeSlope` · x where it is negative.
public final class LeakyReLU: Module {
  /// The slope left of 0.
  public let negativeSlope: Float
  /// - Parameter negativeSlope: 0.01 by default.
  public init(negativeSlope: Float = 0.01) { self.negativeSlope = negativeSlope }
  public func forward(_ x: Tensor) -> Tensor { leakyReLU(x, negativeSlope: negativeSlope) }
}

/// 1 / (1 + e^−x).
public final class Sigmoid: Module {
  /// A module without parameters.
  public init() {}
  public func forward(_ x: Tensor) -> Tensor { sigmoid(x) }
}

/// The hyperbolic tangent.
public final class Tanh: Module {
  /// A module without parameters.
  public init() {}
  public func forward(_ x: Tensor) -> Tensor { tanh(x) }
}

/// ln(1 + e^x).
public final class Softplus: Module {
  /// A module without parameters.
  public init() {}
  public func forward(_ x: Tensor) -> Tensor { softplus(x) }
}

/// x where it is positive, α (e^x − 1) elsewhere.
public final class ELU: Module {
  /// What the function comes to far left, negated.
  public let alpha: Float
  /// - Parameter alpha: 1 by default.
  public init(alpha: Float = 1) { self.alpha = alpha }
  public func forward(_ x: Tensor) -> Tensor { elu(x, alpha: alpha) }
}

/// x · Φ(x).
public final class GELU: Module {
  /// Whether Φ is exact or approached by tanh.
  public let approximate: GELUApproximation
  /// - Parameter approximate: exact by default.
  public init(approximate: GELUApproximation = .none) { self.approximate = approximate }
  public func forward(_ x: Tensor) -> Tensor { gelu(x, approximate: approximate) }
}

/// x · σ(x).
public final class SiLU: Module {
  /// A module without parameters.
  public init() {}
  public func forward(_ x: Tensor) -> Tensor { silu(x) }
}

/// e^xᵢ / Σ e^xⱼ along an axis, the last by default.
public final class Softmax: Module {
  /// The axis along which the numbers add up to 1.
  public let axis: Int
  /// - Parameter axis: the last one by default.
  public init(axis: Int = -1) { self.axis = axis }
  public func forward(_ x: Tensor) -> Tensor { softmax(x, axis: axis) }
}

/// The axes from `start` to `end` as one, by default all but the first.
public final class Flatten: Module {
  /// The first of the axes that become one.
  public let start: Int
  /// The last of them.
  public let end: Int
  /// - Parameters:
  ///   - start: 1 by default, so that the batch stays.
  ///   - end: the last axis by default.
  public init(from start: Int = 1, to end: Int = -1) {
    self.start = start
    self.end = end
  }
  public func forward(_ x: Tensor) -> Tensor { x.flatten(from: start, to: end) }
}

/// What goes in.
public final class Identity: Module {
  /// A module without parameters.
  public init() {}
  public func forward(_ x: Tensor) -> Tensor { x }
}

/// Any function as a module: `Apply { $0 * 2 }`.
public final class Apply: Module {
  private let function: (Tensor) -> Tensor
  /// A module that calls a function; it has no parameters.
  public init(_ function: @escaping (Tensor) -> Tensor) { self.function = function }
  public func forward(_ x: Tensor) -> Tensor { function(x) }
}
