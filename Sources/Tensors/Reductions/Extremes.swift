internal import CVectorMath

extension Tensor {
  /// The largest element, a scalar. Where several are largest they share the gradient evenly.
  public func max() -> Tensor { extreme("max", vector_max) }

  /// The smallest element, a scalar. Where several are smallest they share the gradient evenly.
  public func min() -> Tensor { extreme("min", vector_min) }

  /// The largest along an axis; the gradient goes to the first of the largest.
  public func max(axis: Int, keepingDimensions: Bool = false) -> Tensor {
    along("max", axis, keepingDimensions) { $0 > $1 }
  }

  /// The smallest along an axis; the gradient goes to the first of the smallest.
  public func min(axis: Int, keepingDimensions: Bool = false) -> Tensor {
    along("min", axis, keepingDimensions) { $0 < $1 }
  }

  /// Where the largest element is, counted row-major.
  public func argmax() -> Int { place("argmax") { $0 > $1 } }

  /// Where the smallest element is, counted row-major.
  public func argmin() -> Int { place("argmin") { $0 < $1 } }

  /// Where the largest is along an axis: the first of the largest, as whole numbers.
  public func argmax(axis: Int) -> Tensor { places("argmax", resolve(axis, in: "argmax")) { $0 > $1 } }

  /// Where the smallest is along an axis: the first of the smallest, as whole numbers.
  public func argmin(axis: Int) -> Tensor { places("argmin", resolve(axis, in: "argmin")) { $0 < $1 } }

  private func extreme(_ name: StaticString, _ f: (UnsafePointer<Float>, Int) -> Float) -> Tensor {
    require(count > 0, "\(name): a tensor of shape \(shape) has no elements")
    let best = f(pointer, count)
    return Tensor(filling: [], with: best).recorded(name, from: self) { g in
      let ties = scalars.reduce(0) { $0 + ($1 == best ? 1 : 0) }
      let share = g.item / Float(Swift.max(ties, 1))
      receive(map { $0 == best ? share : 0 })
    }
  }

  private func place(_ name: String, _ wins: (Float, Float) -> Bool) -> Int {
    require(count > 0, "\(name): a tensor of shape \(shape) has no elements")
    return reshapedRaw([count]).places(name, 0, wins).integers[0]
  }

  private func along(
    _ name: StaticString, _ axis: Int, _ keepingDimensions: Bool, _ wins: @escaping (Float, Float) -> Bool
  ) -> Tensor {
    let axis = resolve(axis, in: "\(name)")
    let places = places("\(name)", axis, wins)
    let result = pick(places, axis)
    return (keepingDimensions ? result.reshapedRaw(keptShape([axis])) : result).recorded(name, from: self) {
      g in
      receive(g.place(at: places, axis, shape))
    }
  }

  /// The first winner along an axis, "not a number" winning over all.
  private func places(_ name: String, _ axis: Int, _ wins: (Float, Float) -> Bool) -> Tensor {
    let walk = AxisWalk(shape, axis: axis)
    require(walk.size > 0, "\(name): axis \(axis) of \(shape) is empty")
    var reduced = shape
    reduced.remove(at: axis)
    return Tensor(shape: reduced) { y in
      for o in 0..<walk.outer {
        for i in 0..<walk.inner {
          let column = pointer + o * walk.size * walk.inner + i
          var best = 0
          for k in 1..<Swift.max(walk.size, 1) where column[best * walk.inner] == column[best * walk.inner] {
            let value = column[k * walk.inner]
            if wins(value, column[best * walk.inner]) || value != value { best = k }
          }
          y[o * walk.inner + i] = Float(best)
        }
      }
    }
  }

  /// The element at each place along the axis.
  private func pick(_ places: Tensor, _ axis: Int) -> Tensor {
    let walk = AxisWalk(shape, axis: axis)
    return Tensor(shape: places.shape) { y in
      for o in 0..<walk.outer {
        for i in 0..<walk.inner {
          let at = o * walk.inner + i
          y[at] = pointer[(o * walk.size + Int(places.pointer[at])) * walk.inner + i]
        }
      }
    }
  }

  /// The inverse of `pick`: zeros, with these elements at their places.
  private func place(at places: Tensor, _ axis: Int, _ target: [Int]) -> Tensor {
    let walk = AxisWalk(target, axis: axis)
    let result = Tensor(filling: target, with: 0)
    for o in 0..<walk.outer {
      for i in 0..<walk.inner {
        let at = o * walk.inner + i
        result.pointer[(o * walk.size + Int(places.pointer[at])) * walk.inner + i] = pointer[at]
      }
    }
    return result
  }
}
