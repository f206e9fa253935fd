import CellOutputs
import Figures
import Tensors

extension GridEnvironment {
  /// The map as a table: in each cell the value, the policy's arrows, or both; letters for holes, goals and walls.
  ///
  ///     let lake = FrozenLake()
  ///     let best = valueIteration(lake.model(discount: 0.99))
  ///     lake.grid(values: best.values, policy: best.policy)
  ///
  /// - Parameters:
  ///   - values: v(s) of every state.
  ///   - policy: an arrow for each of the likeliest actions.
  ///   - decimals: of the values.
  public func grid(values: [Double]? = nil, policy: Policy? = nil, decimals: Int = 2) -> Table {
    if let values {
      require(
        values.count == stateCount, .shape("grid", found: values.count, expected: stateCount, what: "values"))
    }
    let process = model(discount: 1)
    var cells = [String](repeating: "", count: map.count)
    for s in 0..<stateCount {
      let letter = map[cell(of: s)]
      var parts: [String] = []
      if "GHC#".contains(letter) { parts.append(letter == "#" ? "■" : String(letter)) }
      if !"GHC#".contains(letter), !process.isTerminal(s) {
        if let policy { parts.append(arrows(policy, s)) }
        if let values { parts.append(fixed(values[s], decimals)) }
      }
      cells[cell(of: s)] = parts.joined(separator: " ")
    }
    let rows = (0..<map.height).map { i in
      [TableOutput.Value.text("\(i)")] + (0..<map.width).map { .text(cells[i * map.width + $0]) }
    }
    return Table(
      output: TableOutput(columns: [""] + (0..<map.width).map { "\($0)" }, rows: rows, hasRowHeaders: true))
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

  /// The way a policy takes from the start: the cells in the order in which they were first entered.
  public func path(_ policy: Policy, maximumSteps: Int = 200, seed: Int? = 0) -> Table {
    let states = trajectory(policy, maximumSteps: maximumSteps, seed: seed).observations
    var first: [Int: Int] = [:]
    for (t, s) in states.enumerated() where first[cell(of: s)] == nil { first[cell(of: s)] = t }
    let rows = (0..<map.height).map { i in
      [TableOutput.Value.text("\(i)")]
        + (0..<map.width).map { j in
          let place = i * map.width + j
          return .text(first[place].map { "\($0)" } ?? ("GHC#".contains(map[place]) ? "\(map[place])" : "·"))
        }
    }
    return Table(
      output: TableOutput(columns: [""] + (0..<map.width).map { "\($0)" }, rows: rows, hasRowHeaders: true))
  }

  private func arrows(_ policy: Policy, _ s: Int) -> String {
    let best = (0..<actionCount).map { policy[s, $0] }.max() ?? 0
    let chosen = (0..<actionCount).filter { policy[s, $0] > best - 1e-9 }
    return chosen.count == actionCount && actionCount > 1 ? "✢" : chosen.map { arrows[$0] }.joined()
  }
}
