/// What came of pulling a bandit's arms.
public struct BanditLearning: Hashable, Sendable {
  /// The estimated mean of each arm.
  public var estimates: [Double]
  /// How often each arm was pulled.
  public var pulls: [Int]
  /// The reward of each pull.
  public var rewards: [Double] = []
  /// Whether each pull was of the arm with the highest mean.
  public var wasBest: [Bool] = []
}

/// A simple bandit algorithm (Sutton & Barto §2.4): estimate each arm's mean by the mean of what it gave, and choose by
/// these estimates.
///
///     learnBandit(.testbed(seed: 0), exploration: .epsilonGreedy(0.1), steps: 1000, seed: 0)
///
/// - Parameters:
///   - stepSize: a constant α in place of the mean, for arms that change.
///   - initial: the first estimates; high ones make an agent try every arm.
public func learnBandit(
  _ bandit: Bandit, exploration: Exploration = .epsilonGreedy(0.1), steps: Int = 1000,
  stepSize: Double? = nil,
  initial: Double = 0, seed: Int? = nil
) -> BanditLearning {
  var bandit = bandit
  var random = PCG64(seed: seed ?? seedFromLibrary())
  _ = bandit.reset(seed: random.integer(below: 1 << 31))
  let count = bandit.means.count
  let q = ActionTable(states: 1, actions: count, initial: initial)
  var result = BanditLearning(estimates: [], pulls: [Int](repeating: 0, count: count))
  for t in 0..<steps {
    let arm = exploration.choose(q, 0, rate: exploration.rate(t), using: &random)
    let reward = bandit.step(arm).reward
    result.pulls[arm] += 1
    q[0, arm] += (stepSize ?? 1 / Double(result.pulls[arm])) * (reward - q[0, arm])
    result.rewards.append(reward)
    result.wasBest.append(arm == bandit.bestArm)
  }
  result.estimates = (0..<count).map { q[0, $0] }
  return result
}
