/// Gymnasium's FrozenLake-v1: cross the ice from S to G without falling into a hole H; on slippery ice two steps out of
/// three go to the sides. Reward 1 in the goal. Actions: 0 left, 1 down, 2 right, 3 up.
///
///     var lake = FrozenLake()
///     lake.reset(seed: 0)
///     lake.step(2)
public struct FrozenLake: TableEnvironment, GridEnvironment {
  public var table: OutcomeTable
  public let map: GridMap
  public var arrows: [String] { Direction.allCases.map(\.arrow) }

  /// Gymnasium's two maps.
  public static let small = ["SFFF", "FHFH", "FFFH", "HFFG"]
  /// The map of 8 × 8.
  public static let large = [
    "SFFFFFFF", "FFFFFFFF", "FFFHFFFF", "FFFFFHFF", "FFFHFFFF", "FHHFFFHF", "FHFFHFHF", "FFFHFFFG",
  ]

  /// - Parameters:
  ///   - map: rows of S, F, H and G; 4 × 4 by default, `FrozenLake.large` is 8 × 8.
  ///   - isSlippery: whether steps may slip to the sides.
  ///   - successRate: how often a step on slippery ice goes where it should.
  ///   - timeLimit: 100 steps by default; Gymnasium's FrozenLake8x8-v1 takes 200.
  public init(
    _ map: [String] = FrozenLake.small, isSlippery: Bool = true, successRate: Double = 1 / 3,
    timeLimit: Int? = 100
  ) {
    checkRate("FrozenLake, successRate", successRate)
    let map = GridMap(map, known: "SFHG")
    self.map = map
    let slip = (1 - successRate) / 2
    table = OutcomeTable(
      "FrozenLake", actions: Direction.allCases.map(\.rawValue), start: map.startDistribution,
      timeLimit: timeLimit
    ) { s, a in
      if "GH".contains(map[s]) { return [Outcome(1, to: s, reward: 0, isTerminal: true)] }
      func outcome(_ direction: Int, _ probability: Double) -> Outcome {
        let next = map.neighbour(s, Direction.allCases[direction])
        return Outcome(
          probability, to: next, reward: map[next] == "G" ? 1 : 0, isTerminal: "GH".contains(map[next]))
      }
      return isSlippery
        ? [outcome((a + 3) % 4, slip), outcome(a, successRate), outcome((a + 1) % 4, slip)] : [outcome(a, 1)]
    }
  }
}
