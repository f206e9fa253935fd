internal import CVectorMath
import Tensors

/// Sequences [N, L, width], or [L, N, width], of which a range of columns, head beside head, takes part in attention.
struct HeadColumns {
  let tensor: Tensor
  /// The first of the columns.
  let start: Int
  /// The size of one head.
  let size: Int
  let batchFirst: Bool

  var sequences: Int { tensor.shape[batchFirst ? 0 : 1] }
  var length: Int { tensor.shape[batchFirst ? 1 : 0] }
  /// From one position of a sequence to the next, in memory.
  var step: Int { tensor.shape[2] * (batchFirst ? 1 : sequences) }

  /// One head's [length, size] of one sequence, whose rows are `step` apart.
  func pointer(_ sequence: Int, _ head: Int) -> UnsafeMutablePointer<Float> {
    tensor.pointer + sequence * tensor.shape[2] * (batchFirst ? length : 1) + start + head * size
  }

  /// The same columns of another tensor of this shape.
  func of(_ other: Tensor) -> HeadColumns {
    HeadColumns(tensor: other, start: start, size: size, batchFirst: batchFirst)
  }
}

/// softmax(Q Kᵀ / √size + mask) V for several heads as one step of the tape: heads are read and written where they lie
/// among the columns, so that nothing is cut, transposed or copied.
///
/// - Parameters:
///   - mask: added to the scores; it broadcasts to [N, heads, L, S].
///   - factors: what the weights are multiplied by before the values are mixed (dropout), [N, heads, L, S].
/// - Returns: [N, L, heads · size] or [L, N, heads · size], and the weights [N, heads, L, S] before the factors.
func headwiseAttention(
  _ query: HeadColumns, _ key: HeadColumns, _ value: HeadColumns, heads: Int, mask: Tensor?, factors: Tensor?
) -> (output: Tensor, weights: Tensor) {
  let attention = HeadwiseAttention(
    query: query, key: key, value: value, heads: heads, mask: mask, factors: factors)
  let output = attention.forward()
  let inputs = attention.isPacked ? [query.tensor] : [query.tensor, key.tensor, value.tensor]
  let result = output.recorded("attention", from: inputs + (mask.map { [$0] } ?? [])) {
    attention.backward($0)
  }
  return (result, attention.weights)
}

private struct HeadwiseAttention {
  let query: HeadColumns, key: HeadColumns, value: HeadColumns
  let heads: Int
  let mask: Tensor?, factors: Tensor?
  let weights: Tensor
  /// The weights times the factors.
  let mixture: Tensor

  init(
    query: HeadColumns, key: HeadColumns, value: HeadColumns, heads: Int, mask: Tensor?, factors: Tensor?
  ) {
    (self.query, self.key, self.value) = (query, key, value)
    (self.heads, self.mask, self.factors) = (heads, mask, factors)
    weights = Tensor(uninitialized: [query.sequences, heads, query.length, key.length])
    mixture = factors == nil ? weights : Tensor(uninitialized: weights.shape)
  }

  /// Whether one tensor holds the columns of all three.
  var isPacked: Bool { query.tensor.node === key.tensor.node && query.tensor.storage === key.tensor.storage }

  private var scale: Float { 1 / Float(query.size).squareRoot() }
  private var scores: Int { query.length * key.length }
  private var size: Int { query.size }

  private func output(_ tensor: Tensor) -> HeadColumns {
    HeadColumns(tensor: tensor, start: 0, size: size, batchFirst: query.batchFirst)
  }

  /// Calls `body` with each head, where its scores begin, and room for two heads' scores.
  private func forEachHead(
    _ body: (_ sequence: Int, _ head: Int, _ scores: Int, _ room: UnsafeMutablePointer<Float>) -> Void
  ) {
    inParallel(query.sequences) { sequence in
      let room = Storage(count: 2 * scores)
      for head in 0..<heads { body(sequence, head, (sequence * heads + head) * scores, room.pointer) }
    }
  }

  func forward() -> Tensor {
    let result = Tensor(uninitialized: Array(query.tensor.shape.dropLast()) + [heads * size])
    let target = output(result)
    let steps = mask.map { broadcastStrides($0.shape, to: weights.shape) }
    forEachHead { sequence, head, at, score in
      gemm(
        query.length, key.length, size, query.pointer(sequence, head), key.pointer(sequence, head),
        transposeB: true, score, alpha: scale, strideA: query.step, strideB: key.step)
      if let mask, let steps {
        let start = mask.pointer + sequence * steps[0] + head * steps[1]
        for row in 0..<query.length {
          add(start + row * steps[2], step: steps[3], to: score + row * key.length)
        }
      }
      softmax_rows(score, weights.pointer + at, query.length, key.length)
      if let factors {
        vector_multiply(weights.pointer + at, 1, factors.pointer + at, 1, mixture.pointer + at, scores)
      }
      gemm(
        query.length, size, key.length, mixture.pointer + at, value.pointer(sequence, head),
        target.pointer(sequence, head), strideB: value.step, strideC: target.step)
    }
    return result
  }

  private func add(_ mask: UnsafePointer<Float>, step: Int, to scores: UnsafeMutablePointer<Float>) {
    if step == 1 {
      vector_accumulate(1, mask, scores, key.length)
    } else {
      vector_scale_add(scores, 1, mask.pointee, scores, key.length)
    }
  }

  func backward(_ g: Tensor) {
    let gradient = output(g)
    let dq = query.of(Tensor(uninitialized: query.tensor.shape))
    let dk = key.of(isPacked ? dq.tensor : Tensor(uninitialized: key.tensor.shape))
    let dv = value.of(isPacked ? dq.tensor : Tensor(uninitialized: value.tensor.shape))
    let dmask = mask?.requiresGradient == true ? Tensor(uninitialized: weights.shape) : nil
    forEachHead { sequence, head, at, dweights in
      let dscores = dmask.map { $0.pointer + at } ?? dweights + scores
      let dy = gradient.pointer(sequence, head)
      gemm(
        query.length, key.length, size, dy, value.pointer(sequence, head), transposeB: true, dweights,
        strideA: gradient.step, strideB: value.step)
      if let factors {
        vector_multiply(dweights, 1, factors.pointer + at, 1, dscores, scores)
        dweights.update(from: dscores, count: scores)
      }
      softmax_rows_backward(dweights, weights.pointer + at, dscores, query.length, key.length)
      gemm(
        key.length, size, query.length, mixture.pointer + at, transposeA: true, dy,
        dv.pointer(sequence, head), strideB: gradient.step, strideC: dv.step)
      gemm(
        query.length, size, key.length, dscores, key.pointer(sequence, head), dq.pointer(sequence, head),
        alpha: scale, strideB: key.step, strideC: dq.step)
      gemm(
        key.length, size, query.length, dscores, transposeA: true, query.pointer(sequence, head),
        dk.pointer(sequence, head), alpha: scale, strideB: query.step, strideC: dk.step)
    }
    query.tensor.receive(dq.tensor)
    if !isPacked {
      key.tensor.receive(dk.tensor)
      value.tensor.receive(dv.tensor)
    }
    if let mask, let dmask { mask.receive(dmask.reduced(to: mask.shape)) }
  }
}
