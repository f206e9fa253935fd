/// The gambler (Sutton & Barto, example 4.3): with a capital of 1 … 99 he stakes a part of it on a coin, and ends with
/// nothing or with the goal of 100. Reward 1 for the goal; action k stakes k + 1.
public struct Gambler: TableEnvironment {
  public var table: OutcomeTable
  /// The capital with which he stops.
  public let goal: Int

  /// - Parameters:
  ///   - headProbability: how often he wins a stake.
  ///   - start: the capital that an episode starts with; any with equal probability by default.
  public init(headProbability: Double = 0.4, goal: Int = 100, start: Int? = nil, timeLimit: Int? = nil) {
    checkRate("Gambler, headProbability", headProbability)
    require(goal >= 2, .parameter("Gambler, goal", value: Double(goal), rule: "it must be at least 2"))
    self.goal = goal
    let starts = (0...goal).map { s in
      start.map { $0 == s ? 1.0 : 0 } ?? (s == 0 || s == goal ? 0 : 1 / Double(goal - 1))
    }
    table = OutcomeTable(
      "Gambler", actions: (1...goal / 2).map { "stake \($0)" }, start: starts, timeLimit: timeLimit
    ) { s, a in
      let stake = a + 1
      if s == 0 || s == goal || stake > min(s, goal - s) { return [] }
      return [
        Outcome(
          headProbability, to: s + stake, reward: s + stake == goal ? 1 : 0, isTerminal: s + stake == goal),
        Outcome(1 - headProbability, to: s - stake, reward: 0, isTerminal: s == stake),
      ]
    }
  }

  public func render() -> String { "capital \(state) of \(goal)" }
}
