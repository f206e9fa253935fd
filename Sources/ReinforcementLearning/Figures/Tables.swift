import CellOutputs
import Figures

extension Sweeps: CellDisplayable, CustomStringConvertible {
  /// The values after some of the sweeps: a row for each sweep, a column for each state.
  /// - Parameter rows: which sweeps; by default 0, 1, 2, 3, 10, 100, … and the last one.
  public func table(_ rows: [Int]? = nil, decimals: Int = 3) -> Table {
    let last = history.count - 1
    let chosen = (rows ?? unique([0, 1, 2, 3, 10, 100, 1000, 10_000, last])).filter { $0 >= 0 && $0 <= last }
      .sorted()
    return Figures.table(
      ["sweep"] + states,
      chosen.map { n in ["\(n == last ? max(count, n) : n)"] + history[n].map { $0 as any TableCell } },
      decimals: decimals, rowHeaders: true)
  }

  /// The values by sweep, a line for each state.
  public var curve: Chart {
    Chart(
      output: ChartOutput(
        x: .init(label: "sweep"), y: .init(label: "value"),
        series: states.indices.map { s in
          ChartOutput.Series(name: states[s], x: history.indices.map { Double($0) }, y: history.map { $0[s] })
        }))
  }

  public var cellOutput: CellOutput { table().cellOutput }
  public var description: String {
    "\(count) sweeps, the last of which changed no value by more than \(lastChange)"
  }
}

private func unique(_ numbers: [Int]) -> [Int] { Array(Set(numbers)) }

extension Policy: CellDisplayable, CustomStringConvertible {
  /// π(a | s), a row for each state.
  public func table(states: [String]? = nil, actions: [String]? = nil) -> Table {
    Figures.table(
      ["state"] + (actions ?? (0..<actionCount).map { "\($0)" }),
      (0..<stateCount).map { s in
        [states?[s] ?? "\(s)"] + (0..<actionCount).map { self[s, $0] as any TableCell }
      }, decimals: 2, rowHeaders: true)
  }
  public var cellOutput: CellOutput { table().cellOutput }
  public var description: String { table().description }
}

extension ActionValues: CellDisplayable, CustomStringConvertible {
  /// q(s, a), a row for each state.
  public func table(states: [String]? = nil, actions: [String]? = nil, decimals: Int = 3) -> Table {
    Figures.table(
      ["state"] + (actions ?? (0..<actionCount).map { "\($0)" }),
      (0..<stateCount).map { s in
        [states?[s] ?? "\(s)"]
          + (0..<actionCount).map { a in
            self[s, a].isFinite ? self[s, a] as any TableCell : "–" as any TableCell
          }
      }, decimals: decimals, rowHeaders: true)
  }
  public var cellOutput: CellOutput { table().cellOutput }
  public var description: String { table().description }
}
