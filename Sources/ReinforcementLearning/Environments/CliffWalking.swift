/// Gymnasium's CliffWalking-v1 (Sutton & Barto, example 6.6): from the lower left corner to the lower right one, −1 a
/// step; a step into the cliff between them costs 100 and leads back to the start. Actions: 0 up, 1 right, 2 down, 3 left.
public struct CliffWalking: TableEnvironment, GridEnvironment {
  public var table: OutcomeTable
  public let map: GridMap
  private static let directions: [Direction] = [.up, .right, .down, .left]
  public var arrows: [String] { CliffWalking.directions.map(\.arrow) }

  /// - Parameters:
  ///   - isSlippery: whether two steps out of three go to the sides.
  ///   - timeLimit: none by default, as in Gymnasium.
  public init(isSlippery: Bool = false, timeLimit: Int? = nil) {
    let blank = String(repeating: ".", count: 12)
    let map = GridMap([blank, blank, blank, "S" + String(repeating: "C", count: 10) + "G"], known: "S.CG")
    self.map = map
    let start = 36
    table = OutcomeTable(
      "CliffWalking", actions: CliffWalking.directions.map(\.rawValue), start: map.startDistribution,
      timeLimit: timeLimit
    ) { s, a in
      let moves = isSlippery ? [(a + 3) % 4, a, (a + 1) % 4] : [a]
      return moves.map { move in
        let next = map.neighbour(s, CliffWalking.directions[move])
        let p = 1 / Double(moves.count)
        return map[next] == "C"
          ? Outcome(p, to: start, reward: -100)
          : Outcome(p, to: next, reward: -1, isTerminal: map[next] == "G")
      }
    }
  }
}
