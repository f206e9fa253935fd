/// A Markov chain with a reward for leaving each state, and a discount γ.
///
///     let student = MarkovRewardProcess(chain, rewards: [-2, -2, -2, 10, 1, -1, 0], discount: 0.9)
///     try student.values()
public struct MarkovRewardProcess: Sendable {
  /// The states and where they lead.
  public let chain: MarkovChain
  /// R(s), the reward for leaving state s.
  public let rewards: [Double]
  /// γ, what a reward one step later counts.
  public let discount: Double

  /// - Parameters:
  ///   - rewards: R(s), one for each state.
  ///   - discount: γ, from 0 to 1.
  public init(_ chain: MarkovChain, rewards: [Double], discount: Double) {
    require(
      rewards.count == chain.states.count,
      .shape("MarkovRewardProcess", found: rewards.count, expected: chain.states.count, what: "rewards"))
    orStop { () throws(Mistake) in try checkDiscount(discount) }
    self.chain = chain
    self.rewards = rewards
    self.discount = discount
  }

  /// v = R + γ P v, solved as (I − γP) v = R in O(n³). Absorbing states without reward are solved out, so that γ = 1
  /// works where every walk ends.
  /// - Throws: `SingularSystem` where γ = 1 and some walk never ends.
  public func values() throws(SingularSystem) -> [Double] {
    let ends = chain.states.indices.map { chain.transitions[$0][$0] == 1 && rewards[$0] == 0 }
    return try solveBellman(
      rows: chain.sparseRows, rewards: rewards, discount: discount, ends: ends, names: chain.states)
  }

  /// The values after 0, 1, …, n sweeps of v ← R + γ P v, from zero.
  public func sweeps(_ n: Int) -> [[Double]] {
    var all = [rewards.map { _ in 0.0 }]
    for _ in 0..<n {
      let v = all[all.count - 1]
      all.append(
        chain.transitions.indices.map { s in
          rewards[s] + discount * zip(chain.transitions[s], v).reduce(0) { $0 + $1.0 * $1.1 }
        })
    }
    return all
  }

  /// The discounted return of a walk, G = R₀ + γ R₁ + γ² R₂ + …: the rewards of leaving its states.
  public func discountedReturn(of walk: [String]) -> Double {
    walk.reversed().reduce(0) { rewards[chain.state($1)] + discount * $0 }
  }
}

/// The returns of an episode from each of its steps on: Gₜ = Rₜ + γ Gₜ₊₁.
///
///     discountedReturns([1, 0, 2], discount: 0.9)   // [2.62, 1.8, 2.0]
public func discountedReturns(_ rewards: [Double], discount: Double) -> [Double] {
  orStop { () throws(Mistake) in try checkDiscount(discount) }
  var returns = rewards
  for t in stride(from: rewards.count - 2, through: 0, by: -1) { returns[t] += discount * returns[t + 1] }
  return returns
}
