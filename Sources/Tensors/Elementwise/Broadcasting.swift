/// The shape that two shapes broadcast to: aligned at the last axis, sizes must be equal or one of them 1.
package func broadcastShape(_ a: [Int], _ b: [Int], _ operation: String) -> [Int] {
  if a == b { return a }
  let rank = max(a.count, b.count)
  var result = [Int](repeating: 0, count: rank)
  for i in 1...max(rank, 1) where i <= rank {
    let x = i <= a.count ? a[a.count - i] : 1
    let y = i <= b.count ? b[b.count - i] : 1
    if x != y && x != 1 && y != 1 {
      stop(
        "\(operation): \(a) and \(b): sizes \(x) and \(y), counted \(i == 1 ? "last" : "\(i) from the end"), differ and neither is 1"
      )
    }
    result[rank - i] = x == 1 ? y : x
  }
  return result
}

/// Steps through a tensor of shape `shape` as if it had the shape `target`: 0 where its one element is used
/// again.
package func broadcastStrides(_ shape: [Int], to target: [Int]) -> [Int] {
  var strides = [Int](repeating: 0, count: target.count)
  var step = 1
  for i in stride(from: shape.count - 1, through: 0, by: -1) {
    if shape[i] != 1 { strides[i + target.count - shape.count] = step }
    step *= shape[i]
  }
  return strides
}

extension Tensor {
  /// The tensor repeated to a larger shape, by the rules of broadcasting.
  public func broadcast(to target: [Int]) -> Tensor {
    if shape == target { return self }
    require(
      broadcastShape(shape, target, "broadcast") == target,
      "broadcast: \(shape) cannot be stretched to \(target)")
    let stretched = Tensor(filling: target, with: 0).pointwise(.add, self, "broadcast")
    return stretched.recorded("broadcast", from: self) { g in receive(g.reduced(to: shape)) }
  }

  /// The gradient of something that was broadcast: summed over the axes that were stretched.
  package func reduced(to target: [Int]) -> Tensor {
    if shape == target { return self }
    let extra = rank - target.count
    var axes = Array(0..<extra)
    for i in 0..<target.count where target[i] == 1 && shape[i + extra] != 1 { axes.append(i + extra) }
    return sumRaw(axes: axes).reshapedRaw(target)
  }
}
