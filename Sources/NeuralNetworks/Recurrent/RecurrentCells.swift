import Tensors

/// What the cells share: one step of a recurrent network, [N, inputs] or [inputs].
public class RecurrentCell: NamedParts {
  /// The size of an input vector.
  public let inputSize: Int
  /// The size of the state.
  public let hiddenSize: Int
  private let kind: RecurrentKind
  private let weights: RecurrentWeights

  init(_ kind: RecurrentKind, _ inputSize: Int, _ hiddenSize: Int, _ bias: Bool) {
    self.kind = kind
    self.inputSize = inputSize
    self.hiddenSize = hiddenSize
    weights = RecurrentWeights(kind, inputs: inputSize, hidden: hiddenSize, bias: bias)
  }

  public var namedParts: [(name: String, part: Any)] { weights.named("") }

  func step(_ x: Tensor, _ h: Tensor?, _ c: Tensor?) -> (h: Tensor, c: Tensor?) {
    if x.rank == 1 {
      let (h, c) = step(x.unsqueeze(axis: 0), h?.unsqueeze(axis: 0), c?.unsqueeze(axis: 0))
      return (h[0], c?[0])
    }
    if x.rank != 2 || x.shape[1] != inputSize {
      stop("\(Self.self): \(x.shape): an input needs the axes [N, \(inputSize)] or [\(inputSize)]")
    }
    let zero = Tensor.zeros(x.shape[0], hiddenSize)
    for state in [h, c].compactMap({ $0 }) where state.shape != zero.shape {
      stop(
        "\(Self.self): a state of shape \(state.shape) was given where [N, hidden] = \(zero.shape) is needed")
    }
    let (output, cell) = recur(
      kind, x.unsqueeze(axis: 0), h ?? zero, kind == .lstm ? c ?? zero : nil, weights)
    return (output[0], cell)
  }
}

/// One step of `RNN`: the new state h.
public final class RNNCell: RecurrentCell {
  /// - Parameters:
  ///   - nonlinearity: tanh by default.
  ///   - bias: whether there are biases; yes by default.
  public init(_ inputSize: Int, _ hiddenSize: Int, nonlinearity: RNN.Nonlinearity = .tanh, bias: Bool = true)
  {
    super.init(nonlinearity == .tanh ? .tanh : .relu, inputSize, hiddenSize, bias)
  }

  /// The new state [N, hidden] for an input [N, inputs]; the state before is 0 by default.
  public func callAsFunction(_ x: Tensor, _ hidden: Tensor? = nil) -> Tensor { step(x, hidden, nil).h }
}

/// One step of `GRU`: the new state h.
public final class GRUCell: RecurrentCell {
  /// - Parameter bias: whether there are biases; yes by default.
  public init(_ inputSize: Int, _ hiddenSize: Int, bias: Bool = true) {
    super.init(.gru, inputSize, hiddenSize, bias)
  }

  /// The new state [N, hidden] for an input [N, inputs]; the state before is 0 by default.
  public func callAsFunction(_ x: Tensor, _ hidden: Tensor? = nil) -> Tensor { step(x, hidden, nil).h }
}

/// One step of `LSTM`: the new h and c.
public final class LSTMCell: RecurrentCell {
  /// - Parameter bias: whether there are biases; yes by default.
  public init(_ inputSize: Int, _ hiddenSize: Int, bias: Bool = true) {
    super.init(.lstm, inputSize, hiddenSize, bias)
  }

  /// The new h and c, [N, hidden] each, for an input [N, inputs]; the state before is 0 by default.
  public func callAsFunction(
    _ x: Tensor, _ state: (hidden: Tensor, cell: Tensor)? = nil
  ) -> (hidden: Tensor, cell: Tensor) {
    let (h, c) = step(x, state?.hidden, state?.cell)
    return (h, c!)
  }
}
