/// What an agent learnt from episodes: its table, and how it did on the way.
public struct TabularLearning: Sendable {
  /// q(s, a).
  public var actionValues: ActionValues
  /// The sum of rewards of each episode.
  public var returns: [Double] = []
  /// The number of steps of each episode.
  public var lengths: [Int] = []

  /// maxₐ q(s, a).
  public var values: [Double] { actionValues.stateValues }
  /// The policy that always takes the best action.
  public var policy: Policy { actionValues.greedyPolicy }
  /// The number of steps of all episodes.
  public var steps: Int { lengths.reduce(0, +) }
}

/// What a rule of learning puts in the place of the value of what comes after.
enum Bootstrap { case taken, expected, best }

/// One episode after the other; after each step q(s, a) moves towards r + γ · what the rule says comes after. The
/// common ground of SARSA, expected SARSA and Q-learning.
//
// Cells call from another module, where nothing can be specialised: the library's own worlds are made ready here.
@_specialize(where World == FrozenLake)
@_specialize(where World == CliffWalking)
@_specialize(where World == GridWorld)
@_specialize(where World == WindyGridWorld)
@_specialize(where World == RandomWalk)
@_specialize(where World == Taxi)
@_specialize(where World == Blackjack)
@_specialize(where World == Gambler)
@_specialize(where World == Student)
@inline(never)
func learnFromSteps<World: TabularEnvironment>(
  _ environment: World, _ bootstrap: Bootstrap, episodes: Int, discount: Double, stepSize: Schedule,
  exploration: Exploration, initial: Double, maximumSteps: Int, seed: Int?
) -> TabularLearning {
  orStop { () throws(Mistake) in try checkDiscount(discount) }
  var environment = environment
  var random = PCG64(seed: seed ?? seedFromLibrary())
  let q = ActionTable(environment, initial: initial)
  var result = TabularLearning(actionValues: ActionValues(states: 0, actions: 0))
  let firstSeed = random.integer(below: 1 << 31)
  for episode in 0..<episodes {
    let rate = exploration.rate(episode)
    let alpha = stepSize(episode)
    checkRate("stepSize", alpha)
    var state = environment.reset(seed: episode == 0 ? firstSeed : nil)
    var action = exploration.choose(q, state, rate: rate, using: &random)
    var total = 0.0
    var count = 0
    while count < maximumSteps {
      let step = environment.step(action)
      let next = step.observation
      total += step.reward
      count += 1
      var target = step.reward
      var nextAction = 0
      if !step.terminated {
        // SARSA does what it looked at; the others choose after they learnt.
        switch bootstrap {
        case .taken:
          nextAction = exploration.choose(q, next, rate: rate, using: &random)
          target += discount * q[next, nextAction]
        case .expected:
          let p = exploration.probabilities(q, next, rate: rate)
          for a in p.indices where p[a] > 0 { target += discount * p[a] * q[next, a] }
        case .best: target += discount * q.best(next)
        }
      }
      q[state, action] += alpha * (target - q[state, action])
      if step.isOver { break }
      if bootstrap != .taken { nextAction = exploration.choose(q, next, rate: rate, using: &random) }
      state = next
      action = nextAction
    }
    result.returns.append(total)
    result.lengths.append(count)
  }
  result.actionValues = q.actionValues
  return result
}
