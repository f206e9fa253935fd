internal import COpenBLAS

/// The X with A X = B, for a square A [n, n] and B [n] or [n, m]: Gauss' elimination with pivots, by LAPACK's
/// `sgesv`. A singular A stops with help.
public func solve(_ a: Tensor, _ b: Tensor) -> Tensor {
  if a.rank != 2 || a.shape[0] != a.shape[1] { stop("solve: \(a.shape): the matrix must be square") }
  let n = a.shape[0]
  if b.rank < 1 || b.rank > 2 || b.shape[0] != n {
    shapeError("solve", a.shape, b.shape, joinedBy: "and", rule: "the right side needs \(n) rows")
  }
  let x = solveRaw(a, b, transposed: false)
  return x.recorded("solve", from: a, b) { g in
    // dB = A⁻ᵀ g, dA = −dB Xᵀ.
    let db = solveRaw(a, g, transposed: true)
    b.receive(db)
    func matrix(_ t: Tensor) -> Tensor { t.detached.reshape(n, -1) }
    a.receive(-matmul(matrix(db), matrix(x).transposed))
  }
}

/// The inverse of a square matrix. A singular one stops with help.
public func inverse(_ a: Tensor) -> Tensor {
  if a.rank != 2 || a.shape[0] != a.shape[1] { stop("inverse: \(a.shape): the matrix must be square") }
  return solve(a, Tensor.eye(a.shape[0]))
}

/// The determinant of a square matrix.
public func determinant(_ a: Tensor) -> Float {
  if a.rank != 2 || a.shape[0] != a.shape[1] { stop("determinant: \(a.shape): the matrix must be square") }
  let n = a.shape[0]
  var (factors, pivots) = (a.scalars, [Int32](repeating: 0, count: n))
  if n == 0 { return 1 }
  var (size, info): (Int32, Int32) = (Int32(n), 0)
  sgetrf_(&size, &size, &factors, &size, &pivots, &info)
  return (0..<n).reduce(1) { $0 * factors[$1 * n + $1] * (Int(pivots[$1]) == $1 + 1 ? 1 : -1) }
}

private func solveRaw(_ a: Tensor, _ b: Tensor, transposed: Bool) -> Tensor {
  let n = a.shape[0]
  let columns = b.rank == 1 ? 1 : b.shape[1]
  if n == 0 || columns == 0 { return b.detached }
  // LAPACK reads columns where our tensors have rows.
  var matrix = transposed ? a.scalars : a.detached.transposed.scalars
  var right = b.detached.reshape(n, columns).transposed.scalars
  var pivots = [Int32](repeating: 0, count: n)
  var (size, count, info) = (Int32(n), Int32(columns), Int32(0))
  sgesv_(&size, &count, &matrix, &size, &pivots, &right, &size, &info)
  if info > 0 {
    stop("solve: the matrix \(a.shape) is singular: its column \(info) depends on those before it")
  }
  return Tensor(right, shape: [columns, n]).transposed.reshape(b.shape)
}
