/// Gymnasium's Taxi-v4 (Dietterich 2000): fetch a passenger at one of four places and bring them to another one. −1 a
/// step, −10 for picking up or dropping off where that cannot be, +20 at the end.
///
/// States are numbered ((row · 5 + column) · 5 + passenger) · 4 + destination, passenger 4 sitting in the taxi.
/// Actions: 0 south, 1 north, 2 east, 3 west, 4 pick up, 5 drop off.
public struct Taxi: TableEnvironment {
  public var table: OutcomeTable
  private static let map = [
    "+---------+", "|R: | : :G|", "| : | : : |", "| : : : : |", "| | : | : |", "|Y| : |B: |", "+---------+",
  ].map { Array($0) }
  static let places = [(0, 0), (0, 4), (4, 0), (4, 3)]
  private static let placeNames = ["red", "green", "yellow", "blue"]

  /// - Parameter timeLimit: 200 steps by default, as in Gymnasium.
  public init(timeLimit: Int? = 200) {
    let start = (0..<500).map { s in
      let (_, _, passenger, destination) = Taxi.decode(s)
      return passenger < 4 && passenger != destination ? 1.0 / 300 : 0
    }
    table = OutcomeTable(
      "Taxi", actions: ["south", "north", "east", "west", "pick up", "drop off"], start: start,
      timeLimit: timeLimit
    ) { s, a in
      var (row, column, passenger, destination) = Taxi.decode(s)
      var reward = -1.0
      var isOver = false
      let here = Taxi.places.firstIndex { $0 == (row, column) }
      switch a {
      case 0: row = min(row + 1, 4)
      case 1: row = max(row - 1, 0)
      case 2: if Taxi.map[1 + row][2 * column + 2] == ":" { column += 1 }
      case 3: if Taxi.map[1 + row][2 * column] == ":" { column -= 1 }
      case 4: if let here, here == passenger { passenger = 4 } else { reward = -10 }
      default:
        if passenger == 4, let here {
          passenger = here
          if here == destination { (reward, isOver) = (20, true) }
        } else {
          reward = -10
        }
      }
      let next = Taxi.encode(row: row, column: column, passenger: passenger, destination: destination)
      return [Outcome(1, to: next, reward: reward, isTerminal: isOver)]
    }
  }

  /// Whether there is no wall between a cell and the one on its left.
  static func isOpen(row: Int, leftOf column: Int) -> Bool { map[1 + row][2 * column] == ":" }

  /// The number of a state.
  public static func encode(row: Int, column: Int, passenger: Int, destination: Int) -> Int {
    ((row * 5 + column) * 5 + passenger) * 4 + destination
  }

  /// What a state's number says.
  public static func decode(_ state: Int) -> (row: Int, column: Int, passenger: Int, destination: Int) {
    (state / 100, state / 20 % 5, state / 4 % 5, state % 4)
  }

  public func stateName(_ state: Int) -> String {
    let (row, column, passenger, destination) = Taxi.decode(state)
    return
      "(\(row), \(column)), \(passenger == 4 ? "in taxi" : Taxi.placeNames[passenger]) → \(Taxi.placeNames[destination])"
  }

  /// The map with the taxi in brackets, and who goes where.
  public func render() -> String {
    let (row, column, _, _) = Taxi.decode(state)
    let lines = Taxi.map.enumerated().map { i, line in
      i == row + 1
        ? line.enumerated().map { j, c in j == 2 * column + 1 ? (c == " " ? "T" : c.lowercased()) : "\(c)" }
          .joined()
        : String(line)
    }
    return (lines + [stateName(state)]).joined(separator: "\n")
  }
}
