/// Value iteration (Sutton & Barto §4.4): sweeps of v(s) ← maxₐ [R(s, a) + γ Σ P(s′|s, a) v(s′)], from zero. The
/// result's policy is greedy for the values.
///
///     valueIteration(FrozenLake().model(discount: 0.99)).values[0]   // 0.542026
///
/// - Parameters as in `policyEvaluation`.
public func valueIteration(
  _ process: MarkovDecisionProcess, order: SweepOrder = .synchronous, tolerance: Double = 1e-10,
  sweeps: Int = 100_000,
  keepingSweeps: Bool = true
) -> Sweeps {
  var result = Sweeps(
    states: process.states, history: [[Double](repeating: 0, count: process.stateCount)],
    policy: .uniform(states: 0, actions: process.actionCount))
  let actions = process.actionCount
  let available = (0..<process.stateCount * actions).map { process.bounds[$0] < process.bounds[$0 + 1] }
  process.sweep(order, tolerance, sweeps, keepingSweeps, &result) { s, v in
    var best = -Double.infinity
    for place in s * actions..<(s + 1) * actions where available[place] {
      best = max(best, process.actionValue(place, v))
    }
    return best == -.infinity ? 0 : best
  }
  result.policy = process.greedyPolicy(result.values)
  return result
}

extension MarkovDecisionProcess {
  /// The policy that takes the best action for given values: the first one of those that are as good but for rounding.
  public func greedyPolicy(_ values: [Double]) -> Policy {
    let q = actionValues(values)
    return Policy(
      choosing: states.indices.map { s in
        let row = q[s]
        let best = row.max() ?? 0
        return row.firstIndex { $0 >= best - 1e-9 * max(1, abs(best)) } ?? 0
      }, actions: actionCount)
  }
}
