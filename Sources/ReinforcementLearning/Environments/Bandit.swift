/// A bandit with several arms (Sutton & Barto, chapter 2): each pull of arm a earns a normal number around its own
/// mean. One state, no end.
///
///     var testbed = Bandit.testbed(arms: 10, seed: 0)
///     testbed.reset()
///     testbed.step(3).reward
public struct Bandit: Environment, Sendable {
  public let actionSpace: Discrete
  public let observationSpace = Discrete(1)
  /// The mean reward of each arm: what an agent is not told.
  public let means: [Double]
  /// Of each reward around its arm's mean.
  public let standardDeviation: Double
  private var clock: EpisodeClock

  /// - Parameters:
  ///   - standardDeviation: 1 by default.
  ///   - timeLimit: none by default.
  public init(means: [Double], standardDeviation: Double = 1, timeLimit: Int? = nil) {
    actionSpace = Discrete(means.count)
    self.means = means
    self.standardDeviation = standardDeviation
    clock = EpisodeClock("Bandit", limit: timeLimit)
  }

  /// A task of the ten-armed testbed: means drawn from N(0, 1).
  public static func testbed(arms: Int = 10, seed: Int? = nil) -> Bandit {
    var random = PCG64(seed: seed ?? seedFromLibrary())
    return Bandit(means: (0..<arms).map { _ in random.normal() })
  }

  /// The arm with the highest mean.
  public var bestArm: Int { means.indices.reduce(0) { means[$1] > means[$0] ? $1 : $0 } }

  public mutating func reset(seed: Int?) -> Int {
    clock.start(seed: seed)
    return 0
  }

  public mutating func step(_ action: Int) -> Step<Int> {
    clock.check()
    require(actionSpace.contains(action), .action("\(action)", in: "Bandit", space: "\(actionSpace)"))
    let reward = clock.random.normal(mean: means[action], standardDeviation: standardDeviation)
    return Step(observation: 0, reward: reward, terminated: false, truncated: clock.tick(terminated: false))
  }

  public func render() -> String { means.map { fixed($0, 2) }.joined(separator: " ") }
}
