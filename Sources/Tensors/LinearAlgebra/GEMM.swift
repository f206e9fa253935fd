internal import COpenBLAS
internal import CVectorMath

/// C = α · op(A) · op(B) + β · C for row-major matrices: the one place where BLAS is called for products.
///
/// BLAS itself runs in one thread each time: the library's own pool, which survives a fork, shares the work
/// out.
package func gemm(
  _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<Float>, transposeA: Bool = false,
  _ b: UnsafePointer<Float>,
  transposeB: Bool = false, _ c: UnsafeMutablePointer<Float>, alpha: Float = 1, beta: Float = 0,
  strideA: Int? = nil, strideB: Int? = nil, strideC: Int? = nil
) {
  if m == 0 || n == 0 { return }
  let lda = strideA ?? (transposeA ? m : k)
  let ldb = strideB ?? (transposeB ? k : n)
  let ldc = strideC ?? n
  if m * n * k <= 2048 {
    small(
      m, n, k, a, transposeA ? 1 : lda, transposeA ? lda : 1, b, transposeB ? 1 : ldb, transposeB ? ldb : 1,
      c, ldc, alpha, beta)
    return
  }
  prepareBLAS
  let pieces = m * n * k < 1 << 18 || lectern_is_in_parallel() != 0 ? 1 : Int(lectern_thread_count())
  func product(_ rows: Range<Int>, _ columns: Range<Int>) {
    cblas_sgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans,
      blasint(rows.count), blasint(columns.count), blasint(k), alpha,
      a + rows.lowerBound * (transposeA ? 1 : lda), blasint(lda),
      b + columns.lowerBound * (transposeB ? ldb : 1), blasint(ldb), beta,
      c + rows.lowerBound * ldc + columns.lowerBound, blasint(ldc))
  }
  if pieces == 1 {
    product(0..<m, 0..<n)
    return
  }
  // Along the longer side, in multiples of 16, the width of a vector.
  let side = max(m, n)
  let size = ((side + pieces - 1) / pieces + 15) / 16 * 16
  inParallel((side + size - 1) / size) { piece in
    let range = piece * size..<min((piece + 1) * size, side)
    if m >= n { product(range, 0..<n) } else { product(0..<m, range) }
  }
}

/// A product so small that a call to BLAS would cost more.
private func small(
  _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<Float>, _ aRow: Int, _ aColumn: Int,
  _ b: UnsafePointer<Float>,
  _ bRow: Int, _ bColumn: Int, _ c: UnsafeMutablePointer<Float>, _ ldc: Int, _ alpha: Float, _ beta: Float
) {
  // For op(B) = B the element (p, j) is b[p · bRow + j · bColumn]; transposed, the two steps trade places.
  for i in 0..<m {
    for j in 0..<n {
      var total: Float = 0
      var x = a + i * aRow
      var y = b + j * bColumn
      for _ in 0..<k {
        total += x.pointee * y.pointee
        x += aColumn
        y += bRow
      }
      let at = i * ldc + j
      c[at] = alpha * total + (beta == 0 ? 0 : beta * c[at])
    }
  }
}

/// Done once, before the first call to BLAS.
package let prepareBLAS: Void = {
  lectern_choose_blas_core()
  openblas_set_num_threads(1)
}()

/// The processor whose kernels OpenBLAS uses, such as `SkylakeX` or `Haswell`.
public var blasCoreName: String {
  prepareBLAS
  return String(cString: openblas_get_corename())
}
