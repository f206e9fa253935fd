public import CellOutputs
public import Figures
import Tensors

/// What was measured while training, step by step or epoch by epoch. A cell displays it as a curve with its
/// numbers; `table` is the table alone.
///
///     var history = History(by: "step")
///     history.append(loss: loss.item)
///     history.last          // the last loss
public struct History: CellDisplayable, CustomStringConvertible, Sendable {
  /// What is counted: "epoch" or "step".
  public let unit: String
  /// The names of what is measured, the first of them what `last` and `best` speak of.
  public private(set) var names: [String] = []
  private var columns: [[Double]] = []
  private var steps: [Int] = []

  /// - Parameter unit: what is counted; "epoch" by default.
  public init(by unit: String = "epoch") { self.unit = unit }

  /// The number of measurements.
  public var count: Int { steps.count }

  /// Adds a loss under the next number.
  public mutating func append(loss: some ChartNumber) { append(["loss": loss.chartValue]) }

  /// Adds measurements by name under the next number, or under `step`.
  ///
  ///     history.append(["loss": 0.41, "accuracy": 0.97])
  public mutating func append(_ values: KeyValuePairs<String, Double>, at step: Int? = nil) {
    if names.isEmpty {
      names = values.map(\.key)
      columns = names.map { _ in [] }
    }
    if values.map(\.key) != names {
      stop("History: \(values.map(\.key)) was appended where earlier rows hold \(names)")
    }
    for (i, value) in values.enumerated() { columns[i].append(value.value) }
    steps.append(step ?? (steps.last ?? 0) + 1)
  }

  /// All values of one name, by default of the first: the losses.
  public func values(_ name: String? = nil) -> [Double] {
    guard let name else { return columns.first ?? [] }
    guard let column = names.firstIndex(of: name) else { stop("History: \(name) is not among \(names)") }
    return columns[column]
  }

  /// The losses.
  public var losses: [Double] { values() }

  /// The last loss.
  public var last: Double {
    guard let value = losses.last else { stop("History: nothing was measured yet") }
    return value
  }

  /// The smallest loss.
  public var best: Double {
    guard let value = losses.min() else { stop("History: nothing was measured yet") }
    return value
  }

  /// The measurements as a table, or every `each`th of them and the last.
  public func table(every each: Int = 1, decimals: Int = 4) -> Table {
    let rows = steps.indices.filter { ($0 + 1) % Swift.max(each, 1) == 0 || $0 == steps.count - 1 }
    return Figures.table(
      [unit] + names, rows.map { row in [steps[row]] + columns.map { $0[row] } }, decimals: decimals)
  }

  /// The measurements as a table.
  public var table: Table { table() }

  /// The measurements as a curve each.
  public var curve: Chart {
    let series = zip(names, columns).map { name, values in
      ChartOutput.Series(name: name, x: steps.map(Double.init), y: values)
    }
    let label = names.count == 1 ? names[0] : "value"
    return Chart(output: ChartOutput(x: .init(label: unit), y: .init(label: label), series: series))
  }

  public var cellOutput: CellOutput { curve.cellOutput }
  public var description: String { table.description }
}
