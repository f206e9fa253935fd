internal import CVectorMath

/// How a reduction walks a tensor along one axis: `outer` blocks of `size` rows of `inner` elements.
package struct AxisWalk {
  package let outer: Int
  package let size: Int
  package let inner: Int

  package init(_ shape: [Int], axis: Int) {
    outer = elementCount(Array(shape[..<axis]))
    size = shape[axis]
    inner = elementCount(Array(shape[(axis + 1)...]))
  }
}

extension Tensor {
  /// The sum of all elements, a scalar.
  public func sum() -> Tensor {
    let result = Tensor(filling: [], with: sumOfAll())
    return result.recorded("sum", from: self) { g in receive(Tensor(filling: shape, with: g.item)) }
  }

  /// The sum along an axis.
  /// - Parameter keepingDimensions: whether the axis stays, with size 1.
  public func sum(axis: Int, keepingDimensions: Bool = false) -> Tensor {
    sum(axes: [axis], keepingDimensions: keepingDimensions)
  }

  /// The sum along several axes.
  public func sum(axes: [Int], keepingDimensions: Bool = false) -> Tensor {
    let axes = resolve(axes, in: "sum")
    let kept = keptShape(axes)
    let raw = sumRaw(axes: axes)
    let result = keepingDimensions ? raw.reshapedRaw(kept) : raw
    return result.recorded("sum", from: self) { g in receive(g.reshapedRaw(kept).broadcast(to: shape)) }
  }

  /// The mean of all elements, a scalar.
  public func mean() -> Tensor {
    let n = Float(count)
    let result = Tensor(filling: [], with: sumOfAll() / n)
    return result.recorded("mean", from: self) { g in receive(Tensor(filling: shape, with: g.item / n)) }
  }

  /// The mean along an axis.
  public func mean(axis: Int, keepingDimensions: Bool = false) -> Tensor {
    mean(axes: [axis], keepingDimensions: keepingDimensions)
  }

  /// The mean along several axes.
  public func mean(axes: [Int], keepingDimensions: Bool = false) -> Tensor {
    let axes = resolve(axes, in: "mean")
    let n = axes.reduce(1) { $0 * shape[$1] }
    return sum(axes: axes, keepingDimensions: keepingDimensions) * (1 / Float(n))
  }

  /// Running sums along an axis: y₀ = x₀, y₁ = x₀ + x₁, …
  public func cumulativeSum(axis: Int) -> Tensor {
    let axis = resolve(axis, in: "cumulativeSum")
    return runningSum(axis, reversed: false).recorded("cumulativeSum", from: self) { g in
      receive(g.runningSum(axis, reversed: true))
    }
  }

  /// The product of all elements, a scalar.
  public func product() -> Tensor {
    let values = scalars
    let result = Tensor(filling: [], with: values.reduce(1, *))
    return result.recorded("product", from: self) { g in
      // The product of all others, from products of the elements before and after, so that zeros do no harm.
      var before: Float = 1
      var others = [Float](repeating: 1, count: values.count)
      for i in values.indices {
        others[i] = before
        before *= values[i]
      }
      var after: Float = 1
      for i in values.indices.reversed() {
        others[i] *= after * g.item
        after *= values[i]
      }
      receive(Tensor(others, shape: shape))
    }
  }

  private func sumOfAll() -> Float {
    guard count >= 1 << 16 else { return vector_sum(pointer, count) }
    let pieces = 4
    let size = (count + pieces - 1) / pieces
    var parts = [Float](repeating: 0, count: pieces)
    parts.withUnsafeMutableBufferPointer { parts in
      let parts = UncheckedSendable(parts.baseAddress!)
      inParallel(pieces) { piece in
        let start = piece * size
        if start < count { parts.value[piece] = vector_sum(pointer + start, Swift.min(size, count - start)) }
      }
    }
    return Float(parts.reduce(0.0) { $0 + Double($1) })
  }

  private func runningSum(_ axis: Int, reversed: Bool) -> Tensor {
    let walk = AxisWalk(shape, axis: axis)
    return Tensor(shape: shape) { y in
      for o in 0..<walk.outer {
        for i in 0..<walk.inner {
          var total = 0.0
          for k in 0..<walk.size {
            let at = (o * walk.size + (reversed ? walk.size - 1 - k : k)) * walk.inner + i
            total += Double(pointer[at])
            y[at] = Float(total)
          }
        }
      }
    }
  }
}

extension Tensor {
  /// The shape with size 1 at the given axes.
  package func keptShape(_ axes: [Int]) -> [Int] {
    var kept = shape
    for axis in axes { kept[axis] = 1 }
    return kept
  }

  package func resolve(_ axes: [Int], in operation: String) -> [Int] {
    let resolved = axes.map { resolve($0, in: operation) }
    require(Set(resolved).count == axes.count, "\(operation): the axes \(axes) name one axis twice")
    return resolved
  }

  /// The sum along axes counted from 0, without recording.
  package func sumRaw(axes: [Int]) -> Tensor {
    var result = self.detached
    // From the last axis to the first, so that the others keep their places.
    for axis in axes.sorted(by: >) { result = result.sumRaw(axis: axis) }
    return result
  }

  private func sumRaw(axis: Int) -> Tensor {
    let walk = AxisWalk(shape, axis: axis)
    var reduced = shape
    reduced.remove(at: axis)
    if walk.inner == 1 {
      let y = Tensor(uninitialized: reduced)
      inChunks(walk.outer, grain: Swift.max(1, (1 << 15) / Swift.max(walk.size, 1))) { start, n in
        for o in start..<start + n { y.pointer[o] = vector_sum(pointer + o * walk.size, walk.size) }
      }
      return y
    }
    let y = Tensor(filling: reduced, with: 0)
    inChunks(walk.inner, grain: Swift.max(16, (1 << 15) / Swift.max(walk.outer * walk.size, 1))) { start, n in
      for o in 0..<walk.outer {
        vector_sum_rows(
          pointer + o * walk.size * walk.inner + start, walk.size, n, walk.inner,
          y.pointer + o * walk.inner + start)
      }
    }
    return y
  }
}

/// A value that several threads may use because each uses its own part.
package struct UncheckedSendable<Value>: @unchecked Sendable {
  package let value: Value
  package init(_ value: Value) { self.value = value }
}
