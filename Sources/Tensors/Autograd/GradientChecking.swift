/// The gradient of a scalar function at `x`.
///
///     gradient(of: { ($0 * $0).sum() }, at: [1, 2, 3])   // tensor([2., 4., 6.], shape: [3])
public func gradient(of function: (Tensor) -> Tensor, at x: Tensor) -> Tensor {
  valueWithGradient(of: function, at: x).gradient
}

/// A scalar function's value and gradient at `x`. Other tensors that take part keep the gradients that they have.
public func valueWithGradient(of function: (Tensor) -> Tensor, at x: Tensor) -> (
  value: Tensor, gradient: Tensor
) {
  let leaf = x.requiringGradient()
  let value = recording { function(leaf) }
  return (value.detached, value.gradient(in: leaf) ?? Tensor.zeros(like: x))
}

/// How a gradient from `backward()` compares with one measured by small steps.
public struct GradientCheck: Sendable, CustomStringConvertible {
  /// The gradient that the chain rule gives.
  public let analytic: Tensor
  /// (f(x + ε) − f(x − ε)) / 2ε, element by element.
  public let numeric: Tensor
  /// The largest |analytic − numeric| / max(1, |analytic|, |numeric|).
  public let error: Float
  /// Whether the error is within the tolerance.
  public let passed: Bool

  public var description: String { "gradient check \(passed ? "passed" : "FAILED"): largest error \(error)" }
}

/// Compares a function's gradient with central differences, element by element.
///
/// - Parameters:
///   - step: ε, by default 0.01: single precision wants a large step.
///   - tolerance: the largest relative error that passes, by default 0.01.
public func checkGradient(
  of function: (Tensor) -> Tensor, at x: Tensor, step: Float = 1e-2, tolerance: Float = 1e-2
) -> GradientCheck {
  let analytic = gradient(of: function, at: x)
  var numeric: [Float] = []
  let values = x.scalars
  noGradient {
    for i in values.indices {
      func value(shiftedBy shift: Float) -> Double {
        var moved = values
        moved[i] += shift
        return Double(function(Tensor(moved, shape: x.shape)).item)
      }
      numeric.append(Float((value(shiftedBy: step) - value(shiftedBy: -step)) / (2 * Double(step))))
    }
  }
  let error = zip(analytic.scalars, numeric).map { abs($0 - $1) / max(1, abs($0), abs($1)) }.max() ?? 0
  return GradientCheck(
    analytic: analytic, numeric: Tensor(numeric, shape: x.shape), error: error, passed: error <= tolerance)
}
