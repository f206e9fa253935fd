/// The windy grid (Sutton & Barto, example 6.5): 7 × 10 cells, −1 a step, and a wind that blows upwards by the column's
/// strength. Actions: 0 up, 1 right, 2 down, 3 left. The shortest way takes 15 steps.
public struct WindyGridWorld: TableEnvironment, GridEnvironment {
  public var table: OutcomeTable
  public let map: GridMap
  /// How far the wind blows in each column.
  public let wind: [Int]
  private static let directions: [Direction] = [.up, .right, .down, .left]
  public var arrows: [String] { WindyGridWorld.directions.map(\.arrow) }

  /// - Parameter isStochastic: whether the wind, where it blows, is by one stronger or weaker a third of the time each
  ///   (exercise 6.10).
  public init(
    wind: [Int] = [0, 0, 0, 1, 1, 1, 2, 2, 1, 0], isStochastic: Bool = false, timeLimit: Int? = nil
  ) {
    require(
      wind.count == 10,
      .shape("WindyGridWorld", found: wind.count, expected: 10, what: "strengths of the wind"))
    let blank = ".........."
    let map = GridMap([blank, blank, blank, "S......G..", blank, blank, blank])
    self.map = map
    self.wind = wind
    table = OutcomeTable(
      "WindyGridWorld", actions: WindyGridWorld.directions.map(\.rawValue), start: map.startDistribution,
      timeLimit: timeLimit
    ) { s, a in
      if map[s] == "G" { return [Outcome(1, to: s, reward: 0, isTerminal: true)] }
      let direction = WindyGridWorld.directions[a]
      let blowing = wind[s % 10]
      let gusts = isStochastic && blowing > 0 ? [-1, 0, 1] : [0]
      return gusts.map { gust in
        let row = min(max(s / 10 + direction.rows - blowing - gust, 0), 6)
        let column = min(max(s % 10 + direction.columns, 0), 9)
        let next = row * 10 + column
        return Outcome(1 / Double(gusts.count), to: next, reward: -1, isTerminal: map[next] == "G")
      }
    }
  }
}
