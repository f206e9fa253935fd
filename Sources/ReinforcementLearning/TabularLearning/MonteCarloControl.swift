/// Monte Carlo control (Sutton & Barto §5.4): q(s, a) is the mean of the returns that followed, first visits only, and
/// the next episode explores around what is best so far.
///
/// Parameters as in `qLearning`; without a step size the mean of all returns is taken.
public func monteCarloControl(
  _ environment: some TabularEnvironment, episodes: Int = 10_000, discount: Double = 1,
  stepSize: Double? = nil,
  exploration: Exploration = .epsilonGreedy(0.1), initial: Double = 0, maximumSteps: Int = 10_000,
  seed: Int? = nil
) -> TabularLearning {
  orStop { () throws(Mistake) in try checkDiscount(discount) }
  var environment = environment
  var random = PCG64(seed: seed ?? seedFromLibrary())
  let q = ActionTable(environment, initial: initial)
  var visits = [Int](repeating: 0, count: q.stateCount * q.actionCount)
  var result = TabularLearning(actionValues: ActionValues(states: 0, actions: 0))
  let firstSeed = random.integer(below: 1 << 31)
  for episode in 0..<episodes {
    let rate = exploration.rate(episode)
    var state = environment.reset(seed: episode == 0 ? firstSeed : nil)
    var path: [(place: Int, reward: Double)] = []
    while path.count < maximumSteps {
      let action = exploration.choose(q, state, rate: rate, using: &random)
      let step = environment.step(action)
      path.append((state * q.actionCount + action, step.reward))
      if step.isOver { break }
      state = step.observation
    }
    var firstSeen: [Int: Int] = [:]
    for (t, entry) in path.enumerated() where firstSeen[entry.place] == nil { firstSeen[entry.place] = t }
    var total = 0.0
    for (t, entry) in path.enumerated().reversed() {
      total = entry.reward + discount * total
      if firstSeen[entry.place] != t { continue }
      visits[entry.place] += 1
      let (s, a) = entry.place.quotientAndRemainder(dividingBy: q.actionCount)
      q[s, a] += (stepSize ?? 1 / Double(visits[entry.place])) * (total - q[s, a])
    }
    result.returns.append(path.reduce(0) { $0 + $1.reward })
    result.lengths.append(path.count)
  }
  result.actionValues = q.actionValues
  return result
}
