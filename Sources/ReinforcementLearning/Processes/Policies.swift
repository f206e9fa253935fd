/// π(a | s): the probability of each action in each state.
///
///     Policy.uniform(states: 16, actions: 4)
///     Policy(choosing: [2, 1, 0, 3], actions: 4)    // always that one action
public struct Policy: Hashable, Sendable {
  /// How many states and actions there are.
  public let stateCount: Int, actionCount: Int
  /// π(a | s) at s · |A| + a.
  public var probabilities: [Double]

  /// `probabilities[s][a]` = π(a | s); a row of zeros belongs to a state in which nothing can be done.
  public init(_ probabilities: [[Double]]) {
    stateCount = probabilities.count
    actionCount = probabilities.first?.count ?? 0
    self.probabilities = probabilities.flatMap { $0 }
    for (s, row) in probabilities.enumerated() where row.contains(where: { $0 != 0 }) {
      orStop { () throws(Mistake) in try checkProbabilities(row, of: "the policy in state \(s)") }
    }
  }

  /// The policy that always takes `choices[s]`.
  public init(choosing choices: [Int], actions: Int) {
    stateCount = choices.count
    actionCount = actions
    probabilities = [Double](repeating: 0, count: choices.count * actions)
    for (s, a) in choices.enumerated() {
      require(
        a >= 0 && a < actions, .action("\(a)", in: "the policy in state \(s)", space: "Discrete(\(actions))"))
      probabilities[s * actions + a] = 1
    }
  }

  /// Every action equally often.
  public static func uniform(states: Int, actions: Int) -> Policy {
    var policy = Policy(choosing: [Int](repeating: 0, count: states), actions: actions)
    for i in policy.probabilities.indices { policy.probabilities[i] = 1 / Double(actions) }
    return policy
  }

  /// Every action that can be done equally often.
  public static func uniform(_ process: MarkovDecisionProcess) -> Policy {
    Policy(
      process.states.indices.map { s in
        let count = process.availableActions(in: s).count
        return process.actions.indices.map { process.isAvailable($0, in: s) ? 1 / Double(count) : 0 }
      })
  }

  /// π(a | s).
  @inline(__always)
  public subscript(_ s: Int, _ a: Int) -> Double { probabilities[s * actionCount + a] }

  /// The likeliest action, the first of several.
  public func action(_ s: Int) -> Int {
    (0..<actionCount).reduce(0) { self[s, $1] > self[s, $0] ? $1 : $0 }
  }

  /// The likeliest action of every state.
  public var actions: [Int] { (0..<stateCount).map(action) }

  /// An action drawn from π(· | s).
  @inline(__always)
  public func sample(_ s: Int, using random: inout PCG64) -> Int {
    let u = random.uniform()
    var sum = 0.0
    for a in 0..<actionCount {
      sum += probabilities[s * actionCount + a]
      if sum > u { return a }
    }
    return action(s)
  }
}

/// q(s, a), the value of each action in each state: a table.
///
///     var q = ActionValues(states: 16, actions: 4)
///     q[0, 2] += 0.1 * (target - q[0, 2])
///     q.greedyPolicy
public struct ActionValues: Hashable, Sendable {
  /// How many states and actions there are.
  public let stateCount: Int, actionCount: Int
  /// q(s, a) at s · |A| + a.
  public var values: [Double]

  /// A table of one value, 0 by default.
  public init(states: Int, actions: Int, initial: Double = 0) {
    stateCount = states
    actionCount = actions
    values = [Double](repeating: initial, count: states * actions)
  }

  /// q(s, a).
  @inline(__always)
  public subscript(_ s: Int, _ a: Int) -> Double {
    get { values[s * actionCount + a] }
    set { values[s * actionCount + a] = newValue }
  }

  /// q(s, ·).
  public subscript(_ s: Int) -> [Double] { Array(values[s * actionCount..<(s + 1) * actionCount]) }

  /// The best action, the first of several.
  @inline(__always)
  public func greedy(_ s: Int) -> Int {
    let start = s * actionCount
    var best = 0
    for a in 1..<max(actionCount, 1) where values[start + a] > values[start + best] { best = a }
    return best
  }

  /// maxₐ q(s, a).
  @inline(__always)
  public func best(_ s: Int) -> Double { values[s * actionCount + greedy(s)] }

  /// maxₐ q(s, a) of every state.
  public var stateValues: [Double] { (0..<stateCount).map(best) }

  /// The policy that always takes the best action.
  public var greedyPolicy: Policy { Policy(choosing: (0..<stateCount).map(greedy), actions: actionCount) }

  /// The best action, one at random where several are equally good.
  @inline(__always)
  func greedy(_ s: Int, breakingTies random: inout PCG64) -> Int {
    let start = s * actionCount
    var best = 0
    var ties = 1
    for a in 1..<max(actionCount, 1) {
      let value = values[start + a]
      if value > values[start + best] {
        best = a
        ties = 1
      } else if value == values[start + best] {
        ties += 1
        if random.integer(below: ties) == 0 { best = a }
      }
    }
    return best
  }
}
