internal import CVectorMath

/// e^xᵢ / Σⱼ e^xⱼ along an axis, without overflow: numbers from 0 to 1 with sum 1.
///
///     softmax([1, 2, 3], axis: 0)   // tensor([0.0900, 0.2447, 0.6652], shape: [3])
public func softmax(_ x: Tensor, axis: Int = -1) -> Tensor {
  x.alongRows("softmax", axis, forward: softmax_rows, backward: softmax_rows_backward)
}

/// The logarithm of the softmax along an axis: xᵢ − ln Σⱼ e^xⱼ.
public func logSoftmax(_ x: Tensor, axis: Int = -1) -> Tensor {
  x.alongRows("logSoftmax", axis, forward: log_softmax_rows, backward: log_softmax_rows_backward)
}

/// ln Σⱼ e^xⱼ along an axis, without overflow.
public func logSumExp(_ x: Tensor, axis: Int = -1, keepingDimensions: Bool = false) -> Tensor {
  let best = x.detached.max(axis: axis, keepingDimensions: true)
  let total = log(exp(x - best).sum(axis: axis, keepingDimensions: true)) + best
  return keepingDimensions ? total : total.squeeze(axis: axis)
}

private typealias RowFunction =
  @convention(c) (UnsafePointer<Float>?, UnsafeMutablePointer<Float>?, Int, Int) -> Void
private typealias RowGradient =
  @convention(c) (UnsafePointer<Float>?, UnsafePointer<Float>?, UnsafeMutablePointer<Float>?, Int, Int) ->
  Void

extension Tensor {
  /// A function of the rows along an axis, with its gradient from the output.
  fileprivate func alongRows(
    _ name: StaticString, _ axis: Int, forward: RowFunction, backward: @escaping RowGradient
  ) -> Tensor {
    let axis = resolve(axis, in: "\(name)")
    if axis != rank - 1 {
      return transpose(axis, rank - 1).alongRows(name, rank - 1, forward: forward, backward: backward)
        .transpose(axis, rank - 1)
    }
    let columns = shape[axis]
    require(columns > 0, "\(name): axis \(axis) of \(shape) is empty")
    let grain = Swift.max(1, (1 << 14) / columns)
    let y = Tensor(uninitialized: shape)
    inChunks(count / columns, grain: grain) { start, rows in
      forward(pointer + start * columns, y.pointer + start * columns, rows, columns)
    }
    return y.recorded(name, from: self) { g in
      let dx = Tensor(uninitialized: shape)
      inChunks(count / columns, grain: grain) { start, rows in
        let at = start * columns
        backward(g.pointer + at, y.pointer + at, dx.pointer + at, rows, columns)
      }
      receive(dx)
    }
  }
}
