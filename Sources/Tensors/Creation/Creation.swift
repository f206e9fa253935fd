internal import CVectorMath

extension Tensor {
  /// A tensor of one value everywhere.
  ///
  ///     Tensor.full([2, 2], 7)   // tensor([[7., 7.], [7., 7.]])
  public static func full(_ shape: [Int], _ value: some TensorScalar) -> Tensor {
    checkShape(shape, "full")
    return Tensor(filling: shape, with: value.float)
  }

  /// Zeros of a shape: `Tensor.zeros(2, 3)`.
  public static func zeros(_ shape: [Int]) -> Tensor {
    checkShape(shape, "zeros")
    return Tensor(filling: shape, with: 0)
  }
  /// Zeros of a shape, its sizes one by one.
  public static func zeros(_ shape: Int...) -> Tensor { zeros(shape) }

  /// Ones of a shape: `Tensor.ones(2, 3)`.
  public static func ones(_ shape: [Int]) -> Tensor {
    checkShape(shape, "ones")
    return Tensor(filling: shape, with: 1)
  }
  /// Ones of a shape, its sizes one by one.
  public static func ones(_ shape: Int...) -> Tensor { ones(shape) }

  /// Zeros of another tensor's shape.
  public static func zeros(like other: Tensor) -> Tensor { zeros(other.shape) }

  /// Ones of another tensor's shape.
  public static func ones(like other: Tensor) -> Tensor { ones(other.shape) }

  /// 0, 1, … end − 1.
  public static func arange(_ end: some TensorScalar) -> Tensor { arange(from: 0, to: end.float) }

  /// start, start + step, …, up to but without `end`.
  ///
  ///     Tensor.arange(from: 1, to: 2, by: 0.5)   // tensor([1.0000, 1.5000])
  public static func arange(from start: Float, to end: Float, by step: Float = 1) -> Tensor {
    require(step != 0, "arange: a step of 0 never arrives")
    require(
      (end - start) / step >= 0,
      "arange: from \(start) to \(end) by \(step): the step points away from the end")
    let count = Int(((Double(end) - Double(start)) / Double(step)).rounded(.up))
    return Tensor(shape: [count]) { y in
      for i in 0..<count { y[i] = Float(Double(start) + Double(i) * Double(step)) }
    }
  }

  /// `count` numbers evenly spaced from `start` to `end`, both included.
  public static func linspace(_ start: Float, _ end: Float, count: Int = 100) -> Tensor {
    require(count >= 0, "linspace: a count of \(count) is negative")
    let step = count > 1 ? (Double(end) - Double(start)) / Double(count - 1) : 0
    return Tensor(shape: [count]) { y in
      // From both ends towards the middle, so that the last number is `end` itself.
      for i in 0..<count {
        y[i] = Float(
          i < (count + 1) / 2 ? Double(start) + step * Double(i) : Double(end) - step * Double(count - 1 - i))
      }
    }
  }

  /// The identity matrix, or its first `columns` columns.
  public static func eye(_ rows: Int, columns: Int? = nil) -> Tensor {
    let columns = columns ?? rows
    var result = zeros([rows, columns])
    let y = result.mutablePointer()
    for i in 0..<Swift.min(rows, columns) { y[i * columns + i] = 1 }
    return result
  }

  /// Rows with a one where the label says: [n] labels below `classes` → [n, classes].
  public static func oneHot(_ labels: [Int], classes: Int) -> Tensor {
    var result = zeros([labels.count, classes])
    let y = result.mutablePointer()
    for (row, label) in labels.enumerated() {
      require(
        label >= 0 && label < classes,
        "oneHot: label \(label) is not among the \(classes) classes 0…\(classes - 1)")
      y[row * classes + label] = 1
    }
    return result
  }

  package init(filling shape: [Int], with value: Float) {
    self.init(uninitialized: shape)
    inChunks(count) { start, n in vector_fill(value, pointer + start, n) }
  }

  package static func checkShape(_ shape: [Int], _ operation: String) {
    require(shape.allSatisfy { $0 >= 0 }, "\(operation): the shape \(shape) has a negative size")
  }
}
