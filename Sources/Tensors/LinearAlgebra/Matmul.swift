/// The matrix product, as `torch.matmul`: [m, k] × [k, n] → [m, n]; a vector counts as a row on the left and
/// as a column on the right; further axes in front are batches, and broadcast.
///
///     matmul([[1, 2], [3, 4]], [[5, 6], [7, 8]])   // tensor([[19., 22.], [43., 50.]], shape: [2, 2])
public func matmul(_ a: Tensor, _ b: Tensor) -> Tensor {
  if a.rank == 0 || b.rank == 0 {
    shapeError("matmul", a.shape, b.shape, rule: "a scalar has no inner size; use * instead")
  }
  if a.rank == 1 && b.rank == 1 { return dot(a, b, "matmul") }
  let left = a.rank == 1 ? a.unsqueeze(axis: 0) : a
  let right = b.rank == 1 ? b.unsqueeze(axis: 1) : b
  let inner = (left.shape[left.rank - 1], right.shape[right.rank - 2])
  if inner.0 != inner.1 {
    shapeError("matmul", a.shape, b.shape, rule: "inner sizes \(inner.0) and \(inner.1) differ")
  }
  let product = right.rank == 2 ? sharedRight(left, right) : batched(left, right)
  if a.rank == 1 { return product.squeeze(axis: -2) }
  return b.rank == 1 ? product.squeeze(axis: -1) : product
}

/// The inner product of two vectors: Σ aᵢ bᵢ.
///
///     dot([1, 2, 3], [4, 5, 6])   // tensor(32.)
public func dot(_ a: Tensor, _ b: Tensor) -> Tensor { dot(a, b, "dot") }

private func dot(_ a: Tensor, _ b: Tensor, _ name: String) -> Tensor {
  if a.rank != 1 || b.rank != 1 {
    shapeError(name, a.shape, b.shape, joinedBy: "·", rule: "both must be vectors; use matmul for matrices")
  }
  if a.count != b.count {
    shapeError(name, a.shape, b.shape, joinedBy: "·", rule: "sizes \(a.count) and \(b.count) differ")
  }
  let result = Tensor(shape: []) { y in gemm(1, 1, a.count, a.pointer, b.pointer, y) }
  return result.recorded("dot", from: a, b) { g in
    a.receive(b.scaled(by: g.item))
    b.receive(a.scaled(by: g.item))
  }
}

/// [..., m, k] × [k, n]: one product, all rows of the left side below each other.
private func sharedRight(_ a: Tensor, _ b: Tensor) -> Tensor {
  let (k, n) = (b.shape[0], b.shape[1])
  let rows = elementCount(Array(a.shape.dropLast()))
  let result = Tensor(shape: Array(a.shape.dropLast()) + [n]) { gemm(rows, n, k, a.pointer, b.pointer, $0) }
  return result.recorded("matmul", from: a, b) { g in
    a.receive(Tensor(shape: a.shape) { gemm(rows, k, n, g.pointer, b.pointer, transposeB: true, $0) })
    b.receive(Tensor(shape: b.shape) { gemm(k, n, rows, a.pointer, transposeA: true, g.pointer, $0) })
  }
}

/// [..., m, k] × [..., k, n], batch by batch, the batches broadcast.
private func batched(_ a: Tensor, _ b: Tensor) -> Tensor {
  let (m, k) = (a.shape[a.rank - 2], a.shape[a.rank - 1])
  let n = b.shape[b.rank - 1]
  let batch = broadcastShape(Array(a.shape.dropLast(2)), Array(b.shape.dropLast(2)), "matmul")
  let left = a.detached.broadcast(to: batch + [m, k])
  let right = b.detached.broadcast(to: batch + [k, n])
  let batches = elementCount(batch)
  let result = Tensor(shape: batch + [m, n]) { y in
    inParallel(batches) {
      gemm(m, n, k, left.pointer + $0 * m * k, right.pointer + $0 * k * n, y + $0 * m * n)
    }
  }
  return result.recorded("matmul", from: a, b) { g in
    a.receive(
      Tensor(shape: batch + [m, k]) { y in
        inParallel(batches) {
          gemm(m, k, n, g.pointer + $0 * m * n, right.pointer + $0 * k * n, transposeB: true, y + $0 * m * k)
        }
      }.reduced(to: a.shape))
    b.receive(
      Tensor(shape: batch + [k, n]) { y in
        inParallel(batches) {
          gemm(k, n, m, left.pointer + $0 * m * k, transposeA: true, g.pointer + $0 * m * n, y + $0 * k * n)
        }
      }.reduced(to: b.shape))
  }
}
