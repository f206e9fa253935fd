/// A map of letters: S start, G goal, H hole, # wall, anything else that a world gives a meaning to.
public struct GridMap: Hashable, Sendable {
  /// The letters, row by row.
  public let rows: [[Character]]
  /// The number of rows.
  public var height: Int { rows.count }
  /// The number of columns.
  public var width: Int { rows[0].count }
  /// The number of cells.
  public var count: Int { height * width }

  /// - Parameter known: the letters that mean something.
  public init(_ text: [String], known: String = "SGHF.# ", needsStart: Bool = true, needsGoal: Bool = true) {
    self = orStop { () throws(Mistake) in
      try GridMap(checking: text, known: known, needsStart: needsStart, needsGoal: needsGoal)
    }
  }

  package init(
    checking text: [String], known: String = "SGHF.# ", needsStart: Bool = true, needsGoal: Bool = true
  ) throws(Mistake) {
    rows = text.map { Array($0) }
    if rows.isEmpty || rows[0].isEmpty { throw .mapWithoutStart }
    for (i, row) in rows.enumerated() {
      if row.count != rows[0].count { throw .raggedMap(row: i, width: row.count, expected: rows[0].count) }
      for (j, letter) in row.enumerated() where !known.contains(letter) && !letter.isNumber {
        throw .unknownMapCharacter(
          letter, row: i, column: j, known: known.map { $0 == " " ? "space" : "\($0)" }.joined(separator: " ")
        )
      }
    }
    if needsStart && !rows.joined().contains("S") { throw .mapWithoutStart }
    if needsGoal && !rows.joined().contains(where: { $0 == "G" || $0.isNumber }) { throw .mapWithoutGoal }
  }

  /// The letter of a cell, cells counted row by row.
  public subscript(_ cell: Int) -> Character { rows[cell / width][cell % width] }

  /// The cell one step further, or the same one at the edge and before a wall.
  public func neighbour(_ cell: Int, _ direction: Direction, wrapping: Bool = false) -> Int {
    let row = cell / width + direction.rows
    let column = cell % width + direction.columns
    if row < 0 || row >= height || column < 0 || column >= width { return cell }
    return rows[row][column] == "#" ? cell : row * width + column
  }

  /// Starting with equal probability in every S.
  public var startDistribution: [Double] {
    let starts = rows.joined().map { $0 == "S" ? 1.0 : 0 }
    let total = starts.reduce(0, +)
    return starts.map { $0 / total }
  }

  /// The map as text with the agent in brackets.
  public func render(agent: Int?) -> String {
    rows.indices.map { i in
      rows[i].indices.map { j in i * width + j == agent ? "[\(rows[i][j])]" : " \(rows[i][j]) " }.joined()
    }.joined(separator: "\n")
  }
}

/// A step on a map.
public enum Direction: String, CaseIterable, Sendable {
  case left, down, right, up

  /// How many rows the step goes down.
  public var rows: Int { self == .down ? 1 : self == .up ? -1 : 0 }
  /// How many columns the step goes to the right.
  public var columns: Int { self == .right ? 1 : self == .left ? -1 : 0 }
  /// ← ↓ → ↑
  public var arrow: String {
    switch self {
    case .left: "←"
    case .down: "↓"
    case .right: "→"
    case .up: "↑"
    }
  }
}

/// A world on a map: its figures are drawn as a grid.
public protocol GridEnvironment: TabularEnvironment {
  var map: GridMap { get }
  /// The cell that a state stands for.
  func cell(of state: Int) -> Int
  /// An arrow for each action.
  var arrows: [String] { get }
  /// Where the agent is.
  var state: Int { get }
}

extension GridEnvironment {
  public func cell(of state: Int) -> Int { state }
  public func stateName(_ state: Int) -> String {
    "(\(cell(of: state) / map.width), \(cell(of: state) % map.width))"
  }
  public func render() -> String { map.render(agent: cell(of: state)) }
}
