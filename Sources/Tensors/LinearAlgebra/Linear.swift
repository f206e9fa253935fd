internal import CVectorMath

/// x · weightᵀ + bias, as `torch.nn.functional.linear`: [..., in] with weight [out, in] and bias [out] →
/// [..., out].
public func linear(_ x: Tensor, _ weight: Tensor, _ bias: Tensor? = nil) -> Tensor {
  if weight.rank != 2 || x.rank == 0 || x.shape[x.rank - 1] != weight.shape[1] {
    shapeError(
      "linear", x.shape, weight.shape, joinedBy: "with weight",
      rule: weight.rank != 2
        ? "the weight must be a matrix [out, in]"
        : "the last axis must have \(weight.shape[1]) features, and has \(x.shape.last ?? 0)")
  }
  let (outputs, inputs) = (weight.shape[0], weight.shape[1])
  if let bias, bias.shape != [outputs] {
    shapeError(
      "linear", weight.shape, bias.shape, joinedBy: "with bias", rule: "the bias must have shape [\(outputs)]"
    )
  }
  let rows = RowBlocks(elementCount(Array(x.shape.dropLast())), width: max(inputs, outputs))
  let y = Tensor(uninitialized: Array(x.shape.dropLast()) + [outputs])
  rows.forEachBlock { _, block in
    let target = y.pointer + block.lowerBound * outputs
    if let bias { copyRuns(block.count, of: outputs, from: bias.pointer, step: 0, to: target, step: outputs) }
    gemm(
      block.count, outputs, inputs, x.pointer + block.lowerBound * inputs, weight.pointer, transposeB: true,
      target, beta: bias == nil ? 0 : 1)
  }
  let parents = bias.map { [x, weight, $0] } ?? [x, weight]
  return y.recorded("linear", from: parents) { g in propagate(g, x, weight, bias, rows) }
}

/// All three gradients of a block of rows while it lies in the cache, and that of a ReLU before the layer with it.
private func propagate(_ g: Tensor, _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ rows: RowBlocks) {
  let (outputs, inputs) = (weight.shape[0], weight.shape[1])
  let stepBeforeReLU = x.stepBeforeReLU
  let dx = x.requiresGradient ? Tensor(uninitialized: x.shape) : nil
  let sums = (0..<rows.pieces).map { _ in
    (
      weight: weight.requiresGradient ? Tensor(uninitialized: weight.shape) : nil,
      bias: bias?.requiresGradient == true ? Tensor(filling: [outputs], with: 0) : nil
    )
  }
  rows.forEachBlock { piece, block in
    let (source, gradient) = (x.pointer + block.lowerBound * inputs, g.pointer + block.lowerBound * outputs)
    if let dx {
      let target = dx.pointer + block.lowerBound * inputs
      gemm(block.count, inputs, outputs, gradient, weight.pointer, target)
      if stepBeforeReLU != nil {
        inChunks(block.count * inputs) { start, n in vector_relu_mask(source + start, target + start, n) }
      }
    }
    if let sum = sums[piece].weight {
      gemm(
        outputs, inputs, block.count, gradient, transposeA: true, source, sum.pointer,
        beta: block.lowerBound == rows.start(of: piece) ? 0 : 1)
    }
    if let sum = sums[piece].bias { vector_sum_rows(gradient, block.count, outputs, outputs, sum.pointer) }
  }
  if let dx { if let stepBeforeReLU { stepBeforeReLU.accumulate(dx) } else { x.receive(dx) } }
  func total(_ parts: [Tensor]) -> Tensor {
    var total = parts[0]
    for part in parts.dropFirst() { total.add(part) }
    return total
  }
  weight.receive(total(sums.compactMap(\.weight)))
  bias?.receive(total(sums.compactMap(\.bias)))
}

/// Rows cut into a piece for each thread, and these into blocks that stay in the second-level cache between one step and
/// the next. A few rows are one block, whose steps share out their work themselves.
private struct RowBlocks {
  let pieces: Int
  private let rows: Int, rowsOfPiece: Int, rowsOfBlock: Int

  init(_ rows: Int, width: Int) {
    self.rows = rows
    let most = max((1 << 17) / max(width, 1), 64)
    pieces = rows <= most ? 1 : min(threadCount, (rows + most - 1) / most)
    rowsOfPiece = (rows + pieces - 1) / pieces
    let blocks = max((rowsOfPiece + most - 1) / most, 1)
    rowsOfBlock = max((rowsOfPiece + blocks - 1) / blocks, 1)
  }

  func start(of piece: Int) -> Int { piece * rowsOfPiece }

  /// Calls `body` with each piece's number and the rows of each of its blocks; of no rows at all with one empty block.
  func forEachBlock(_ body: (_ piece: Int, _ block: Range<Int>) -> Void) {
    if rows == 0 { return body(0, 0..<0) }
    inParallel(pieces) { piece in
      let end = min(start(of: piece + 1), rows)
      for first in stride(from: start(of: piece), to: end, by: rowsOfBlock) {
        body(piece, first..<min(first + rowsOfBlock, end))
      }
    }
  }
}
