/// The student of David Silver's course (lecture 2): three classes, a pub, Facebook and sleep.
///
/// As a chain: `Student.chain`; with rewards: `Student.rewardProcess(discount:)`; with choices: `Student()` to act in,
/// and `Student().model(discount: 1)`, whose uniform policy has the values −2.308 −1.308 2.692 7.385, and whose
/// optimal values are 6 6 8 10.
public struct Student: TableEnvironment {
  public var table: OutcomeTable
  private static let names = ["Facebook", "Class 1", "Class 2", "Class 3", "Sleep"]

  /// - Parameter timeLimit: none by default.
  public init(timeLimit: Int? = nil) {
    let actions = ["Facebook", "quit", "study", "sleep", "pub"]
    table = OutcomeTable("Student", actions: actions, start: [0, 1, 0, 0, 0], timeLimit: timeLimit) { s, a in
      switch (s, a) {
      case (0, 0): [Outcome(1, to: 0, reward: -1)]
      case (0, 1): [Outcome(1, to: 1, reward: 0)]
      case (1, 0): [Outcome(1, to: 0, reward: -1)]
      case (1, 2): [Outcome(1, to: 2, reward: -2)]
      case (2, 2): [Outcome(1, to: 3, reward: -2)]
      case (2, 3): [Outcome(1, to: 4, reward: 0, isTerminal: true)]
      case (3, 2): [Outcome(1, to: 4, reward: 10, isTerminal: true)]
      case (3, 4):
        [Outcome(0.2, to: 1, reward: 1), Outcome(0.4, to: 2, reward: 1), Outcome(0.4, to: 3, reward: 1)]
      default: []
      }
    }
  }

  public func stateName(_ state: Int) -> String { Student.names[state] }
  public func render() -> String { stateName(state) }

  /// The chain without choices.
  public static let chain = MarkovChain(
    ["Class 1", "Class 2", "Class 3", "Pass", "Pub", "Facebook", "Sleep"],
    [
      [0, 0.5, 0, 0, 0, 0.5, 0],
      [0, 0, 0.8, 0, 0, 0, 0.2],
      [0, 0, 0, 0.6, 0.4, 0, 0],
      [0, 0, 0, 0, 0, 0, 1],
      [0.2, 0.4, 0.4, 0, 0, 0, 0],
      [0.1, 0, 0, 0, 0, 0.9, 0],
      [0, 0, 0, 0, 0, 0, 1],
    ])

  /// The chain with its rewards: −2 for a class, 10 for passing, 1 for the pub, −1 for Facebook.
  public static func rewardProcess(discount: Double) -> MarkovRewardProcess {
    MarkovRewardProcess(chain, rewards: [-2, -2, -2, 10, 1, -1, 0], discount: discount)
  }
}
