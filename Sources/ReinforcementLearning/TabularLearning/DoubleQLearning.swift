/// Double Q-learning (van Hasselt 2010; Sutton & Barto §6.7): two tables, one to choose the best next action and one
/// to value it, so that a lucky reward is not taken for a good action.
///
/// Parameters as in `qLearning`; the result's table is the mean of both.
public func doubleQLearning(
  _ environment: some TabularEnvironment, episodes: Int = 500, discount: Double = 1, stepSize: Schedule = 0.1,
  exploration: Exploration = .epsilonGreedy(0.1), initial: Double = 0, maximumSteps: Int = 10_000,
  seed: Int? = nil
) -> TabularLearning {
  orStop { () throws(Mistake) in try checkDiscount(discount) }
  var environment = environment
  var random = PCG64(seed: seed ?? seedFromLibrary())
  let first = ActionTable(environment, initial: initial)
  let second = ActionTable(environment, initial: initial)
  let mean = ActionTable(environment, initial: initial)
  var result = TabularLearning(actionValues: ActionValues(states: 0, actions: 0))
  let firstSeed = random.integer(below: 1 << 31)
  for episode in 0..<episodes {
    let rate = exploration.rate(episode)
    let alpha = stepSize(episode)
    checkRate("stepSize", alpha)
    var state = environment.reset(seed: episode == 0 ? firstSeed : nil)
    var total = 0.0
    var count = 0
    while count < maximumSteps {
      let action = exploration.choose(mean, state, rate: rate, using: &random)
      let step = environment.step(action)
      let next = step.observation
      total += step.reward
      count += 1
      let choosesByFirst = random.integer(below: 2) == 0
      var target = step.reward
      if !step.terminated {
        target +=
          discount
          * (choosesByFirst
            ? second[next, first.greedy(next, using: &random)]
            : first[next, second.greedy(next, using: &random)])
      }
      if choosesByFirst {
        first[state, action] += alpha * (target - first[state, action])
      } else {
        second[state, action] += alpha * (target - second[state, action])
      }
      mean[state, action] = (first[state, action] + second[state, action]) / 2
      if step.isOver { break }
      state = next
    }
    result.returns.append(total)
    result.lengths.append(count)
  }
  result.actionValues = mean.actionValues
  return result
}
