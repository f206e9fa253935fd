/// A world of one's own from a map: `S` start, `G` goal, `H` hole, `#` wall, `.` floor. Episodes end in goals and holes.
///
///     GridWorld(["S..#", ".#..", "...G"], stepReward: -0.04)
///     GridWorld.textbook          // 4 × 4, two goals in the corners: Sutton & Barto, example 4.1
///
/// Actions: 0 left, 1 down, 2 right, 3 up.
public struct GridWorld: TableEnvironment, GridEnvironment {
  public var table: OutcomeTable
  public let map: GridMap
  public var arrows: [String] { Direction.allCases.map(\.arrow) }

  /// - Parameters:
  ///   - map: the rows.
  ///   - stepReward: for every step, those into a goal or a hole too.
  ///   - goalReward: for reaching a goal, added to it.
  ///   - holeReward: for falling into a hole, added to it.
  ///   - slip: how often a step goes to one of the two sides instead.
  ///   - startsAnywhere: whether an episode starts in any cell of the floor; no S is needed then.
  ///   - timeLimit: the number of steps after which an episode is cut off, if any.
  public init(
    _ map: [String], stepReward: Double = -1, goalReward: Double = 0, holeReward: Double = 0,
    slip: Double = 0,
    startsAnywhere: Bool = false, timeLimit: Int? = nil
  ) {
    checkRate("GridWorld, slip", slip)
    let map = GridMap(map, known: "SGH#. F", needsStart: !startsAnywhere)
    self.map = map
    let floor = (0..<map.count).map { "GH#".contains(map[$0]) ? 0.0 : 1 }
    let total = floor.reduce(0, +)
    table = OutcomeTable(
      "GridWorld", actions: Direction.allCases.map(\.rawValue),
      start: startsAnywhere ? floor.map { $0 / total } : map.startDistribution, timeLimit: timeLimit
    ) { s, a in
      if "GH#".contains(map[s]) { return [Outcome(1, to: s, reward: 0, isTerminal: true)] }
      func outcome(_ direction: Int, _ probability: Double) -> Outcome {
        let next = map.neighbour(s, Direction.allCases[direction])
        let reward = stepReward + (map[next] == "G" ? goalReward : map[next] == "H" ? holeReward : 0)
        return Outcome(probability, to: next, reward: reward, isTerminal: "GH".contains(map[next]))
      }
      if slip == 0 { return [outcome(a, 1)] }
      return [outcome((a + 3) % 4, slip / 2), outcome(a, 1 - slip), outcome((a + 1) % 4, slip / 2)]
    }
  }

  /// The 4 × 4 grid with goals in two corners and −1 a step (Sutton & Barto, example 4.1).
  public static var textbook: GridWorld { GridWorld(["G...", "....", "....", "...G"], startsAnywhere: true) }
}
