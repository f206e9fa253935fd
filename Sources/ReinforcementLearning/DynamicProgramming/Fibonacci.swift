/// Three ways to a Fibonacci number: what dynamic programming saves.
public enum FibonacciMethod: String, CaseIterable, Sendable {
  /// F(n) = F(n − 1) + F(n − 2), everything computed again and again.
  case recursion
  /// A table filled from the left.
  case table
  /// The last two entries of the table alone.
  case twoNumbers
}

/// A Fibonacci number and what it took: calls or additions, and numbers kept.
public struct FibonacciResult: Hashable, Sendable {
  /// F(n).
  public let value: Int
  /// Calls of the recursion, or additions.
  public let operations: Int
  /// Numbers kept at once; for the recursion, nested calls.
  public let memory: Int

  /// A number with the work that it took.
  public init(value: Int, operations: Int, memory: Int) {
    self.value = value
    self.operations = operations
    self.memory = memory
  }
}

/// F(n), and the work that a method makes of it.
///
///     fibonacci(20, by: .recursion).operations   // 21891
///     fibonacci(20, by: .table).operations       // 19
public func fibonacci(_ n: Int, by method: FibonacciMethod) -> FibonacciResult {
  require(n >= 0 && n <= 90, .parameter("fibonacci", value: Double(n), rule: "n must lie from 0 to 90"))
  switch method {
  case .recursion:
    var calls = 0
    func number(_ n: Int) -> Int {
      calls += 1
      return n <= 1 ? n : number(n - 1) + number(n - 2)
    }
    return FibonacciResult(value: number(n), operations: calls, memory: max(n, 1))
  case .table:
    var table = Array(0...max(n, 1))
    for i in stride(from: 2, through: n, by: 1) { table[i] = table[i - 1] + table[i - 2] }
    return FibonacciResult(value: table[n], operations: max(n - 1, 0), memory: n + 1)
  case .twoNumbers:
    var (a, b) = (0, 1)
    for _ in stride(from: 2, through: n, by: 1) { (a, b) = (b, a + b) }
    return FibonacciResult(value: n == 0 ? 0 : b, operations: max(n - 1, 0), memory: 2)
  }
}
