internal import CVectorMath
import Tensors

/// What happens in each step of a recurrent layer.
enum RecurrentKind {
  /// h ← tanh(W x + b + U h + c), or with a ReLU.
  case tanh, relu
  /// Gates i f g o.
  case lstm
  /// Gates r z n.
  case gru

  var gates: Int {
    switch self {
    case .tanh, .relu: 1
    case .lstm: 4
    case .gru: 3
    }
  }
}

/// The parameters of one layer in one direction.
struct RecurrentWeights {
  let inputWeight: Parameter
  let hiddenWeight: Parameter
  let inputBias: Parameter?
  let hiddenBias: Parameter?

  /// All start from U(−1/√hidden, 1/√hidden).
  init(_ kind: RecurrentKind, inputs: Int, hidden: Int, bias: Bool) {
    let rows = kind.gates * hidden
    inputWeight = Parameter(uniformInitial([rows, inputs], fanIn: hidden))
    hiddenWeight = Parameter(uniformInitial([rows, hidden], fanIn: hidden))
    inputBias = bias ? Parameter(uniformInitial([rows], fanIn: hidden)) : nil
    hiddenBias = bias ? Parameter(uniformInitial([rows], fanIn: hidden)) : nil
  }

  func named(_ suffix: String) -> [(name: String, part: Any)] {
    var parts: [(name: String, part: Any)] = [
      ("weight_ih" + suffix, inputWeight), ("weight_hh" + suffix, hiddenWeight),
    ]
    if let inputBias { parts.append(("bias_ih" + suffix, inputBias)) }
    if let hiddenBias { parts.append(("bias_hh" + suffix, hiddenBias)) }
    return parts
  }
}

/// A whole sequence through one layer as one step of the tape: all inputs are multiplied at once, and the way
/// back (backpropagation through time) is written out.
///
/// - Parameters:
///   - x: [T, N, inputs].
///   - h, c: the state before, [N, hidden]; c for the LSTM only.
/// - Returns: the states h after each step [T, N, hidden] and the LSTM's last c [N, hidden].
func recur(_ kind: RecurrentKind, _ x: Tensor, _ h: Tensor, _ c: Tensor?, _ weights: RecurrentWeights) -> (
  output: Tensor, cell: Tensor?
) {
  let sequence = Recurrence(kind, x.detached, h.detached, c?.detached, weights)
  let packed = sequence.forward()
  let biases = [weights.inputBias, weights.hiddenBias].compactMap { $0?.value }
  let inputs =
    [x, h, weights.inputWeight.value, weights.hiddenWeight.value] + (c.map { [$0] } ?? []) + biases
  let result = packed.recorded("recurrence", from: inputs) { g in sequence.backward(g, x, h, c) }
  if kind != .lstm { return (result, nil) }
  let steps = x.shape[0]
  return (result.slice(axis: 0, 0..<steps), result[steps])
}

private final class Recurrence {
  let kind: RecurrentKind
  let x: Tensor, h0: Tensor, c0: Tensor?
  let weights: RecurrentWeights
  let steps: Int, batch: Int, inputs: Int, hidden: Int
  /// After activation, [T, N, gates · hidden].
  var gates: Tensor
  /// The GRU's share of h in the gates.
  var recurrent: Tensor?
  /// The LSTM's c and tanh c after each step.
  var cells: Tensor?, squashed: Tensor?
  var states: Tensor!

  init(_ kind: RecurrentKind, _ x: Tensor, _ h: Tensor, _ c: Tensor?, _ weights: RecurrentWeights) {
    self.kind = kind
    self.x = x
    h0 = h
    c0 = c
    self.weights = weights
    steps = x.shape[0]
    batch = x.shape[1]
    inputs = x.shape[2]
    hidden = h.shape[1]
    gates = Tensor(uninitialized: [steps, batch, kind.gates * hidden])
  }

  private var stateSize: Int { batch * hidden }
  private var gateSize: Int { batch * kind.gates * hidden }

  func forward() -> Tensor {
    let width = kind.gates * hidden
    var bias = weights.inputBias?.value.detached
    if kind != .gru, let other = weights.hiddenBias?.value.detached {
      bias = bias.map { $0 + other } ?? other
    }
    fill(gates.pointer, with: bias, rows: steps * batch)
    gemm(
      steps * batch, width, inputs, x.pointer, weights.inputWeight.value.pointer, transposeB: true,
      gates.pointer,
      beta: 1)
    // The LSTM's last c goes behind the states, so that one tensor carries both.
    let states = Tensor(uninitialized: [kind == .lstm ? steps + 1 : steps, batch, hidden])
    if kind == .gru {
      recurrent = Tensor(uninitialized: gates.shape)
      fill(recurrent!.pointer, with: weights.hiddenBias?.value, rows: steps * batch)
    }
    if kind == .lstm {
      cells = Tensor(uninitialized: [steps, batch, hidden])
      squashed = Tensor(uninitialized: [steps, batch, hidden])
    }
    for t in 0..<steps {
      let previous = t == 0 ? h0.pointer : states.pointer + (t - 1) * stateSize
      let gate = gates.pointer + t * gateSize
      let state = states.pointer + t * stateSize
      let target = recurrent.map { $0.pointer + t * gateSize } ?? gate
      gemm(
        batch, width, hidden, previous, weights.hiddenWeight.value.pointer, transposeB: true, target, beta: 1)
      switch kind {
      case .tanh: vector_tanh(gate, state, stateSize)
      case .relu: vector_relu(gate, state, stateSize)
      case .gru: gru_step(gate, target, previous, state, batch, hidden)
      case .lstm:
        let at = t * stateSize
        let before = t == 0 ? c0!.pointer : cells!.pointer + at - stateSize
        lstm_step(gate, before, cells!.pointer + at, squashed!.pointer + at, state, batch, hidden)
      }
    }
    if kind == .lstm {
      let last = steps == 0 ? c0!.pointer : cells!.pointer + (steps - 1) * stateSize
      (states.pointer + steps * stateSize).update(from: last, count: stateSize)
    }
    self.states = states
    return states
  }

  private func fill(_ y: UnsafeMutablePointer<Float>, with bias: Tensor?, rows: Int) {
    let width = kind.gates * hidden
    guard let bias else { return vector_fill(0, y, rows * width) }
    for row in 0..<rows { (y + row * width).update(from: bias.pointer, count: width) }
  }

  func backward(_ g: Tensor, _ x: Tensor, _ h: Tensor, _ c: Tensor?) {
    let width = kind.gates * hidden
    let dgates = Tensor(uninitialized: gates.shape)
    let drecurrent = kind == .gru ? Tensor(uninitialized: gates.shape) : dgates
    let dh = Tensor.zeros(batch, hidden)
    let dc = kind == .lstm ? g.slicedRaw(0, steps..<steps + 1) : nil
    let dprevious = kind == .gru ? Tensor(uninitialized: [batch, hidden]) : nil
    for t in (0..<steps).reversed() {
      let at = t * stateSize
      let previous = t == 0 ? h0.pointer : states.pointer + at - stateSize
      let gate = gates.pointer + t * gateSize
      let dgate = dgates.pointer + t * gateSize
      let dback = drecurrent.pointer + t * gateSize
      vector_accumulate(1, g.pointer + at, dh.pointer, stateSize)
      switch kind {
      case .tanh: vector_tanh_backward(dh.pointer, states.pointer + at, dgate, stateSize)
      case .relu: vector_relu_backward(dh.pointer, states.pointer + at, dgate, stateSize)
      case .gru:
        gru_step_backward(
          gate, recurrent!.pointer + t * gateSize, previous, dh.pointer, dgate, dback, dprevious!.pointer,
          batch,
          hidden)
      case .lstm:
        let before = t == 0 ? c0!.pointer : cells!.pointer + at - stateSize
        lstm_step_backward(
          gate, before, squashed!.pointer + at, dh.pointer, dc!.pointer, dgate, batch, hidden)
      }
      if let dprevious { dh.pointer.update(from: dprevious.pointer, count: stateSize) }
      gemm(
        batch, hidden, width, dback, weights.hiddenWeight.value.pointer, dh.pointer,
        beta: dprevious == nil ? 0 : 1)
    }
    h.receive(dh)
    if let dc { c?.receive(dc.reshapedRaw([batch, hidden])) }
    receive(dgates, drecurrent, x)
  }

  /// The gradients of what is the same in all steps, all steps at once.
  private func receive(_ dgates: Tensor, _ drecurrent: Tensor, _ x: Tensor) {
    let width = kind.gates * hidden
    let rows = steps * batch
    x.receive(
      Tensor(shape: x.shape) {
        gemm(rows, inputs, width, dgates.pointer, weights.inputWeight.value.pointer, $0)
      })
    weights.inputWeight.value.receive(
      Tensor(shape: [width, inputs]) {
        gemm(width, inputs, rows, dgates.pointer, transposeA: true, x.pointer, $0)
      })
    weights.hiddenWeight.value.receive(
      Tensor(shape: [width, hidden]) { y in
        gemm(width, hidden, min(batch, rows), drecurrent.pointer, transposeA: true, h0.pointer, y)
        if steps > 1 {
          gemm(
            width, hidden, rows - batch, drecurrent.pointer + gateSize, transposeA: true, states.pointer, y,
            beta: 1)
        }
      })
    weights.inputBias?.value.receive(dgates.reshapedRaw([rows, width]).sumRaw(axes: [0]))
    weights.hiddenBias?.value.receive(drecurrent.reshapedRaw([rows, width]).sumRaw(axes: [0]))
  }
}
