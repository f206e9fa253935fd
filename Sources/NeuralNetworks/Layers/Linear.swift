import Tensors

/// y = x Wᵀ + b: [..., inputs] → [..., outputs]. Weight [outputs, inputs] and bias [outputs] start from
/// U(−1/√inputs, 1/√inputs).
public final class Linear: Module, CustomStringConvertible {
  /// The numbers that are learnt.
  @Parameter public var weight: Tensor
  /// A number for each output that is added, or `nil` for none.
  @OptionalParameter public var bias: Tensor?

  /// - Parameter bias: whether there is a b; yes by default.
  public init(_ inputs: Int, _ outputs: Int, bias: Bool = true) {
    if inputs < 0 || outputs < 0 {
      stop("Linear: \(inputs) inputs and \(outputs) outputs: neither may be negative")
    }
    _weight = Parameter(uniformInitial([outputs, inputs], fanIn: inputs))
    _bias = OptionalParameter(bias ? uniformInitial([outputs], fanIn: inputs) : nil)
  }

  public func forward(_ x: Tensor) -> Tensor { linear(x, weight, bias) }

  public var description: String {
    "Linear(\(weight.shape[1]), \(weight.shape[0])\(bias == nil ? ", bias: false" : ""))"
  }
}

/// Rows of a table by their index, learnt: whole numbers of any shape → that shape with a last axis of
/// `size`. The table [count, size] starts from N(0, 1).
public final class Embedding: Module, CustomStringConvertible {
  /// The numbers that are learnt.
  @Parameter public var weight: Tensor
  /// The row that stays zero and is not learnt, such as that of padding.
  public let paddingIndex: Int?

  /// - Parameters:
  ///   - count: rows, one for each word.
  ///   - size: columns.
  ///   - paddingIndex: a row that stays zero; none by default.
  public init(_ count: Int, _ size: Int, paddingIndex: Int? = nil) {
    var table = Tensor.normal(count, size)
    if let paddingIndex { table[paddingIndex] = Tensor.zeros(size) }
    _weight = Parameter(table)
    self.paddingIndex = paddingIndex
  }

  public func forward(_ x: Tensor) -> Tensor {
    callAsFunction(x.integers).reshape(x.shape + [weight.shape[1]])
  }

  /// The rows of n indices, [n, size].
  public func callAsFunction(_ indices: [Int]) -> Tensor {
    embedding(indices, weight, paddingIndex: paddingIndex)
  }
  /// The rows of N sequences of T indices, [N, T, size].
  public func callAsFunction(_ indices: [[Int]]) -> Tensor { forward(Tensor(indices)) }

  public var description: String { "Embedding(\(weight.shape[0]), \(weight.shape[1]))" }
}

/// Rows of a table [count, size] by their index: n indices → [n, size].
public func embedding(_ indices: [Int], _ weight: Tensor, paddingIndex: Int? = nil) -> Tensor {
  for index in indices where index < 0 || index >= weight.shape[0] {
    stop(
      "embedding: index \(index) is not among the \(weight.shape[0]) rows 0…\(weight.shape[0] - 1) of the table"
    )
  }
  guard let paddingIndex else { return weight.select(rows: indices) }
  let kept = Tensor(indices.map { [$0 == paddingIndex ? 0 : 1] })
  let rows = weight.select(rows: indices)
  // The row itself is passed on as it is; only its gradient is stopped.
  return rows * kept + rows.detached * (1 - kept)
}
