extension Tensor {
  /// The same elements in another shape; one size may be −1 and is worked out from the others.
  ///
  ///     x.reshape(2, -1)
  public func reshape(_ sizes: Int...) -> Tensor { reshape(sizes) }

  /// The same elements in another shape, given as a list.
  public func reshape(_ sizes: [Int]) -> Tensor {
    var target = sizes
    let unknown = sizes.indices.filter { sizes[$0] == -1 }
    require(unknown.count <= 1, "reshape: \(sizes) leaves more than one size open")
    if let open = unknown.first {
      let known = sizes.enumerated().reduce(1) { $1.offset == open ? $0 : $0 * $1.element }
      require(
        known > 0 && count % known == 0,
        "reshape: \(shape) → \(sizes): \(count) elements do not divide by \(known)")
      target[open] = count / known
    }
    require(
      target.allSatisfy { $0 >= 0 } && elementCount(target) == count,
      "reshape: \(shape) → \(sizes): \(count) elements do not fill a shape of \(elementCount(target))")
    return reshapedRaw(target).recorded("reshape", from: self) { g in receive(g.reshapedRaw(shape)) }
  }

  /// The axes from `start` to `end` as one.
  ///
  ///     images.flatten(from: 1)   // [64, 1, 28, 28] → [64, 784]
  public func flatten(from start: Int = 0, to end: Int = -1) -> Tensor {
    if rank == 0 { return reshape([1]) }
    let first = resolve(start, in: "flatten")
    let last = resolve(end, in: "flatten")
    require(first <= last, "flatten: axis \(start) comes after axis \(end) in \(shape)")
    let joined = elementCount(Array(shape[first...last]))
    return reshape(Array(shape[..<first]) + [joined] + Array(shape[(last + 1)...]))
  }

  /// Without an axis of size 1, or without all such axes.
  public func squeeze(axis: Int? = nil) -> Tensor {
    guard let axis else { return reshape(shape.filter { $0 != 1 }) }
    let resolved = resolve(axis, in: "squeeze")
    var target = shape
    if target[resolved] == 1 { target.remove(at: resolved) }
    return reshape(target)
  }

  /// With a new axis of size 1 before axis `axis`; −1 puts it last.
  public func unsqueeze(axis: Int) -> Tensor {
    let resolved = resolveAxis(axis, rank: rank + 1, shape: shape + [1], "unsqueeze")
    var target = shape
    target.insert(1, at: resolved)
    return reshape(target)
  }

  /// The same elements under another shape of as many, without recording.
  package func reshapedRaw(_ target: [Int]) -> Tensor { Tensor(storage: storage, shape: target) }
}
