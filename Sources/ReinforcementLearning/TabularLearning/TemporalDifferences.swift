/// Temporal differences over n steps (Sutton & Barto §6.1 and §7.1): v(sₜ) moves towards
/// rₜ₊₁ + γ rₜ₊₂ + … + γⁿ v(sₜ₊ₙ). n = 1 is TD(0); with n beyond the episode it is Monte Carlo with a constant step.
///
///     temporalDifferences(RandomWalk(), episodes: 100, stepSize: 0.1, initial: 0.5, seed: 0).values
///
/// - Parameters:
///   - policy: every action equally often by default.
///   - steps: n, 1 by default.
///   - stepSize: α: a number, or a schedule over the episodes.
///   - initial: the first values; those of terminal states are 0.
///   - keepingHistory: whether the values after each episode are kept.
public func temporalDifferences(
  _ environment: some TabularEnvironment, _ policy: Policy? = nil, steps n: Int = 1, episodes: Int = 1000,
  discount: Double = 1, stepSize: Schedule = 0.1, initial: Double = 0, maximumSteps: Int = 100_000,
  keepingHistory: Bool = false, seed: Int? = nil
) -> Prediction {
  orStop { () throws(Mistake) in try checkDiscount(discount) }
  require(n >= 1, .parameter("temporalDifferences, steps", value: Double(n), rule: "it must be at least 1"))
  var environment = environment
  var random = PCG64(seed: seed ?? seedFromLibrary())
  let policy = policy ?? .uniform(environment)
  var result = Prediction(environment, initial: initial)
  let firstSeed = random.integer(below: 1 << 31)
  for episode in 0..<episodes {
    let alpha = stepSize(episode)
    checkRate("stepSize", alpha)
    var states = [environment.reset(seed: episode == 0 ? firstSeed : nil)]
    var rewards: [Double] = []
    var end: Step<Int>?
    func update(_ t: Int) {
      let last = min(t + n, rewards.count)
      var target = last == rewards.count && end?.terminated == true ? 0 : result.values[states[last]]
      for k in stride(from: last - 1, through: t, by: -1) { target = rewards[k] + discount * target }
      result.visits[states[t]] += 1
      result.values[states[t]] += alpha * (target - result.values[states[t]])
    }
    while end == nil && rewards.count < maximumSteps {
      let step = environment.step(policy.sample(states[rewards.count], using: &random))
      rewards.append(step.reward)
      states.append(step.observation)
      if step.isOver { end = step }
      if rewards.count >= n { update(rewards.count - n) }
    }
    for t in stride(from: max(rewards.count - n + 1, 0), to: rewards.count, by: 1) { update(t) }
    if keepingHistory { result.history.append(result.values) }
  }
  return result
}

/// TD(λ) with accumulating traces (Sutton & Barto §12.2): each step's error δ = r + γ v(s′) − v(s) moves all states
/// that led there, by α δ e(s), where e fades by γ λ a step. λ = 0 is TD(0), λ = 1 is close to Monte Carlo.
///
/// Parameters as in `temporalDifferences`.
public func temporalDifferences(
  _ environment: some TabularEnvironment, _ policy: Policy? = nil, lambda: Double, episodes: Int = 1000,
  discount: Double = 1, stepSize: Schedule = 0.1, initial: Double = 0, maximumSteps: Int = 100_000,
  keepingHistory: Bool = false, seed: Int? = nil
) -> Prediction {
  orStop { () throws(Mistake) in try checkDiscount(discount) }
  checkRate("λ", lambda)
  var environment = environment
  var random = PCG64(seed: seed ?? seedFromLibrary())
  let policy = policy ?? .uniform(environment)
  var result = Prediction(environment, initial: initial)
  let firstSeed = random.integer(below: 1 << 31)
  for episode in 0..<episodes {
    let alpha = stepSize(episode)
    checkRate("stepSize", alpha)
    var state = environment.reset(seed: episode == 0 ? firstSeed : nil)
    var traces = [Double](repeating: 0, count: environment.stateCount)
    for _ in 0..<maximumSteps {
      let step = environment.step(policy.sample(state, using: &random))
      let next = step.terminated ? 0 : result.values[step.observation]
      let error = step.reward + discount * next - result.values[state]
      traces[state] += 1
      result.visits[state] += 1
      for s in traces.indices where traces[s] != 0 {
        result.values[s] += alpha * error * traces[s]
        traces[s] *= discount * lambda
      }
      if step.isOver { break }
      state = step.observation
    }
    if keepingHistory { result.history.append(result.values) }
  }
  return result
}
