/// An array of 32-bit floating-point numbers with a shape: row-major, with value semantics.
///
///     let x = Tensor([[1, 2, 3], [4, 5, 6]])   // shape [2, 3]
///     x.sum(axis: 0)                           // tensor([5., 7., 9.], shape: [3])
///
/// A tensor that requires a gradient remembers how it was computed; `backward()` on a scalar computed from it
/// fills its `gradient`. Every default is PyTorch's.
public struct Tensor: @unchecked Sendable {
  package var storage: Storage
  /// The sizes of the axes; empty for a scalar.
  public internal(set) var shape: [Int]
  /// How the tensor was computed, or where its gradient is kept; `nil` where no gradient is asked for.
  package var node: Node?

  package init(storage: Storage, shape: [Int], node: Node? = nil) {
    self.storage = storage
    self.shape = shape
    self.node = node
  }

  /// A tensor whose elements are yet to be written.
  package init(uninitialized shape: [Int]) {
    self.init(storage: Storage(count: elementCount(shape)), shape: shape)
  }

  /// A tensor whose elements `body` writes, all of them.
  package init(shape: [Int], writing body: (UnsafeMutablePointer<Float>) -> Void) {
    self.init(uninitialized: shape)
    body(storage.pointer)
  }
}

extension Tensor {
  /// The number of axes: 0 for a scalar, 1 for a vector, 2 for a matrix.
  public var rank: Int { shape.count }

  /// The number of elements, the product of the shape.
  public var count: Int { storage.count }

  /// The elements, row-major.
  public var scalars: [Float] { Array(UnsafeBufferPointer(start: pointer, count: count)) }

  /// The elements as integers, row-major: class labels, indices. Each is cut towards zero.
  public var integers: [Int] {
    scalars.map {
      require($0.isFinite && abs($0) < 1e18, "integers: \($0) is no integer")
      return Int($0)
    }
  }

  /// The only element of a tensor of one element.
  public var item: Float {
    require(count == 1, "item: a tensor of shape \(shape) has \(count) elements, not one")
    return pointer[0]
  }

  /// The same values, cut off from how they were computed: no gradient flows through.
  public var detached: Tensor { Tensor(storage: storage, shape: shape) }

  package var pointer: UnsafeMutablePointer<Float> { storage.pointer }

  /// The elements' memory, for writing: copied first if another tensor shares it.
  package mutating func mutablePointer() -> UnsafeMutablePointer<Float> {
    if !isKnownUniquelyReferenced(&storage) {
      let copy = Storage(count: storage.count)
      copy.pointer.update(from: storage.pointer, count: storage.count)
      storage = copy
    }
    return storage.pointer
  }

  /// Whether no other tensor shares the elements' memory.
  var isOnlyOwner: Bool { mutating get { isKnownUniquelyReferenced(&storage) } }

  /// The size of an axis; a negative one counts from the end.
  public func size(_ axis: Int) -> Int { shape[resolve(axis, in: "size")] }

  /// An axis counted from 0; stops with help where there is none.
  package func resolve(_ axis: Int, in operation: String) -> Int {
    resolveAxis(axis, rank: rank, shape: shape, operation)
  }
}

/// Turns a negative axis into one counted from 0.
package func resolveAxis(_ axis: Int, rank: Int, shape: [Int], _ operation: String) -> Int {
  let resolved = axis < 0 ? axis + rank : axis
  require(
    resolved >= 0 && resolved < rank,
    rank == 0
      ? "\(operation): a scalar has no axis \(axis)"
      : "\(operation): \(shape) has no axis \(axis): axes run from 0 to \(rank - 1), or from -\(rank) to -1")
  return resolved
}

/// The product of a shape's sizes.
package func elementCount(_ shape: [Int]) -> Int {
  var count = 1
  for size in shape { count *= size }
  return count
}

extension Tensor: Equatable {
  /// Whether shapes and all elements are equal. Pointwise comparison is `.==`.
  public static func == (a: Tensor, b: Tensor) -> Bool {
    guard a.shape == b.shape else { return false }
    for i in 0..<a.count where a.pointer[i] != b.pointer[i] { return false }
    return true
  }

  /// Whether shapes agree and |a − b| ≤ absolute + relative · |b| everywhere, as `torch.allclose`.
  public func isClose(to other: Tensor, relative: Float = 1e-5, absolute: Float = 1e-8) -> Bool {
    guard shape == other.shape else { return false }
    for i in 0..<count
    where !(abs(pointer[i] - other.pointer[i]) <= absolute + relative * abs(other.pointer[i])) {
      guard pointer[i] == other.pointer[i] else { return false }
    }
    return true
  }
}
