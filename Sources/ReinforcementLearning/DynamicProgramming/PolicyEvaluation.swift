/// Iterative policy evaluation (Sutton & Barto §4.1): sweeps of
/// v(s) ← Σₐ π(a|s) [R(s, a) + γ Σ P(s′|s, a) v(s′)].
///
///     let result = policyEvaluation(process, .uniform(process))
///     result[1], result[2], result.values
///
/// - Parameters:
///   - order: all states from the old values, or each at once into the one table.
///   - tolerance: sweeps end when no value changes by more.
///   - sweeps: at most so many; 10,000 by default.
///   - keepingSweeps: whether the values after every sweep are kept.
///   - start: the first values, zeros by default.
public func policyEvaluation(
  _ process: MarkovDecisionProcess, _ policy: Policy, order: SweepOrder = .synchronous,
  tolerance: Double = 1e-10,
  sweeps: Int = 10_000, keepingSweeps: Bool = true, from start: [Double]? = nil
) -> Sweeps {
  process.checkFits(policy)
  var result = Sweeps(
    states: process.states, history: [start ?? [Double](repeating: 0, count: process.stateCount)],
    policy: policy)
  let actions = process.actionCount
  process.sweep(order, tolerance, sweeps, keepingSweeps, &result) { s, v in
    var sum = 0.0
    for a in 0..<actions where policy[s, a] != 0 {
      sum += policy[s, a] * process.actionValue(s * actions + a, v)
    }
    return sum
  }
  return result
}

extension MarkovDecisionProcess {
  /// Sweeps until nothing changes any more: `backup` gives a state's new value from the old ones.
  @inline(__always)
  func sweep(
    _ order: SweepOrder, _ tolerance: Double, _ limit: Int, _ keeping: Bool, _ result: inout Sweeps,
    _ backup: (Int, UnsafePointer<Double>) -> Double
  ) {
    var old = result.values
    var new = old
    for _ in 0..<limit {
      var change = 0.0
      new.withUnsafeMutableBufferPointer { new in
        old.withUnsafeMutableBufferPointer { old in
          let target = order == .synchronous ? new : old
          for s in 0..<stateCount {
            let value = backup(s, old.baseAddress!)
            change = max(change, abs(value - old[s]))
            target[s] = value
          }
        }
      }
      if order == .synchronous { swap(&old, &new) }
      result.count += 1
      result.lastChange = change
      if keeping { result.history.append(old) }
      if change <= tolerance { break }
    }
    if !keeping { result.history.append(old) }
  }
}
