public import CellOutputs

/// A table that a cell displays.
public struct Table: CellDisplayable, CustomStringConvertible {
  public var output: TableOutput
  public init(output: TableOutput) { self.output = output }
  public var cellOutput: CellOutput { .table(output) }
  public var description: String { output.plainText }
}

/// What may stand in a table's cell: text or a number.
public protocol TableCell {
  func tableValue(decimals: Int?) -> TableOutput.Value
}

extension String: TableCell {
  public func tableValue(decimals: Int?) -> TableOutput.Value { .text(self) }
}

extension Int: TableCell {
  public func tableValue(decimals: Int?) -> TableOutput.Value { .number(Double(self), decimals: 0) }
}

extension Double: TableCell {
  public func tableValue(decimals: Int?) -> TableOutput.Value { .number(self, decimals: decimals) }
}

extension Float: TableCell {
  public func tableValue(decimals: Int?) -> TableOutput.Value { .number(Double(self), decimals: decimals) }
}

extension Bool: TableCell {
  public func tableValue(decimals: Int?) -> TableOutput.Value { .text(self ? "yes" : "no") }
}

/// A table of named columns.
///
///     table(["layer", "parameters"], [["conv1", 320], ["conv2", 18496]])
///
/// - Parameters:
///   - decimals: of numbers with a fraction, 4 by default.
///   - rowHeaders: whether the first column heads its row.
public func table(
  _ columns: [String], _ rows: [[any TableCell]], decimals: Int? = 4, rowHeaders: Bool = false
) -> Table {
  Table(
    output: TableOutput(
      columns: columns, rows: rows.map { $0.map { $0.tableValue(decimals: decimals) } },
      hasRowHeaders: rowHeaders))
}
