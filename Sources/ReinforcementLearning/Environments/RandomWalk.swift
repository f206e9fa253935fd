/// A random walk (Sutton & Barto, example 6.2): states in a row, from the middle left or right with probability ½
/// each; reward 1 at the right end, 0 at the left one. There is one action: to go on.
///
/// States 0 … n − 1 are the row; n is the left end, n + 1 the right one. With five states the values are 1/6 … 5/6.
public struct RandomWalk: TableEnvironment {
  public var table: OutcomeTable
  private let length: Int

  /// - Parameters:
  ///   - length: the number of states between the ends, odd.
  ///   - leftReward: for the left end: −1 in the walk of 19 states of example 7.1.
  public init(_ length: Int = 5, leftReward: Double = 0, rightReward: Double = 1, timeLimit: Int? = nil) {
    require(
      length > 0 && length % 2 == 1,
      .parameter("RandomWalk, length", value: Double(length), rule: "it must be odd, to have a middle"))
    self.length = length
    let start = (0..<length + 2).map { $0 == length / 2 ? 1.0 : 0 }
    table = OutcomeTable("RandomWalk", actions: ["walk"], start: start, timeLimit: timeLimit) { s, _ in
      if s >= length { return [Outcome(1, to: s, reward: 0, isTerminal: true)] }
      return [
        s == 0
          ? Outcome(0.5, to: length, reward: leftReward, isTerminal: true)
          : Outcome(0.5, to: s - 1, reward: 0),
        s == length - 1
          ? Outcome(0.5, to: length + 1, reward: rightReward, isTerminal: true)
          : Outcome(0.5, to: s + 1, reward: 0),
      ]
    }
  }

  /// The true values of the states in the row.
  public var trueValues: [Double] {
    let left = table.outcomes(0, 0)[0].reward
    let right = table.outcomes(length - 1, 0)[1].reward
    return (1...length).map { left + (right - left) * Double($0) / Double(length + 1) }
  }

  public func stateName(_ state: Int) -> String {
    if state >= length { return state == length ? "left end" : "right end" }
    return length <= 26 ? String(UnicodeScalar(UInt8(65 + state))) : "\(state)"
  }

  public func render() -> String {
    (0..<length).map { $0 == state ? "[\(stateName($0))]" : " \(stateName($0)) " }.joined()
  }
}
