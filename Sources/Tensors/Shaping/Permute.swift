extension Tensor {
  /// The tensor with two axes exchanged.
  public func transpose(_ first: Int, _ second: Int) -> Tensor {
    let a = resolve(first, in: "transpose")
    let b = resolve(second, in: "transpose")
    var order = Array(0..<rank)
    order.swapAt(a, b)
    return permuted(order, "transpose")
  }

  /// The matrix with rows and columns exchanged; of a tensor of higher rank, the last two axes.
  public var transposed: Tensor {
    require(rank >= 2, "transposed: \(shape) has fewer than two axes")
    return transpose(-2, -1)
  }

  /// The axes in another order: axis i of the result is axis order[i] of this tensor.
  public func permute(_ order: Int...) -> Tensor { permute(order) }

  /// The tensor with its axes in another order, given as a list.
  public func permute(_ order: [Int]) -> Tensor {
    let resolved = order.map { resolve($0, in: "permute") }
    require(
      resolved.sorted() == Array(0..<rank), "permute: \(order) is no order of the \(rank) axes of \(shape)")
    return permuted(resolved, "permute")
  }

  private func permuted(_ order: [Int], _ name: StaticString) -> Tensor {
    permutedRaw(order).recorded(name, from: self) { g in
      var inverse = order
      for (to, from) in order.enumerated() { inverse[from] = to }
      receive(g.permutedRaw(inverse))
    }
  }

  /// Copies the elements to their new places: walking the result, so that writing is in order.
  package func permutedRaw(_ order: [Int]) -> Tensor {
    if order == Array(0..<rank) { return detached }
    let target = order.map { shape[$0] }
    let strides = rowMajorStrides(shape)
    let steps = order.map { strides[$0] }
    let result = Tensor(uninitialized: target)
    guard count > 0 else { return result }
    let inner = target[rank - 1]
    let step = steps[rank - 1]
    let rows = count / inner
    let x = pointer
    let y = result.pointer
    inChunks(rows, grain: Swift.max(1, (1 << 14) / inner)) { start, length in
      var index = [Int](repeating: 0, count: target.count - 1)
      var from = 0
      var rest = start
      for axis in index.indices.reversed() {
        index[axis] = rest % target[axis]
        rest /= target[axis]
        from += index[axis] * steps[axis]
      }
      for row in start..<start + length {
        let out = y + row * inner
        if step == 1 {
          out.update(from: x + from, count: inner)
        } else {
          for i in 0..<inner { out[i] = x[from + i * step] }
        }
        for axis in index.indices.reversed() {
          index[axis] += 1
          from += steps[axis]
          if index[axis] < target[axis] { break }
          from -= target[axis] * steps[axis]
          index[axis] = 0
        }
      }
    }
    return result
  }
}

/// The step in memory from one index to the next, axis by axis.
package func rowMajorStrides(_ shape: [Int]) -> [Int] {
  var strides = [Int](repeating: 1, count: shape.count)
  for i in shape.indices.dropLast().reversed() { strides[i] = strides[i + 1] * shape[i + 1] }
  return strides
}
