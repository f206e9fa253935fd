/// Float32, row-major, value semantics.
public struct Tensor: Sendable {
  public var shape: [Int]
}
