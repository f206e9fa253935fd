/// What may stand between a tensor's brackets: an index, which may be negative to count from the end, a
/// range, or `.all`.
public protocol TensorIndex {
  /// The part of an axis of the given size, and whether the axis goes away.
  func part(of size: Int) -> (range: Range<Int>, removesAxis: Bool)?
}

extension Int: TensorIndex {
  public func part(of size: Int) -> (range: Range<Int>, removesAxis: Bool)? {
    let index = self < 0 ? self + size : self
    return index >= 0 && index < size ? (index..<index + 1, true) : nil
  }
}

extension Range<Int>: TensorIndex {
  public func part(of size: Int) -> (range: Range<Int>, removesAxis: Bool)? {
    lowerBound >= 0 && upperBound <= size ? (self, false) : nil
  }
}

extension ClosedRange<Int>: TensorIndex {
  public func part(of size: Int) -> (range: Range<Int>, removesAxis: Bool)? { Range(self).part(of: size) }
}

extension PartialRangeFrom<Int>: TensorIndex {
  public func part(of size: Int) -> (range: Range<Int>, removesAxis: Bool)? {
    lowerBound <= size ? (lowerBound..<size).part(of: size) : nil
  }
}

extension PartialRangeUpTo<Int>: TensorIndex {
  public func part(of size: Int) -> (range: Range<Int>, removesAxis: Bool)? {
    upperBound >= 0 ? (0..<upperBound).part(of: size) : nil
  }
}

extension PartialRangeThrough<Int>: TensorIndex {
  public func part(of size: Int) -> (range: Range<Int>, removesAxis: Bool)? {
    upperBound >= -1 ? (0..<upperBound + 1).part(of: size) : nil
  }
}

/// A whole axis: `x[.all, 0]` is the first column.
public struct WholeAxis: TensorIndex {
  public func part(of size: Int) -> (range: Range<Int>, removesAxis: Bool)? { (0..<size, false) }
}

extension TensorIndex where Self == WholeAxis {
  /// The whole axis.
  public static var all: WholeAxis { WholeAxis() }
}

extension Tensor {
  /// A part of the tensor: `x[0]` a row, `x[-1]` the last, `x[1..<3]` rows, `x[.all, 2]` a column, `x[0, 1]`
  /// an element.
  public subscript(_ a: some TensorIndex) -> Tensor {
    get { part([a]) }
    set { assign(newValue, [a]) }
  }

  /// A part by its place along the first two axes.
  public subscript(_ a: some TensorIndex, _ b: some TensorIndex) -> Tensor {
    get { part([a, b]) }
    set { assign(newValue, [a, b]) }
  }

  /// A part by its place along the first three axes.
  public subscript(_ a: some TensorIndex, _ b: some TensorIndex, _ c: some TensorIndex) -> Tensor {
    get { part([a, b, c]) }
    set { assign(newValue, [a, b, c]) }
  }

  /// A part by its place along the first four axes.
  public subscript(
    _ a: some TensorIndex, _ b: some TensorIndex, _ c: some TensorIndex, _ d: some TensorIndex
  ) -> Tensor {
    get { part([a, b, c, d]) }
    set { assign(newValue, [a, b, c, d]) }
  }

  /// The rows with the given indices.
  public subscript(_ rows: [Int]) -> Tensor { select(rows: rows) }

  private func parts(_ indices: [any TensorIndex]) -> [(range: Range<Int>, removesAxis: Bool)] {
    require(
      indices.count <= rank, "subscript: \(indices.count) indices were given for the \(rank) axes of \(shape)"
    )
    return indices.enumerated().map { axis, index in
      guard let part = index.part(of: shape[axis]) else {
        stop(
          "subscript: \(index) is outside axis \(axis) of \(shape), which runs from 0 to \(shape[axis] - 1)")
      }
      return part
    }
  }

  private func part(_ indices: [any TensorIndex]) -> Tensor {
    let parts = parts(indices)
    var result = self
    for (axis, part) in parts.enumerated() where part.range != 0..<shape[axis] {
      result = result.slice(axis: axis, part.range)
    }
    let kept = result.shape.enumerated().filter { $0.offset >= parts.count || !parts[$0.offset].removesAxis }
    return kept.count == result.rank ? result : result.reshape(kept.map(\.element))
  }

  /// Replaces a part. The gradient of what was replaced is 0.
  private mutating func assign(_ value: Tensor, _ indices: [any TensorIndex]) {
    let parts = parts(indices)
    let ranges = shape.indices.map { $0 < parts.count ? parts[$0].range : 0..<shape[$0] }
    let target = shape.indices.filter { $0 >= parts.count || !parts[$0].removesAxis }.map { ranges[$0].count }
    let places = Tensor.places(of: ranges, in: shape)
    let stretched = value.broadcast(to: target)
    let old = self
    let y = mutablePointer()
    for (i, place) in places.enumerated() { y[place] = stretched.pointer[i] }
    guard isRecording, old.node?.isLeaf != true || value.node != nil else { return }
    self = detached.recorded("assign", from: old, stretched) { g in
      if old.node != nil {
        var rest = g
        let p = rest.mutablePointer()
        for place in places { p[place] = 0 }
        old.receive(rest)
      }
      stretched.receive(
        Tensor(shape: target) { for (i, place) in places.enumerated() { $0[i] = g.pointer[place] } })
    }
  }

  /// The row-major places of a box of indices.
  private static func places(of ranges: [Range<Int>], in shape: [Int]) -> [Int] {
    let strides = rowMajorStrides(shape)
    return ranges.enumerated().reduce([0]) { places, axis in
      places.flatMap { base in axis.element.map { base + $0 * strides[axis.offset] } }
    }
  }
}
