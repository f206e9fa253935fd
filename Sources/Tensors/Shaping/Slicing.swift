internal import CVectorMath

extension Tensor {
  /// The part of an axis from `range.lowerBound` up to but without `range.upperBound`.
  public func slice(axis: Int, _ range: Range<Int>) -> Tensor {
    let axis = resolve(axis, in: "slice")
    require(
      range.lowerBound >= 0 && range.upperBound <= shape[axis],
      "slice: \(range) reaches outside axis \(axis) of \(shape), which runs from 0 to \(shape[axis] - 1)")
    return slicedRaw(axis, range).recorded("slice", from: self) { g in
      node?.accumulate(g, part: range, ofAxis: axis, of: shape)
    }
  }

  /// The tensor with a border of `value`: for each axis how many go before and after.
  ///
  ///     x.pad([(0, 1), (1, 2)])   // [2, 3] → [3, 6]
  public func pad(_ widths: [(Int, Int)], value: Float = 0) -> Tensor {
    require(widths.count == rank, "pad: \(widths.count) widths were given for the \(rank) axes of \(shape)")
    require(widths.allSatisfy { $0 >= 0 && $1 >= 0 }, "pad: a width is negative")
    var result = detached
    for (axis, width) in widths.enumerated() where width != (0, 0) {
      result = result.paddedRaw(axis, before: width.0, after: width.1, value: value)
    }
    return result.recorded("pad", from: self) { g in
      var gradient = g
      for (axis, width) in widths.enumerated() where width != (0, 0) {
        gradient = gradient.slicedRaw(axis, width.0..<width.0 + shape[axis])
      }
      receive(gradient)
    }
  }

  /// The elements in reverse order along an axis.
  public func flip(axis: Int) -> Tensor {
    let axis = resolve(axis, in: "flip")
    return select(rows: Array((0..<shape[axis]).reversed()), axis: axis)
  }

  /// The rows with the given indices along an axis, in that order; an index may come more than once.
  public func select(rows: [Int], axis: Int = 0) -> Tensor {
    let axis = resolve(axis, in: "select")
    let walk = AxisWalk(shape, axis: axis)
    for row in rows {
      require(
        row >= 0 && row < walk.size,
        "select: row \(row) is not among the \(walk.size) of axis \(axis) of \(shape)")
    }
    var target = shape
    target[axis] = rows.count
    let result = Tensor(uninitialized: target)
    for o in 0..<walk.outer {
      for (to, from) in rows.enumerated() {
        (result.pointer + (o * rows.count + to) * walk.inner)
          .update(from: pointer + (o * walk.size + from) * walk.inner, count: walk.inner)
      }
    }
    return result.recorded("select", from: self) { g in
      let dx = Tensor(filling: shape, with: 0)
      for o in 0..<walk.outer {
        for (to, from) in rows.enumerated() {
          let source = g.pointer + (o * rows.count + to) * walk.inner
          let target = dx.pointer + (o * walk.size + from) * walk.inner
          for i in 0..<walk.inner { target[i] += source[i] }
        }
      }
      receive(dx)
    }
  }

  package func slicedRaw(_ axis: Int, _ range: Range<Int>) -> Tensor {
    let walk = AxisWalk(shape, axis: axis)
    var target = shape
    target[axis] = range.count
    let result = Tensor(uninitialized: target)
    let width = range.count * walk.inner
    copyRuns(
      walk.outer, of: width, from: pointer + range.lowerBound * walk.inner, step: walk.size * walk.inner,
      to: result.pointer, step: width)
    return result
  }

  package func paddedRaw(_ axis: Int, before: Int, after: Int, value: Float) -> Tensor {
    let walk = AxisWalk(shape, axis: axis)
    var target = shape
    target[axis] += before + after
    let result = Tensor(filling: target, with: value)
    let width = walk.size * walk.inner
    copyRuns(
      walk.outer, of: width, from: pointer, step: width, to: result.pointer + before * walk.inner,
      step: target[axis] * walk.inner)
    return result
  }
}

/// Copies runs of `length` elements, each `step` behind the one before.
func copyRuns(
  _ runs: Int, of length: Int, from source: UnsafePointer<Float>, step sourceStep: Int,
  to target: UnsafeMutablePointer<Float>, step targetStep: Int
) {
  inChunks(runs, grain: max(1, (1 << 14) / max(length, 1))) { start, n in
    for run in start..<start + n {
      (target + run * targetStep).update(from: source + run * sourceStep, count: length)
    }
  }
}

extension Node {
  /// Adds the gradient of a part of the tensor to the gradient of the whole, in place where there is one
  /// already: the parts of a tensor that was split cost no more than the whole.
  fileprivate func accumulate(_ addend: Tensor, part range: Range<Int>, ofAxis axis: Int, of shape: [Int]) {
    guard var sum = gradient else {
      gradient = addend.paddedRaw(
        axis, before: range.lowerBound, after: shape[axis] - range.upperBound, value: 0)
      return
    }
    gradient = nil
    let walk = AxisWalk(shape, axis: axis)
    let width = range.count * walk.inner
    let target = sum.mutablePointer() + range.lowerBound * walk.inner
    inChunks(walk.outer, grain: max(1, (1 << 14) / max(width, 1))) { start, n in
      for run in start..<start + n {
        vector_accumulate(1, addend.pointer + run * width, target + run * walk.size * walk.inner, width)
      }
    }
    gradient = sum
  }
}
