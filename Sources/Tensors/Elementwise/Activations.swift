internal import CVectorMath

/// max(0, x). At 0, where it has no derivative, the gradient is 0, as in PyTorch.
public func relu(_ x: consuming Tensor) -> Tensor {
  // Where nobody else has the numbers, such as a layer's output that is passed straight on, they are overwritten.
  let isOnlyOwner = x.isOnlyOwner
  let source = copy x
  let y = isOnlyOwner ? source.detached : source.mapped(vector_relu)
  if isOnlyOwner { inChunks(y.count) { start, n in vector_relu_in_place(y.pointer + start, n) } }
  return y.recorded("relu", from: source) { g in source.receive(g.combined(y, vector_relu_backward)) }
}

extension Tensor {
  /// Where a ReLU's gradient goes, if this is the output of one whose own gradient nobody asked for: the operation
  /// after it can then hand on both gradients at once.
  var stepBeforeReLU: Node? {
    guard let node, !node.retainsGradient, node.operation.description == "relu" else { return nil }
    return node.inputs.first
  }
}

/// x where it is positive, `negativeSlope` · x elsewhere.
public func leakyReLU(_ x: Tensor, negativeSlope: Float = 0.01) -> Tensor {
  let y = Tensor(uninitialized: x.shape)
  inChunks(x.count) { start, n in vector_leaky_relu(x.pointer + start, negativeSlope, y.pointer + start, n) }
  return y.recorded("leakyReLU", from: x) { g in x.receive(g.zip(x) { $1 > 0 ? $0 : $0 * negativeSlope }) }
}

/// 1 / (1 + e^−x).
public func sigmoid(_ x: Tensor) -> Tensor {
  let y = x.mapped(vector_sigmoid)
  return y.recorded("sigmoid", from: x) { g in x.receive(g.combined(y, vector_sigmoid_backward)) }
}

/// ln(1 + e^x), a smooth ReLU; its derivative is the sigmoid.
public func softplus(_ x: Tensor) -> Tensor {
  x.mapped(vector_softplus).recorded("softplus", from: x) { g in
    x.receive(g.pointwise(.multiply, x.mapped(vector_sigmoid), "softplus"))
  }
}

/// ln σ(x) = −softplus(−x), without overflow.
public func logSigmoid(_ x: Tensor) -> Tensor {
  let y = x.scaled(by: -1).mapped(vector_softplus).scaled(by: -1)
  return y.recorded("logSigmoid", from: x) { g in
    x.receive(g.pointwise(.multiply, x.scaled(by: -1).mapped(vector_sigmoid), "logSigmoid"))
  }
}

/// x where it is positive, α (e^x − 1) elsewhere.
public func elu(_ x: Tensor, alpha: Float = 1) -> Tensor {
  x.map { $0 > 0 ? $0 : alpha * expm1f($0) }.recorded("elu", from: x) { g in
    x.receive(g.zip(x) { $1 > 0 ? $0 : $0 * alpha * exponential($1) })
  }
}

/// x · σ(x), also called swish.
public func silu(_ x: Tensor) -> Tensor {
  let s = x.mapped(vector_sigmoid)
  return x.pointwise(.multiply, s, "silu").recorded("silu", from: x) { g in
    x.receive(g.pointwise(.multiply, x.zip(s) { $1 * (1 + $0 * (1 - $1)) }, "silu"))
  }
}

/// How `gelu` computes the normal distribution's Φ.
public enum GELUApproximation: String, Sendable {
  /// By the error function.
  case none
  /// ½ (1 + tanh(√(2/π) (x + 0.044715 x³))).
  case tanh
}

/// x · Φ(x), where Φ is the standard normal distribution (Hendrycks & Gimpel 2016).
public func gelu(_ x: Tensor, approximate: GELUApproximation = .none) -> Tensor {
  let y: Tensor
  let slope: () -> Tensor
  switch approximate {
  case .none:
    let phi = x.scaled(by: 0.5.squareRoot().float).mapped(vector_erf).scaled(by: 0.5, plus: 0.5)
    y = x.pointwise(.multiply, phi, "gelu")
    slope = { x.zip(phi) { $1 + $0 * 0.398942280 * exponential(-0.5 * $0 * $0) } }
  case .tanh:
    let inner = x.map { 0.797884561 * ($0 + 0.044715 * $0 * $0 * $0) }.mapped(vector_tanh)
    y = x.zip(inner) { 0.5 * $0 * (1 + $1) }
    slope = {
      x.zip(inner) { x, t in
        0.5 * (1 + t) + 0.5 * x * (1 - t * t) * 0.797884561 * (1 + 3 * 0.044715 * x * x)
      }
    }
  }
  return y.recorded("gelu", from: x) { g in x.receive(g.pointwise(.multiply, slope(), "gelu")) }
}
