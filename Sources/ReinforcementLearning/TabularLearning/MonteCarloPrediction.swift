/// Which visits to a state in an episode count.
public enum Visits: String, Sendable {
  /// The first one: the returns are independent, the mean has no bias.
  case first
  /// All of them.
  case every
}

/// Values estimated from episodes under a policy.
public struct Prediction: Sendable {
  /// v(s).
  public var values: [Double]
  /// How often a state was counted (Monte Carlo) or updated (temporal differences).
  public var visits: [Int]
  /// The values after each episode, where they were asked for.
  public var history: [[Double]] = []

  /// √(mean of (v − w)²) over the states for which true values are given.
  public func error(from trueValues: [Double]) -> Double {
    let squares = zip(values, trueValues).map { ($0 - $1) * ($0 - $1) }
    return (squares.reduce(0, +) / Double(max(squares.count, 1))).squareRoot()
  }
}

/// Monte Carlo prediction (Sutton & Barto §5.1): v(s) is the mean of the returns that followed visits to s.
///
///     monteCarloPrediction(RandomWalk(), episodes: 1000, seed: 0).values
///
/// - Parameters:
///   - policy: every action equally often by default.
///   - visits: whether the first visit of an episode counts alone, or every one.
///   - stepSize: a constant α in place of the mean: v(s) moves by α (G − v(s)).
///   - initial: the first values; 0 by default. With a mean they are forgotten at the first visit.
///   - keepingHistory: whether the values after each episode are kept.
public func monteCarloPrediction(
  _ environment: some TabularEnvironment, _ policy: Policy? = nil, visits: Visits = .first,
  episodes: Int = 1000,
  discount: Double = 1, stepSize: Double? = nil, initial: Double = 0, maximumSteps: Int = 100_000,
  keepingHistory: Bool = false, seed: Int? = nil
) -> Prediction {
  orStop { () throws(Mistake) in try checkDiscount(discount) }
  var environment = environment
  var random = PCG64(seed: seed ?? seedFromLibrary())
  let policy = policy ?? .uniform(environment)
  var result = Prediction(environment, initial: initial)
  let firstSeed = random.integer(below: 1 << 31)
  // In which step of the present episode a state was seen first.
  var firstSeen = [Int](repeating: -1, count: environment.stateCount)
  for episode in 0..<episodes {
    var states = [environment.reset(seed: episode == 0 ? firstSeed : nil)]
    var rewards: [Double] = []
    while rewards.count < maximumSteps {
      let step = environment.step(policy.sample(states[rewards.count], using: &random))
      rewards.append(step.reward)
      if step.isOver { break }
      states.append(step.observation)
    }
    for t in rewards.indices where firstSeen[states[t]] < 0 { firstSeen[states[t]] = t }
    var total = 0.0
    for t in rewards.indices.reversed() {
      total = rewards[t] + discount * total
      let s = states[t]
      if visits == .first && firstSeen[s] != t { continue }
      result.visits[s] += 1
      result.values[s] += (stepSize ?? 1 / Double(result.visits[s])) * (total - result.values[s])
    }
    for s in states { firstSeen[s] = -1 }
    if keepingHistory { result.history.append(result.values) }
  }
  return result
}

extension Prediction {
  /// First values; those of terminal states are 0.
  init(_ environment: some TabularEnvironment, initial: Double) {
    values = [Double](repeating: initial, count: environment.stateCount)
    visits = [Int](repeating: 0, count: environment.stateCount)
    if initial != 0 {
      let process = environment.model(discount: 1)
      for s in values.indices where process.isTerminal(s) { values[s] = 0 }
    }
  }
}

extension Policy {
  /// Every action that can be done equally often.
  public static func uniform(_ environment: some TabularEnvironment) -> Policy {
    guard let table = (environment as? any TableEnvironment)?.table else {
      return .uniform(states: environment.stateCount, actions: environment.actionCount)
    }
    return Policy(
      (0..<environment.stateCount).map { s in
        let possible = (0..<environment.actionCount).map { table.outcomes(s, $0).isEmpty ? 0.0 : 1 }
        let count = possible.reduce(0, +)
        return possible.map { count == 0 ? 0 : $0 / count }
      })
  }
}
