/// The tensors one after another along an axis; all other sizes must agree.
public func concatenate(_ tensors: [Tensor], axis: Int = 0) -> Tensor {
  guard let first = tensors.first else { stop("concatenate: there is no tensor to begin with") }
  let axis = first.resolve(axis, in: "concatenate")
  var target = first.shape
  for other in tensors.dropFirst() {
    var expected = first.shape
    if other.rank == expected.count { expected[axis] = other.shape[axis] }
    if other.shape != expected {
      shapeError(
        "concatenate", first.shape, other.shape, joinedBy: "and", rule: "all axes but axis \(axis) must agree"
      )
    }
    target[axis] += other.shape[axis]
  }
  let walk = AxisWalk(target, axis: axis)
  let widths = tensors.map { $0.shape[axis] * walk.inner }
  let result = Tensor(uninitialized: target)
  var offset = 0
  for (tensor, width) in zip(tensors, widths) {
    for o in 0..<walk.outer {
      (result.pointer + o * walk.size * walk.inner + offset).update(
        from: tensor.pointer + o * width, count: width)
    }
    offset += width
  }
  return result.recorded("concatenate", from: tensors) { g in
    var start = 0
    for tensor in tensors {
      let end = start + tensor.shape[axis]
      tensor.receive(g.slicedRaw(axis, start..<end))
      start = end
    }
  }
}

/// The tensors along a new axis; all shapes must agree.
///
///     stack([[1, 2], [3, 4]])   // shape [2, 2]
public func stack(_ tensors: [Tensor], axis: Int = 0) -> Tensor {
  guard let first = tensors.first else { stop("stack: there is no tensor to begin with") }
  for other in tensors where other.shape != first.shape {
    shapeError("stack", first.shape, other.shape, joinedBy: "and", rule: "all shapes must agree")
  }
  return concatenate(tensors.map { $0.unsqueeze(axis: axis) }, axis: axis)
}

extension Tensor {
  /// The tensor repeated: `x.repeated(2, 3)` twice along axis 0, three times along axis 1.
  public func repeated(_ times: Int...) -> Tensor {
    require(
      times.count >= rank, "repeated: \(times.count) counts were given for the \(rank) axes of \(shape)")
    var result = reshape([Int](repeating: 1, count: times.count - rank) + shape)
    for (axis, n) in times.enumerated() where n != 1 {
      require(n > 0, "repeated: \(n) times along axis \(axis)")
      result = concatenate([Tensor](repeating: result, count: n), axis: axis)
    }
    return result
  }

  /// The tensor cut along an axis into pieces of `size`; the last may be smaller.
  public func split(size: Int, axis: Int = 0) -> [Tensor] {
    let axis = resolve(axis, in: "split")
    require(size > 0, "split: a size of \(size) never ends")
    return stride(from: 0, to: shape[axis], by: size).map {
      slice(axis: axis, $0..<Swift.min($0 + size, shape[axis]))
    }
  }

  /// Each slice along an axis, without that axis.
  public func unstack(axis: Int = 0) -> [Tensor] {
    let axis = resolve(axis, in: "unstack")
    return (0..<shape[axis]).map { slice(axis: axis, $0..<$0 + 1).squeeze(axis: axis) }
  }
}
