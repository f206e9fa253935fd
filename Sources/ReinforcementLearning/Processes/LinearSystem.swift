import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A system of equations without a single solution, as v = R + γ P v is with γ = 1 where the process never ends.
public struct SingularSystem: Error, Hashable, CustomStringConvertible {
  /// The states whose value the equations leave open.
  public let states: [String]

  /// The error for states whose value is left open.
  public init(states: [String]) { self.states = states }

  public var description: String {
    let named = states.prefix(5).joined(separator: ", ") + (states.count > 5 ? ", …" : "")
    return
      "the matrix I − γP is singular: from \(named) the process never ends, and with γ = 1 the rewards add up "
      + "without end. Take γ < 1, or let the process end somewhere"
  }
}

private typealias SolveFunction =
  @convention(c) (
    UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Double>,
    UnsafeMutablePointer<Int32>,
    UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Int32>,
    UnsafeMutablePointer<Int32>
  ) -> Void

/// LAPACK's `dgesv`, which OpenBLAS (and Accelerate) bring along with BLAS: looked up by name, as their C header does
/// not declare it.
private let dgesv: SolveFunction? = {
  _ = blasCoreName  // OpenBLAS is loaded from here on.
  guard let symbol = dlsym(dlopen(nil, RTLD_NOW), "dgesv_") else { return nil }
  return unsafeBitCast(symbol, to: SolveFunction.self)
}()

/// x of A x = b in double precision, by LU with partial pivoting (LAPACK); `nil` where A is singular.
///
/// - Parameters:
///   - matrix: A, column-major, n².
///   - right: b, one column of n after the other.
package func solveLinearSystem(_ matrix: [Double], _ right: [Double], count n: Int) -> [Double]? {
  if n == 0 { return [] }
  guard let dgesv else { stop("LAPACK: dgesv is missing from the BLAS that is loaded") }
  var a = matrix
  var x = right
  var size = Int32(n)
  var columns = Int32(right.count / n)
  var leading = Int32(n)
  var leadingRight = Int32(n)
  var info: Int32 = 0
  var pivots = [Int32](repeating: 0, count: n)
  dgesv(&size, &columns, &a, &leading, &pivots, &x, &leadingRight, &info)
  return info == 0 ? x : nil
}

/// v of v = r + γ P v, P in sparse rows. States from which nothing can be earned are solved out: their value is 0.
///
/// - Parameters:
///   - rows: for each state the successors with their probabilities; what is missing to 1 ends the process.
///   - ends: the states whose value is 0 by definition.
package func solveBellman(
  rows: [[(state: Int, probability: Double)]], rewards: [Double], discount: Double, ends: [Bool],
  names: [String]
) throws(SingularSystem) -> [Double] {
  let open = rows.indices.filter { !ends[$0] }
  if discount == 1 {
    let stuck = neverEnding(rows, ends)
    if !stuck.isEmpty { throw SingularSystem(states: stuck.map { names[$0] }) }
  }
  var place = [Int](repeating: -1, count: rows.count)
  for (i, s) in open.enumerated() { place[s] = i }
  let n = open.count
  var matrix = [Double](repeating: 0, count: n * n)
  for (i, s) in open.enumerated() {
    matrix[i + i * n] += 1
    for (next, p) in rows[s] where place[next] >= 0 { matrix[i + place[next] * n] -= discount * p }
  }
  guard let solved = solveLinearSystem(matrix, open.map { rewards[$0] }, count: n) else {
    throw SingularSystem(states: open.map { names[$0] })
  }
  var values = [Double](repeating: 0, count: rows.count)
  for (i, s) in open.enumerated() { values[s] = solved[i] }
  return values
}

/// The states from which no end can be reached.
private func neverEnding(_ rows: [[(state: Int, probability: Double)]], _ ends: [Bool]) -> [Int] {
  var reaches = ends
  for s in rows.indices where !reaches[s] {
    if rows[s].reduce(0, { $0 + $1.probability }) < 1 - 1e-9 { reaches[s] = true }
  }
  var before = [[Int]](repeating: [], count: rows.count)
  for s in rows.indices { for (next, p) in rows[s] where p > 0 { before[next].append(s) } }
  var queue = rows.indices.filter { reaches[$0] }
  while let s = queue.popLast() {
    for previous in before[s] where !reaches[previous] {
      reaches[previous] = true
      queue.append(previous)
    }
  }
  return rows.indices.filter { !reaches[$0] }
}
