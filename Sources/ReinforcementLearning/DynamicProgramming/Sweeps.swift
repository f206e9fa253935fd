/// What dynamic programming comes to, and how: the values after every sweep through the states.
public struct Sweeps: Sendable {
  /// The states' names.
  public let states: [String]
  /// v(s) after 0, 1, 2, … sweeps; only the first and the last where the history was not kept.
  public internal(set) var history: [[Double]]
  /// The number of sweeps that were made.
  public internal(set) var count = 0
  /// The largest change in the last sweep.
  public internal(set) var lastChange = Double.infinity
  /// A policy that is greedy for the values, or the one that was evaluated.
  public internal(set) var policy: Policy
  /// After how many sweeps each improvement of the policy came; empty but for policy iteration.
  public internal(set) var improvements: [Int] = []

  /// v(s) at the end.
  public var values: [Double] { history[history.count - 1] }

  /// v(s) after `n` sweeps.
  public subscript(_ n: Int) -> [Double] { history[n] }
}

/// How a sweep goes through the states.
public enum SweepOrder: String, Sendable {
  /// All from the values of the sweep before: two tables.
  case synchronous
  /// Each at once into the one table, so that later states see it: often fewer sweeps.
  case inPlace
}

extension MarkovDecisionProcess {
  /// v of a policy by the matrix equation (I − γ P^π) v = R^π.
  /// - Throws: `SingularSystem` where γ = 1 and the policy may go on for ever.
  public func values(of policy: Policy) throws(SingularSystem) -> [Double] {
    checkFits(policy)
    let rows = states.indices.map { s in
      actions.indices.flatMap { a in
        outcomes(s, a).filter { !$0.isTerminal }.map {
          (state: $0.state, probability: policy[s, a] * $0.probability)
        }
      }
    }
    let earned = states.indices.map { s in
      actions.indices.reduce(0) { $0 + policy[s, $1] * rewards[s * actionCount + $1] }
    }
    return try solveBellman(
      rows: rows, rewards: earned, discount: discount, ends: states.indices.map(isTerminal), names: states)
  }

  /// The Markov reward process that a policy makes of this one. Where an episode ends, it stays for nothing.
  public func rewardProcess(following policy: Policy) -> MarkovRewardProcess {
    checkFits(policy)
    let needsEnd = outcomes.contains { $0.isTerminal && !isTerminal($0.state) }
    let count = stateCount + (needsEnd ? 1 : 0)
    var matrix = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    var earned = [Double](repeating: 0, count: count)
    for s in states.indices {
      for a in actions.indices {
        for o in outcomes(s, a) {
          matrix[s][o.isTerminal && !isTerminal(o.state) ? stateCount : o.state] +=
            policy[s, a] * o.probability
        }
        earned[s] += policy[s, a] * rewards[s * actionCount + a]
      }
      if matrix[s].allSatisfy({ $0 == 0 }) { matrix[s][s] = 1 }
    }
    if needsEnd { matrix[stateCount][stateCount] = 1 }
    return MarkovRewardProcess(
      MarkovChain(states + (needsEnd ? ["end"] : []), matrix), rewards: earned, discount: discount)
  }

  func checkFits(_ policy: Policy) {
    require(
      policy.stateCount == stateCount,
      .shape("policy", found: policy.stateCount, expected: stateCount, what: "states"))
    require(
      policy.actionCount == actionCount,
      .shape("policy", found: policy.actionCount, expected: actionCount, what: "actions"))
  }
}
