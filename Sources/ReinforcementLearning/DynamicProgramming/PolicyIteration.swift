/// Policy iteration (Sutton & Barto §4.3): evaluate the policy, make it greedy for its values, until it stays.
///
/// - Parameters:
///   - start: the first policy, by default every action equally often.
///   - tolerance: how exactly each policy is evaluated.
///   - sweeps: at most so many for each evaluation.
public func policyIteration(
  _ process: MarkovDecisionProcess, from start: Policy? = nil, order: SweepOrder = .synchronous,
  tolerance: Double = 1e-10, sweeps: Int = 10_000, keepingSweeps: Bool = true
) -> Sweeps {
  var result = Sweeps(
    states: process.states, history: [[Double](repeating: 0, count: process.stateCount)],
    policy: start ?? .uniform(process))
  // Rounding can make two equally good policies take turns; there are only so many better ones.
  for _ in 0..<1000 {
    let evaluated = policyEvaluation(
      process, result.policy, order: order, tolerance: tolerance, sweeps: sweeps,
      keepingSweeps: keepingSweeps,
      from: result.values)
    result.history += evaluated.history.dropFirst()
    result.count += evaluated.count
    result.lastChange = evaluated.lastChange
    let better = process.greedyPolicy(result.values)
    if better == result.policy { break }
    result.policy = better
    result.improvements.append(result.count)
  }
  return result
}
