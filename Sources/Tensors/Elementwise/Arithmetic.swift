extension Tensor {
  /// The sum, element by element, with broadcasting.
  public static func + (a: Tensor, b: Tensor) -> Tensor {
    a.pointwise(.add, b, "+").recorded("+", from: a, b) { g in
      a.receive(g.reduced(to: a.shape))
      b.receive(g.reduced(to: b.shape))
    }
  }

  /// The difference, element by element, with broadcasting.
  public static func - (a: Tensor, b: Tensor) -> Tensor {
    a.pointwise(.subtract, b, "-").recorded("-", from: a, b) { g in
      a.receive(g.reduced(to: a.shape))
      b.receive(g.scaled(by: -1).reduced(to: b.shape))
    }
  }

  /// The product, element by element, with broadcasting. The product of matrices is `matmul`.
  public static func * (a: Tensor, b: Tensor) -> Tensor {
    a.pointwise(.multiply, b, "*").recorded("*", from: a, b) { g in
      a.receive(g.pointwise(.multiply, b, "*").reduced(to: a.shape))
      b.receive(g.pointwise(.multiply, a, "*").reduced(to: b.shape))
    }
  }

  /// The quotient, element by element, with broadcasting.
  public static func / (a: Tensor, b: Tensor) -> Tensor {
    let quotient = a.pointwise(.divide, b, "/")
    return quotient.recorded("/", from: a, b) { g in
      let share = g.pointwise(.divide, b, "/")
      a.receive(share.reduced(to: a.shape))
      b.receive(share.pointwise(.multiply, quotient, "/").scaled(by: -1).reduced(to: b.shape))
    }
  }

  /// The negative, element by element.
  public static prefix func - (x: Tensor) -> Tensor { x.affine("negate", -1, 0) }

  // Arithmetic with a number on either side: 2 * x, x / 0.5.
  /// The sum of each element and a number.
  public static func + (a: Tensor, b: some TensorScalar) -> Tensor { a.affine("+", 1, b.float) }
  /// The sum of a number and each element.
  public static func + (a: some TensorScalar, b: Tensor) -> Tensor { b.affine("+", 1, a.float) }
  /// Each element less a number.
  public static func - (a: Tensor, b: some TensorScalar) -> Tensor { a.affine("-", 1, -b.float) }
  /// A number less each element.
  public static func - (a: some TensorScalar, b: Tensor) -> Tensor { b.affine("-", -1, a.float) }
  /// Each element times a number.
  public static func * (a: Tensor, b: some TensorScalar) -> Tensor { a.affine("*", b.float, 0) }
  /// A number times each element.
  public static func * (a: some TensorScalar, b: Tensor) -> Tensor { b.affine("*", a.float, 0) }
  /// Each element divided by a number.
  public static func / (a: Tensor, b: some TensorScalar) -> Tensor { a / Tensor(filling: [], with: b.float) }
  /// A number divided by each element.
  public static func / (a: some TensorScalar, b: Tensor) -> Tensor { Tensor(filling: [], with: a.float) / b }

  /// a · self + b for numbers a and b, recorded.
  package func affine(_ operation: StaticString, _ a: Float, _ b: Float) -> Tensor {
    scaled(by: a, plus: b).recorded(operation, from: self) { g in receive(g.scaled(by: a)) }
  }

  // Inside `noGradient`, a leaf stays a leaf: that is how a chapter writes gradient descent by hand,
  // `noGradient { w -= 0.1 * w.gradient! }`.
  /// Adds a tensor that broadcasts to the shape of `a`.
  public static func += (a: inout Tensor, b: Tensor) { a.update(a + b) }
  /// Subtracts a tensor that broadcasts to the shape of `a`.
  public static func -= (a: inout Tensor, b: Tensor) { a.update(a - b) }
  /// Multiplies by a tensor that broadcasts to the shape of `a`.
  public static func *= (a: inout Tensor, b: Tensor) { a.update(a * b) }
  /// Divides by a tensor that broadcasts to the shape of `a`.
  public static func /= (a: inout Tensor, b: Tensor) { a.update(a / b) }
  /// Adds a number, element by element.
  public static func += (a: inout Tensor, b: some TensorScalar) { a.update(a + b) }
  /// Subtracts a number, element by element.
  public static func -= (a: inout Tensor, b: some TensorScalar) { a.update(a - b) }
  /// Multiplies by a number, element by element.
  public static func *= (a: inout Tensor, b: some TensorScalar) { a.update(a * b) }
  /// Divides by a number, element by element.
  public static func /= (a: inout Tensor, b: some TensorScalar) { a.update(a / b) }

  private mutating func update(_ value: Tensor) {
    require(
      value.shape == shape,
      "assignment: a value of shape \(value.shape) does not fit a tensor of shape \(shape)")
    storage = value.storage
    if isRecording || node?.isLeaf != true { node = value.node }
  }
}

/// The larger of two tensors' elements, with broadcasting. Where they are equal each gets half the gradient.
public func maximum(_ a: Tensor, _ b: Tensor) -> Tensor { extreme("maximum", .maximum, a, b) { $0 > $1 } }

/// The smaller of two tensors' elements, with broadcasting. Where they are equal each gets half the gradient.
public func minimum(_ a: Tensor, _ b: Tensor) -> Tensor { extreme("minimum", .minimum, a, b) { $0 < $1 } }

private func extreme(
  _ name: StaticString, _ operation: PointwiseOperation, _ a: Tensor, _ b: Tensor,
  _ wins: @escaping (Float, Float) -> Bool
) -> Tensor {
  let result = a.pointwise(operation, b, "\(name)")
  return result.recorded(name, from: a, b) { g in
    let difference = a.pointwise(.subtract, b, "\(name)")
    func share(_ sign: Float) -> Tensor {
      g.zip(difference) { g, d in d == 0 ? g / 2 : wins(sign * d, 0) ? g : 0 }
    }
    a.receive(share(1).reduced(to: a.shape))
    b.receive(share(-1).reduced(to: b.shape))
  }
}
