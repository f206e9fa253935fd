/// An environment whose states and actions are numbered: what learning with tables needs.
public protocol TabularEnvironment: Environment, Sendable
where Observation == Int, Action == Int, Actions == Discrete, Observations == Discrete {
  /// What each action is called.
  var actionNames: [String] { get }
  /// What a state is called.
  func stateName(_ state: Int) -> String
  /// The exact process behind the environment.
  func model(discount: Double) -> MarkovDecisionProcess
  /// The probability of starting in each state.
  var startDistribution: [Double] { get }
}

extension TabularEnvironment {
  public var stateCount: Int { observationSpace.count }
  /// The number of actions.
  public var actionCount: Int { actionSpace.count }
  public func stateName(_ state: Int) -> String { "\(state)" }
}

/// An environment that is nothing but a table of outcomes, and draws from it as Gymnasium's toy-text environments do.
///
/// One of one's own gives a `table`; `reset`, `step` and `model` come by themselves.
public protocol TableEnvironment: TabularEnvironment {
  /// The outcomes, the start, and where the episode stands.
  var table: OutcomeTable { get set }
}

extension TableEnvironment {
  public var actionSpace: Discrete { Discrete(table.actionNames.count) }
  public var observationSpace: Discrete { Discrete(table.start.count) }
  public var actionNames: [String] { table.actionNames }
  public var startDistribution: [Double] { table.start }
  /// The present state.
  public var state: Int { table.state }

  @inline(__always)
  public mutating func reset(seed: Int?) -> Int { table.reset(seed: seed) }

  @inline(__always)
  public mutating func step(_ action: Int) -> Step<Int> { table.step(action) }

  public func model(discount: Double) -> MarkovDecisionProcess {
    MarkovDecisionProcess(
      states: (0..<stateCount).map(stateName), actions: actionNames, discount: discount,
      outcomes: table.outcomes)
  }
}

/// The outcomes of every action in every state, and an episode that draws from them.
public struct OutcomeTable: Sendable {
  public let actionNames: [String]
  /// The probability of starting in each state.
  public let start: [Double]
  /// Where the episode is.
  public internal(set) var state = 0
  /// The last action, or `nil` at the start.
  public internal(set) var lastAction: Int?
  /// Random numbers, and where in the episode it is.
  public internal(set) var clock: EpisodeClock
  private let all: [Outcome]
  private let bounds: [Int]

  /// - Parameters:
  ///   - name: what messages call the environment.
  ///   - timeLimit: the number of steps after which an episode is cut off, if any.
  ///   - outcomes: what action a in state s can lead to; probabilities add up to 1.
  public init(
    _ name: String, actions: [String], start: [Double], timeLimit: Int? = nil,
    outcomes: (Int, Int) -> [Outcome]
  ) {
    orStop { () throws(Mistake) in try checkProbabilities(start, of: "\(name), start") }
    actionNames = actions
    self.start = start
    clock = EpisodeClock(name, limit: timeLimit)
    var all: [Outcome] = []
    var bounds = [0]
    for s in start.indices {
      for a in actions.indices {
        let row = outcomes(s, a)
        if !row.isEmpty {
          orStop { () throws(Mistake) in
            try checkProbabilities(row.lazy.map(\.probability), of: "\(name), state \(s), \(actions[a])")
          }
        }
        all += row
        bounds.append(all.count)
      }
    }
    self.all = all
    self.bounds = bounds
  }

  /// What action `a` in state `s` can lead to.
  public func outcomes(_ s: Int, _ a: Int) -> [Outcome] {
    let place = s * actionNames.count + a
    return Array(all[bounds[place]..<bounds[place + 1]])
  }

  public mutating func reset(seed: Int?) -> Int {
    clock.start(seed: seed)
    state = clock.random.index(start)
    lastAction = nil
    return state
  }

  public mutating func step(_ action: Int) -> Step<Int> {
    clock.check()
    let place = state * actionNames.count + action
    if action < 0 || action >= actionNames.count || bounds[place] == bounds[place + 1] { complain(action) }
    let u = clock.random.uniform()
    let end = bounds[place + 1] - 1
    var i = bounds[place]
    var sum = all[i].probability
    while sum <= u && i < end {
      i += 1
      sum += all[i].probability
    }
    state = all[i].state
    lastAction = action
    let truncated = clock.tick(terminated: all[i].isTerminal)
    return Step(
      observation: state, reward: all[i].reward, terminated: all[i].isTerminal, truncated: truncated)
  }

  private func complain(_ action: Int) {
    let count = actionNames.count
    let possible = (0..<count).filter { bounds[state * count + $0] < bounds[state * count + $0 + 1] }
    orStop { () throws(Mistake) in
      throw .action(
        "\(action)", in: clock.name,
        space: possible.count == count
          ? "Discrete(\(count)): 0…\(count - 1) mean \(actionNames.joined(separator: ", "))"
          : "of state \(state): \(possible.map { "\($0) \(actionNames[$0])" }.joined(separator: ", "))")
    }
  }
}
