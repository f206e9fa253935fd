import Tensors

/// What `RNN`, `LSTM` and `GRU` share: several layers, one or both directions, dropout between layers.
///
/// Sequences are [T, N, inputs], or [N, T, inputs] with `batchFirst`, or [T, inputs] for one alone, as in
/// PyTorch.
public class RecurrentNetwork: NamedParts {
  /// The size of an input vector.
  public let inputSize: Int
  /// The size of the state.
  public let hiddenSize: Int
  /// How many networks stand one on the other.
  public let layers: Int
  /// Whether sequences are [N, L, …] and not [L, N, …].
  public let batchFirst: Bool
  /// Whether a second network reads the sequence backwards.
  public let bidirectional: Bool
  /// The probability of dropout between layers in training.
  public let dropout: Float
  /// Whether the module trains; `train()` and `eval()` change it.
  public private(set) var isTraining = true
  let kind: RecurrentKind
  private var weights: [[RecurrentWeights]] = []

  init(
    _ kind: RecurrentKind, _ inputSize: Int, _ hiddenSize: Int, _ layers: Int, _ bias: Bool,
    _ batchFirst: Bool,
    _ dropout: Float, _ bidirectional: Bool
  ) {
    if inputSize < 1 || hiddenSize < 1 || layers < 1 {
      stop(
        "\(Self.self): \(inputSize) inputs, \(hiddenSize) hidden units, \(layers) layers: all must be at least 1"
      )
    }
    self.kind = kind
    self.inputSize = inputSize
    self.hiddenSize = hiddenSize
    self.layers = layers
    self.batchFirst = batchFirst
    self.dropout = dropout
    self.bidirectional = bidirectional
    for layer in 0..<layers {
      let inputs = layer == 0 ? inputSize : hiddenSize * directions
      weights.append(
        (0..<directions).map { _ in RecurrentWeights(kind, inputs: inputs, hidden: hiddenSize, bias: bias) })
    }
  }

  private var directions: Int { bidirectional ? 2 : 1 }

  public func setTraining(_ isTraining: Bool) { self.isTraining = isTraining }

  public var namedParts: [(name: String, part: Any)] {
    weights.enumerated().flatMap { layer, both in
      both.enumerated().flatMap { $1.named("_l\(layer)" + ($0 == 0 ? "" : "_reverse")) }
    }
  }

  /// The states of the last layer alone, so that the network can stand in a `Sequential`.
  public func forward(_ x: Tensor) -> Tensor { run(x, nil, nil).output }

  func run(_ x: Tensor, _ hidden: Tensor?, _ cell: Tensor?) -> (output: Tensor, hidden: Tensor, cell: Tensor?)
  {
    let name = "\(Self.self)"
    if x.rank == 2 {
      let (output, h, c) = run(
        x.unsqueeze(axis: batchFirst ? 0 : 1), hidden?.unsqueeze(axis: 1), cell?.unsqueeze(axis: 1))
      return (output.squeeze(axis: batchFirst ? 0 : 1), h.squeeze(axis: 1), c?.squeeze(axis: 1))
    }
    if x.rank != 3 || x.shape[2] != inputSize {
      let layout = batchFirst ? "[N, T, \(inputSize)]" : "[T, N, \(inputSize)]"
      stop("\(name): \(x.shape): a sequence needs the axes \(layout), or [T, \(inputSize)] alone")
    }
    if x.count == 0 { stop("\(name): \(x.shape): the sequence is empty") }
    var sequence = batchFirst ? x.transpose(0, 1) : x
    let batch = sequence.shape[1]
    let stateShape = [layers * directions, batch, hiddenSize]
    for state in [hidden, cell].compactMap({ $0 }) where state.shape != stateShape {
      stop(
        "\(name): a state of shape \(state.shape) was given where [layers · directions, N, hidden] = \(stateShape) is needed"
      )
    }
    var finalHidden: [Tensor] = []
    var finalCell: [Tensor] = []
    for layer in 0..<layers {
      var outputs: [Tensor] = []
      for direction in 0..<directions {
        let index = layer * directions + direction
        let zero = Tensor.zeros(batch, hiddenSize)
        let input = direction == 0 ? sequence : sequence.flip(axis: 0)
        let (output, c) = recur(
          kind, input, hidden?[index] ?? zero, kind == .lstm ? cell?[index] ?? zero : nil,
          weights[layer][direction])
        finalHidden.append(output[-1])
        if let c { finalCell.append(c) }
        outputs.append(direction == 0 ? output : output.flip(axis: 0))
      }
      sequence = directions == 1 ? outputs[0] : concatenate(outputs, axis: 2)
      if layer < layers - 1 { sequence = dropped(sequence) }
    }
    return (
      batchFirst ? sequence.transpose(0, 1) : sequence, stack(finalHidden),
      finalCell.isEmpty ? nil : stack(finalCell)
    )
  }

  private func dropped(_ x: Tensor) -> Tensor {
    NeuralNetworks.dropout(x, probability: dropout, isTraining: isTraining)
  }
}

/// The simple recurrent network (Elman 1990): h ← tanh(W x + b + U h + c).
///
///     let (output, hidden) = RNN(64, 128)(x)   // [T, N, 64] → [T, N, 128] and [1, N, 128]
public final class RNN: RecurrentNetwork {
  /// What a state is passed through.
  public enum Nonlinearity: String, Sendable { case tanh, relu }

  /// - Parameters:
  ///   - layers: 1 by default.
  ///   - bias: whether there are biases; yes by default.
  ///   - batchFirst: whether sequences are [N, T, inputs]; no by default.
  ///   - dropout: between layers, 0 by default.
  ///   - bidirectional: whether the sequence is read backwards too; no by default.
  public init(
    _ inputSize: Int, _ hiddenSize: Int, layers: Int = 1, nonlinearity: Nonlinearity = .tanh,
    bias: Bool = true,
    batchFirst: Bool = false, dropout: Float = 0, bidirectional: Bool = false
  ) {
    super.init(
      nonlinearity == .tanh ? .tanh : .relu, inputSize, hiddenSize, layers, bias, batchFirst, dropout,
      bidirectional)
  }

  /// The last layer's states after each step, and the last state [layers · directions, N, hidden] of each
  /// layer.
  public func callAsFunction(_ x: Tensor, _ hidden: Tensor? = nil) -> (output: Tensor, hidden: Tensor) {
    let (output, hidden, _) = run(x, hidden, nil)
    ModuleObserver.note(self, output)
    return (output, hidden)
  }
}

/// The gated recurrent unit (Cho et al. 2014): r, z = σ(…), n = tanh(W x + b + r ∘ (U h + c)), h ← (1 − z) n
/// + z h.
public final class GRU: RecurrentNetwork {
  /// - Parameters:
  ///   - layers: 1 by default.
  ///   - bias: whether there are biases; yes by default.
  ///   - batchFirst: whether sequences are [N, T, inputs]; no by default.
  ///   - dropout: between layers, 0 by default.
  ///   - bidirectional: whether the sequence is read backwards too; no by default.
  public init(
    _ inputSize: Int, _ hiddenSize: Int, layers: Int = 1, bias: Bool = true, batchFirst: Bool = false,
    dropout: Float = 0, bidirectional: Bool = false
  ) {
    super.init(.gru, inputSize, hiddenSize, layers, bias, batchFirst, dropout, bidirectional)
  }

  /// The last layer's states after each step, and the last state [layers · directions, N, hidden] of each
  /// layer.
  public func callAsFunction(_ x: Tensor, _ hidden: Tensor? = nil) -> (output: Tensor, hidden: Tensor) {
    let (output, hidden, _) = run(x, hidden, nil)
    ModuleObserver.note(self, output)
    return (output, hidden)
  }
}

/// Long short-term memory (Hochreiter & Schmidhuber 1997): i, f, o = σ(…), g = tanh(…), c ← f c + i g, h ← o
/// tanh c.
public final class LSTM: RecurrentNetwork {
  /// - Parameters:
  ///   - layers: 1 by default.
  ///   - bias: whether there are biases; yes by default.
  ///   - batchFirst: whether sequences are [N, T, inputs]; no by default.
  ///   - dropout: between layers, 0 by default.
  ///   - bidirectional: whether the sequence is read backwards too; no by default.
  public init(
    _ inputSize: Int, _ hiddenSize: Int, layers: Int = 1, bias: Bool = true, batchFirst: Bool = false,
    dropout: Float = 0, bidirectional: Bool = false
  ) {
    super.init(.lstm, inputSize, hiddenSize, layers, bias, batchFirst, dropout, bidirectional)
  }

  /// The last layer's states h after each step, and the last h and c of each layer.
  public func callAsFunction(
    _ x: Tensor, _ state: (hidden: Tensor, cell: Tensor)? = nil
  ) -> (output: Tensor, state: (hidden: Tensor, cell: Tensor)) {
    let (output, hidden, cell) = run(x, state?.hidden, state?.cell)
    ModuleObserver.note(self, output)
    return (output, (hidden, cell!))
  }
}
