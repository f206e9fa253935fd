/// One thing that can happen after an action: where it leads, how likely, and what it earns.
public struct Outcome: Hashable, Sendable {
  /// How likely it is.
  public var probability: Double
  /// The next state's number.
  public var state: Int
  /// What it earns.
  public var reward: Double
  /// Whether the episode ends there: nothing is earned after it.
  public var isTerminal: Bool

  /// - Parameter isTerminal: no by default.
  public init(_ probability: Double, to state: Int, reward: Double, isTerminal: Bool = false) {
    self.probability = probability
    self.state = state
    self.reward = reward
    self.isTerminal = isTerminal
  }
}

/// A Markov decision process (S, A, P, R, γ) with finitely many states and actions: all that dynamic programming needs.
///
///     let student = MarkovDecisionProcess([
///       .rule("Class 3", "study", reward: 10, to: "Sleep"),
///       .rule("Class 3", "pub", reward: 1, to: ["Class 1": 0.2, "Class 2": 0.4, "Class 3": 0.4]), …
///     ], discount: 1)
///     try student.values(of: .uniform(student))
///
/// A state in which no action can be done is terminal: its value is 0.
public struct MarkovDecisionProcess: Sendable {
  /// The states' names, in the order of their numbers.
  public let states: [String]
  /// The actions' names.
  public let actions: [String]
  /// γ, what a reward one step later counts.
  public let discount: Double

  /// All outcomes; those of action a in state s are `bounds[s · |A| + a] ..< bounds[s · |A| + a + 1]`.
  package let outcomes: [Outcome]
  package let bounds: [Int]
  /// What a sweep needs of them, close together: the next state and the probability, 0 where the episode ends.
  package let successors: [Int32]
  package let weights: [Double]
  /// R(s, a) = Σ p · r, at s · |A| + a.
  package let rewards: [Double]

  public var stateCount: Int { states.count }
  /// The number of actions.
  public var actionCount: Int { actions.count }

  /// A process from a function that lists the outcomes of an action in a state; none where it cannot be done.
  public init(
    states: [String], actions: [String], discount: Double,
    outcomes list: (_ state: Int, _ action: Int) -> [Outcome]
  ) {
    self = orStop { () throws(Mistake) in
      try MarkovDecisionProcess(checking: states, actions: actions, discount: discount, outcomes: list)
    }
  }

  package init(
    checking states: [String], actions: [String], discount: Double, outcomes list: (Int, Int) -> [Outcome]
  ) throws(Mistake) {
    try checkDiscount(discount)
    var outcomes: [Outcome] = []
    var bounds = [0]
    var rewards: [Double] = []
    outcomes.reserveCapacity(states.count * actions.count)
    for s in states.indices {
      for a in actions.indices {
        let row = list(s, a)
        if !row.isEmpty {
          try checkProbabilities(row.lazy.map(\.probability), of: "\(states[s]), \(actions[a])")
          for outcome in row where !states.indices.contains(outcome.state) {
            throw .unknownState("\(outcome.state)", known: ["0 to \(states.count - 1)"])
          }
        }
        outcomes += row
        bounds.append(outcomes.count)
        rewards.append(row.reduce(0) { $0 + $1.probability * $1.reward })
      }
    }
    self.states = states
    self.actions = actions
    self.discount = discount
    self.outcomes = outcomes
    self.bounds = bounds
    self.rewards = rewards
    successors = outcomes.map { Int32($0.state) }
    weights = outcomes.map { $0.isTerminal ? 0 : $0.probability }
  }

  /// A process from matrices: `transitions[a][s][s′]` = P(s′ | s, a) and `rewards[a][s]` = R(s, a).
  public init(transitions: [[[Double]]], rewards: [[Double]], discount: Double) {
    let count = transitions.first?.count ?? 0
    self.init(
      states: (0..<count).map { "s\($0)" }, actions: transitions.indices.map { "a\($0)" }, discount: discount
    ) { s, a in
      transitions[a][s].enumerated().filter { $0.element != 0 }.map {
        Outcome($0.element, to: $0.offset, reward: rewards[a][s])
      }
    }
  }

  /// What action `a` in state `s` can lead to.
  public func outcomes(_ s: Int, _ a: Int) -> ArraySlice<Outcome> {
    let place = s * actionCount + a
    return outcomes[bounds[place]..<bounds[place + 1]]
  }

  /// Whether action `a` can be done in state `s`.
  @inline(__always)
  public func isAvailable(_ a: Int, in s: Int) -> Bool {
    bounds[s * actionCount + a] < bounds[s * actionCount + a + 1]
  }

  /// The actions that can be done in a state.
  public func availableActions(in s: Int) -> [Int] { actions.indices.filter { isAvailable($0, in: s) } }

  /// Whether nothing can be earned from state `s` on: no action, or each stays for nothing.
  public func isTerminal(_ s: Int) -> Bool {
    actions.indices.allSatisfy { a in
      outcomes(s, a).allSatisfy { ($0.isTerminal || $0.state == s) && $0.reward == 0 }
    }
  }

  /// The number of the state of that name.
  public func state(_ name: String) -> Int {
    states.firstIndex(of: name) ?? orStop { () throws(Mistake) in throw .unknownState(name, known: states) }
  }

  /// The same process with another discount.
  public func discounted(by discount: Double) -> MarkovDecisionProcess {
    MarkovDecisionProcess(states: states, actions: actions, discount: discount) { Array(outcomes($0, $1)) }
  }

  /// q(s, a) = R(s, a) + γ Σ P(s′ | s, a) v(s′).
  @inline(__always)
  package func actionValue(_ place: Int, _ values: UnsafePointer<Double>) -> Double {
    var sum = 0.0
    for i in bounds[place]..<bounds[place + 1] { sum += weights[i] * values[Int(successors[i])] }
    return rewards[place] + discount * sum
  }

  /// q(s, a) of all states and actions for given state values; −∞ where an action cannot be done.
  public func actionValues(_ values: [Double]) -> ActionValues {
    require(
      values.count == stateCount,
      .shape("actionValues", found: values.count, expected: stateCount, what: "values"))
    var q = ActionValues(states: stateCount, actions: actionCount)
    values.withUnsafeBufferPointer { v in
      for place in 0..<stateCount * actionCount {
        q.values[place] = bounds[place] < bounds[place + 1] ? actionValue(place, v.baseAddress!) : -.infinity
      }
    }
    return q
  }
}

/// One line of a process written by names.
public struct ProcessRule: Sendable {
  let state: String, action: String, reward: Double
  let next: [(String, Double)]

  /// In `state`, `action` earns `reward` and leads to `next`.
  public static func rule(_ state: String, _ action: String, reward: Double, to next: String) -> ProcessRule {
    ProcessRule(state: state, action: action, reward: reward, next: [(next, 1)])
  }

  /// In `state`, `action` earns `reward` and leads to one of several states with the given probabilities.
  public static func rule(
    _ state: String, _ action: String, reward: Double, to next: KeyValuePairs<String, Double>
  ) -> ProcessRule {
    ProcessRule(state: state, action: action, reward: reward, next: next.map { ($0.key, $0.value) })
  }
}

extension MarkovDecisionProcess {
  /// A process from rules; states and actions are numbered as they first appear, states that only lead nowhere last.
  public init(_ rules: [ProcessRule], discount: Double) {
    let states = unique(rules.map(\.state) + rules.flatMap { $0.next.map(\.0) })
    let actions = unique(rules.map(\.action))
    let numbers = Dictionary(uniqueKeysWithValues: states.enumerated().map { ($1, $0) })
    self.init(states: states, actions: actions, discount: discount) { s, a in
      rules.filter { $0.state == states[s] && $0.action == actions[a] }.flatMap { rule in
        rule.next.map { Outcome($0.1, to: numbers[$0.0]!, reward: rule.reward) }
      }
    }
  }
}

/// The elements in the order in which they first appear.
func unique(_ names: [String]) -> [String] {
  var seen: Set<String> = []
  return names.filter { seen.insert($0).inserted }
}
