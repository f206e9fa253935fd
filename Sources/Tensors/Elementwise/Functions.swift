internal import CVectorMath

/// e^x, element by element.
public func exp(_ x: Tensor) -> Tensor {
  let y = x.mapped(vector_exp)
  return y.recorded("exp", from: x) { g in x.receive(g.pointwise(.multiply, y, "exp")) }
}

/// The natural logarithm, element by element: −∞ at 0, not a number below.
public func log(_ x: Tensor) -> Tensor {
  x.mapped(vector_log).recorded("log", from: x) { g in x.receive(g.pointwise(.divide, x, "log")) }
}

/// The square root, element by element.
public func sqrt(_ x: Tensor) -> Tensor {
  let y = x.mapped(vector_sqrt)
  return y.recorded("sqrt", from: x) { g in x.receive(g.pointwise(.divide, y.scaled(by: 2), "sqrt")) }
}

/// The hyperbolic tangent, element by element: (e^x − e^−x) / (e^x + e^−x).
public func tanh(_ x: Tensor) -> Tensor {
  let y = x.mapped(vector_tanh)
  return y.recorded("tanh", from: x) { g in x.receive(g.combined(y, vector_tanh_backward)) }
}

/// The sine, element by element.
public func sin(_ x: Tensor) -> Tensor {
  x.mapped(vector_sin).recorded("sin", from: x) { g in
    x.receive(g.pointwise(.multiply, x.mapped(vector_cos), "sin"))
  }
}

/// The cosine, element by element.
public func cos(_ x: Tensor) -> Tensor {
  x.mapped(vector_cos).recorded("cos", from: x) { g in
    x.receive(g.pointwise(.multiply, x.mapped(vector_sin), "cos").scaled(by: -1))
  }
}

/// The absolute value, element by element; its gradient at 0 is 0.
public func abs(_ x: Tensor) -> Tensor {
  x.mapped(vector_abs).recorded("abs", from: x) { g in x.receive(g.zip(x) { $1 > 0 ? $0 : $1 < 0 ? -$0 : 0 })
  }
}

/// The sign: −1, 0 or 1.
public func sign(_ x: Tensor) -> Tensor {
  x.map { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 }.recorded("sign", from: x) { g in x.receive(Tensor.zeros(like: g)) }
}

/// x², element by element.
public func square(_ x: Tensor) -> Tensor {
  x.pointwise(.multiply, x, "square").recorded("square", from: x) { g in
    x.receive(g.pointwise(.multiply, x.scaled(by: 2), "square"))
  }
}

/// x to the power of a number, element by element.
public func pow(_ x: Tensor, _ exponent: some TensorScalar) -> Tensor {
  let p = exponent.float
  return x.map { power($0, p) }.recorded("pow", from: x) { g in
    x.receive(g.zip(x) { p == 0 ? 0 : $0 * p * power($1, p - 1) })
  }
}

/// a to the power of b, element by element, with broadcasting.
public func pow(_ a: Tensor, _ b: Tensor) -> Tensor {
  let target = broadcastShape(a.shape, b.shape, "pow")
  let x = a.detached.broadcast(to: target)
  let y = b.detached.broadcast(to: target)
  let result = x.zip(y) { power($0, $1) }
  return result.recorded("pow", from: a, b) { g in
    a.receive(
      g.pointwise(.multiply, x.zip(y) { $1 == 0 ? 0 : $1 * power($0, $1 - 1) }, "pow").reduced(to: a.shape))
    b.receive(
      g.pointwise(.multiply, x.zip(result) { $1 == 0 ? 0 : $1 * logarithm($0) }, "pow").reduced(to: b.shape))
  }
}

/// The elements cut off below and above: min(max(x, minimum), maximum). No gradient where it cuts.
public func clamp(_ x: Tensor, minimum: Float = -.infinity, maximum: Float = .infinity) -> Tensor {
  let y = Tensor(uninitialized: x.shape)
  inChunks(x.count) { start, n in vector_clamp(x.pointer + start, minimum, maximum, y.pointer + start, n) }
  return y.recorded("clamp", from: x) { g in x.receive(g.zip(x) { $1 >= minimum && $1 <= maximum ? $0 : 0 }) }
}

extension Tensor {
  /// f(self, other) by a loop in C; of one shape.
  package func combined(
    _ other: Tensor,
    _ f:
      @convention(c) (UnsafePointer<Float>?, UnsafePointer<Float>?, UnsafeMutablePointer<Float>?, Int) -> Void
  ) -> Tensor {
    let y = Tensor(uninitialized: shape)
    inChunks(count) { start, n in f(pointer + start, other.pointer + start, y.pointer + start, n) }
    return y
  }
}
