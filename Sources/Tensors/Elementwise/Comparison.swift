infix operator .== : ComparisonPrecedence
infix operator .!= : ComparisonPrecedence
infix operator .< : ComparisonPrecedence
infix operator .<= : ComparisonPrecedence
infix operator .> : ComparisonPrecedence
infix operator .>= : ComparisonPrecedence

// Pointwise comparison: 1 where it holds and 0 where it does not, with broadcasting. No gradient flows
// through.
extension Tensor {
  /// 1 where an element of `a` is equal to that of `b`, 0 elsewhere; the shapes broadcast.
  public static func .== (a: Tensor, b: Tensor) -> Tensor { a.compare(b, ".==", ==) }
  /// 1 where an element of `a` differs from that of `b`, 0 elsewhere; the shapes broadcast.
  public static func .!= (a: Tensor, b: Tensor) -> Tensor { a.compare(b, ".!=", !=) }
  /// 1 where an element of `a` is smaller than that of `b`, 0 elsewhere; the shapes broadcast.
  public static func .< (a: Tensor, b: Tensor) -> Tensor { a.compare(b, ".<", <) }
  /// 1 where an element of `a` is at most as large as that of `b`, 0 elsewhere; the shapes broadcast.
  public static func .<= (a: Tensor, b: Tensor) -> Tensor { a.compare(b, ".<=", <=) }
  /// 1 where an element of `a` is larger than that of `b`, 0 elsewhere; the shapes broadcast.
  public static func .> (a: Tensor, b: Tensor) -> Tensor { a.compare(b, ".>", >) }
  /// 1 where an element of `a` is at least as large as that of `b`, 0 elsewhere; the shapes broadcast.
  public static func .>= (a: Tensor, b: Tensor) -> Tensor { a.compare(b, ".>=", >=) }
  /// 1 where an element is equal to the number, 0 elsewhere.
  public static func .== (a: Tensor, b: some TensorScalar) -> Tensor { a .== Tensor(b) }
  /// 1 where an element differs from the number, 0 elsewhere.
  public static func .!= (a: Tensor, b: some TensorScalar) -> Tensor { a .!= Tensor(b) }
  /// 1 where an element is smaller than the number, 0 elsewhere.
  public static func .< (a: Tensor, b: some TensorScalar) -> Tensor { a .< Tensor(b) }
  /// 1 where an element is at most as large as the number, 0 elsewhere.
  public static func .<= (a: Tensor, b: some TensorScalar) -> Tensor { a .<= Tensor(b) }
  /// 1 where an element is larger than the number, 0 elsewhere.
  public static func .> (a: Tensor, b: some TensorScalar) -> Tensor { a .> Tensor(b) }
  /// 1 where an element is at least as large as the number, 0 elsewhere.
  public static func .>= (a: Tensor, b: some TensorScalar) -> Tensor { a .>= Tensor(b) }

  private func compare(_ other: Tensor, _ name: String, _ holds: (Float, Float) -> Bool) -> Tensor {
    let target = broadcastShape(shape, other.shape, name)
    return detached.broadcast(to: target).zip(other.detached.broadcast(to: target)) { holds($0, $1) ? 1 : 0 }
  }
}

/// `a` where the mask is not 0, `b` elsewhere; all three broadcast.
///
///     choose(x .> 0, x, 0.1 * x)
public func choose(_ mask: Tensor, _ a: Tensor, _ b: Tensor) -> Tensor {
  let target = broadcastShape(mask.shape, broadcastShape(a.shape, b.shape, "choose"), "choose")
  let mask = mask.detached.broadcast(to: target)
  let x = a.detached.broadcast(to: target)
  let y = b.detached.broadcast(to: target)
  let result = Tensor(shape: target) { z in
    for i in 0..<mask.count { z[i] = mask.pointer[i] != 0 ? x.pointer[i] : y.pointer[i] }
  }
  return result.recorded("choose", from: a, b) { g in
    a.receive(g.zip(mask) { $1 != 0 ? $0 : 0 }.reduced(to: a.shape))
    b.receive(g.zip(mask) { $1 == 0 ? $0 : 0 }.reduced(to: b.shape))
  }
}

extension Tensor {
  /// The tensor with `value` where the mask is not 0; the mask broadcasts.
  public func filled(where mask: Tensor, with value: some TensorScalar) -> Tensor {
    choose(mask, Tensor(value), self)
  }
}
