public import CellOutputs

/// A world of squares: walls, values and arrows.
public struct Grid: CellDisplayable, CustomStringConvertible, Sendable {
  public var output: GridOutput
  public init(output: GridOutput) { self.output = output }
  public var cellOutput: CellOutput { .grid(output) }
  public var description: String { output.plainText }
}

/// A world of squares drawn as letters: `#` a wall, `H` a hole, `G` a goal, `S` the start, anything else a floor.
///
///     gridMap(["S..", ".#.", "..G"], values: [[0.5, 0.6, 0.7], …], arrows: [["→", "→", "↓"], …])
///
/// - Parameters:
///   - values: a value for each square; `nil` where there is none.
///   - arrows: where a policy leads from each square, as arrows: "→", "↑→", or "" for none.
public func gridMap(
  _ map: [String], values: [[Double?]]? = nil, arrows: [[String]]? = nil, valueLabel: String = "v",
  decimals: Int = 2, title: String? = nil
) -> Grid {
  let width = map.map(\.count).max() ?? 0
  func value<Value>(_ table: [[Value]]?, _ row: Int, _ column: Int) -> Value? {
    guard let table, table.indices.contains(row), table[row].indices.contains(column) else { return nil }
    return table[row][column]
  }
  let cells = map.enumerated().flatMap { row, line in
    let letters = Array(line)
    return (0..<width).map { column in
      let ground: GridOutput.Cell.Ground =
        switch column < letters.count ? letters[column] : "." {
        case "#": .wall
        case "H": .hole
        case "G": .goal
        case "S": .start
        default: .floor
        }
      let arrow = value(arrows, row, column) ?? ""
      return GridOutput.Cell(
        ground: ground, value: value(values, row, column) ?? nil, arrows: arrow.isEmpty ? nil : arrow)
    }
  }
  return Grid(
    output: GridOutput(
      title: title, rows: map.count, columns: width, cells: cells, valueLabel: valueLabel, decimals: decimals))
}
