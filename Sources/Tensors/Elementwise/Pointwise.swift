internal import CVectorMath

/// A function of one vector, as the C target has it.
package typealias VectorFunction =
  @convention(c) (UnsafePointer<Float>?, UnsafeMutablePointer<Float>?, Int) -> Void
/// A function of two vectors, whose steps are 1, or 0 for a value that serves all.
typealias VectorOperation =
  @convention(c) (UnsafePointer<Float>?, Int, UnsafePointer<Float>?, Int, UnsafeMutablePointer<Float>?, Int)
  -> Void

/// Arithmetic on two tensors, element by element.
package enum PointwiseOperation {
  case add, subtract, multiply, divide, maximum, minimum

  var function: VectorOperation {
    switch self {
    case .add: vector_add
    case .subtract: vector_subtract
    case .multiply: vector_multiply
    case .divide: vector_divide
    case .maximum: vector_maximum
    case .minimum: vector_minimum
    }
  }
}

extension Tensor {
  /// f of every element, without recording.
  package func mapped(_ f: VectorFunction) -> Tensor {
    let y = Tensor(uninitialized: shape)
    inChunks(count) { start, n in f(pointer + start, y.pointer + start, n) }
    return y
  }

  /// f of every element in plain Swift, without recording: for what is not worth a loop in C.
  package func map(_ f: (Float) -> Float) -> Tensor {
    Tensor(shape: shape) { y in for i in 0..<count { y[i] = f(pointer[i]) } }
  }

  /// f of every pair of elements of two tensors of one shape, without recording.
  package func zip(_ other: Tensor, _ f: (Float, Float) -> Float) -> Tensor {
    Tensor(shape: shape) { y in for i in 0..<count { y[i] = f(pointer[i], other.pointer[i]) } }
  }

  /// Arithmetic with broadcasting, without recording.
  package func pointwise(_ operation: PointwiseOperation, _ other: Tensor, _ name: String) -> Tensor {
    let f = operation.function
    if shape == other.shape {
      let z = Tensor(uninitialized: shape)
      inChunks(count) { start, n in f(pointer + start, 1, other.pointer + start, 1, z.pointer + start, n) }
      return z
    }
    let target = broadcastShape(shape, other.shape, name)
    let z = Tensor(uninitialized: target)
    if other.count == 1 {
      inChunks(z.count) { start, n in f(pointer + start, 1, other.pointer, 0, z.pointer + start, n) }
    } else if count == 1 {
      inChunks(z.count) { start, n in f(pointer, 0, other.pointer + start, 1, z.pointer + start, n) }
    } else if z.count > 0 {
      broadcastLoop(f, other, z)
    }
    return z
  }

  /// Walks the outer axes, with one call for each run along the innermost.
  private func broadcastLoop(_ f: VectorOperation, _ other: Tensor, _ z: Tensor) {
    let plan = BroadcastPlan(shape, other.shape, target: z.shape)
    let (inner, sx, sy) = plan.innermost
    let rows = z.count / inner
    inChunks(rows, grain: Swift.max(1, (1 << 15) / inner)) { start, length in
      var walk = plan.walk(from: start)
      for row in start..<start + length {
        f(pointer + walk.x, sx, other.pointer + walk.y, sy, z.pointer + row * inner, inner)
        walk.advance()
      }
    }
  }

  /// self += other, in place; of one shape.
  package mutating func add(_ other: Tensor, scaledBy factor: Float = 1) {
    require(shape == other.shape, "add: \(shape) and \(other.shape): shapes differ")
    let y = mutablePointer()
    let x = other.pointer
    inChunks(count) { start, n in vector_accumulate(factor, x + start, y + start, n) }
  }

  /// a · self + b, without recording.
  package func scaled(by a: Float, plus b: Float = 0) -> Tensor {
    let y = Tensor(uninitialized: shape)
    inChunks(count) { start, n in vector_scale_add(pointer + start, a, b, y.pointer + start, n) }
    return y
  }
}

/// How two tensors are walked together: neighbouring axes that both run through, or both stand still on, are
/// one.
private struct BroadcastPlan {
  private var sizes: [Int] = []
  private var xStrides: [Int] = []
  private var yStrides: [Int] = []
  let innermost: (count: Int, xStride: Int, yStride: Int)

  init(_ x: [Int], _ y: [Int], target: [Int]) {
    let xs = broadcastStrides(x, to: target)
    let ys = broadcastStrides(y, to: target)
    for i in target.indices.reversed() where target[i] != 1 {
      if let last = sizes.indices.last, xs[i] == xStrides[last] * sizes[last],
        ys[i] == yStrides[last] * sizes[last]
      {
        sizes[last] *= target[i]
      } else {
        sizes.append(target[i])
        xStrides.append(xs[i])
        yStrides.append(ys[i])
      }
    }
    if sizes.isEmpty {
      innermost = (1, 0, 0)
    } else {
      innermost = (sizes.removeFirst(), xStrides.removeFirst(), yStrides.removeFirst())
    }
  }

  func walk(from row: Int) -> Walk {
    var walk = Walk(plan: self, index: [Int](repeating: 0, count: sizes.count))
    var rest = row
    for axis in sizes.indices {
      walk.index[axis] = rest % sizes[axis]
      rest /= sizes[axis]
      walk.x += walk.index[axis] * xStrides[axis]
      walk.y += walk.index[axis] * yStrides[axis]
    }
    return walk
  }

  struct Walk {
    let plan: BroadcastPlan
    var index: [Int]
    var x = 0
    var y = 0

    mutating func advance() {
      for axis in index.indices {
        index[axis] += 1
        x += plan.xStrides[axis]
        y += plan.yStrides[axis]
        if index[axis] < plan.sizes[axis] { return }
        x -= plan.sizes[axis] * plan.xStrides[axis]
        y -= plan.sizes[axis] * plan.yStrides[axis]
        index[axis] = 0
      }
    }
  }
}
