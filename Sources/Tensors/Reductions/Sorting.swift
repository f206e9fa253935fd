extension Tensor {
  /// The elements in order along an axis, and where each came from.
  public func sorted(axis: Int = -1, descending: Bool = false) -> (values: Tensor, indices: Tensor) {
    let axis = resolve(axis, in: "sorted")
    if axis != rank - 1 {
      let (values, indices) = transpose(axis, rank - 1).sorted(descending: descending)
      return (values.transpose(axis, rank - 1), indices.transpose(axis, rank - 1))
    }
    let columns = shape[axis]
    let indices = Tensor(shape: shape) { y in
      for row in 0..<(columns > 0 ? count / columns : 0) {
        let x = pointer + row * columns
        // Equal elements keep their order; "not a number" counts as largest.
        let order = (0..<columns).sorted { a, b in
          let (low, high) = descending ? (b, a) : (a, b)
          if x[low] == x[high] || (x[low].isNaN && x[high].isNaN) { return a < b }
          return x[high].isNaN || x[low] < x[high]
        }
        for (place, index) in order.enumerated() { y[row * columns + place] = Float(index) }
      }
    }
    return (gather(indices, axis: axis), indices)
  }

  /// The `k` largest elements along an axis, the largest first, and where they are.
  public func topK(_ k: Int, axis: Int = -1) -> (values: Tensor, indices: Tensor) {
    let axis = resolve(axis, in: "topK")
    require(
      k >= 0 && k <= shape[axis],
      "topK: \(k) of \(shape[axis]) elements along axis \(axis) of \(shape) were asked for")
    let (values, indices) = sorted(axis: axis, descending: true)
    return (values.slice(axis: axis, 0..<k), indices.slice(axis: axis, 0..<k))
  }

  /// The element at each index along an axis: y[i][j] = x[i][index[i][j]] for axis 1.
  ///
  /// `indices` has the tensor's shape but for that axis.
  public func gather(_ indices: Tensor, axis: Int) -> Tensor {
    let axis = resolve(axis, in: "gather")
    var expected = shape
    expected[axis] = indices.rank == rank ? indices.shape[axis] : 0
    require(
      expected == indices.shape,
      "gather: \(shape) and indices \(indices.shape): all axes but axis \(axis) must agree")
    let walk = AxisWalk(shape, axis: axis)
    let rows = indices.shape[axis]
    let places = indices.integers.enumerated().map { at, index in
      require(
        index >= 0 && index < walk.size,
        "gather: index \(index) is not among the \(walk.size) of axis \(axis) of \(shape)")
      return (at / (rows * walk.inner) * walk.size + index) * walk.inner + at % walk.inner
    }
    let result = Tensor(shape: indices.shape) { y in
      for (at, place) in places.enumerated() { y[at] = pointer[place] }
    }
    return result.recorded("gather", from: self) { g in
      let dx = Tensor(filling: shape, with: 0)
      for (at, place) in places.enumerated() { dx.pointer[place] += g.pointer[at] }
      receive(dx)
    }
  }
}
