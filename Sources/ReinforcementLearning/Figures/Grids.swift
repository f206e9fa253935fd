import CellOutputs
import Figures
import Tensors

extension GridEnvironment {
  /// The map: in each square the value, the policy's arrows, or both; walls hatched, letters for holes and goals.
  ///
  ///     let lake = FrozenLake()
  ///     let best = valueIteration(lake.model(discount: 0.99))
  ///     lake.grid(values: best.values, policy: best.policy)
  ///
  /// - Parameters:
  ///   - values: v(s) of every state.
  ///   - policy: an arrow for each of the likeliest actions.
  ///   - decimals: of the values.
  public func grid(
    values: [Double]? = nil, policy: Policy? = nil, decimals: Int = 2, title: String? = nil
  ) -> Grid {
    if let values {
      require(
        values.count == stateCount, .shape("grid", found: values.count, expected: stateCount, what: "values"))
    }
    let process = model(discount: 1)
    var cells = emptyCells
    for s in 0..<stateCount {
      let place = cell(of: s)
      if cells[place].text != nil || cells[place].ground == .wall || process.isTerminal(s) { continue }
      if let policy { cells[place].arrows = arrows(policy, s) }
      if let values { cells[place].value = values[s] }
    }
    return Grid(
      output: GridOutput(
        title: title, rows: map.height, columns: map.width, cells: cells, decimals: decimals))
  }

  /// The squares as the map has them: walls, holes, goals, the start.
  private var emptyCells: [GridOutput.Cell] {
    (0..<map.count).map { place in
      switch map[place] {
      case "#": GridOutput.Cell(ground: .wall)
      case "H", "C": GridOutput.Cell(ground: .hole, text: String(map[place]))
      case "G": GridOutput.Cell(ground: .goal, text: "G")
      case "S": GridOutput.Cell(ground: .start)
      default: GridOutput.Cell()
      }
    }
  }

  /// The values as a heat map.
  public func heatMap(_ values: [Double]) -> FeatureMap {
    require(
      values.count == stateCount, .shape("heatMap", found: values.count, expected: stateCount, what: "values")
    )
    var cells = [Float](repeating: 0, count: map.count)
    for s in values.indices { cells[cell(of: s)] = Float(values[s]) }
    return featureMap(Tensor(cells, shape: [map.height, map.width]), names: ["value"])
  }

  /// The way a policy takes from the start, and in each square the step at which it was first entered.
  public func path(_ policy: Policy, maximumSteps: Int = 200, seed: Int? = 0, title: String? = nil) -> Grid {
    let places = trajectory(policy, maximumSteps: maximumSteps, seed: seed).observations.map(cell)
    var cells = emptyCells
    var seen: Set<Int> = []
    for (t, place) in places.enumerated() where seen.insert(place).inserted { cells[place].text = "\(t)" }
    return Grid(
      output: GridOutput(
        title: title, rows: map.height, columns: map.width, cells: cells, path: places))
  }

  private func arrows(_ policy: Policy, _ s: Int) -> String {
    let best = (0..<actionCount).map { policy[s, $0] }.max() ?? 0
    let chosen = (0..<actionCount).filter { policy[s, $0] > best - 1e-9 }
    return chosen.map { arrows[$0] }.joined()
  }
}
