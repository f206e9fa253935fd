/// A table: named columns, rows of text or numbers.
public struct TableOutput: Hashable, Sendable, Codable {
  public enum Value: Hashable, Sendable {
    case text(String)
    /// A number with the number of decimals that it is shown with (`nil`: as many as it needs).
    case number(Double, decimals: Int?)
  }

  public var columns: [String]
  public var rows: [[Value]]
  /// Whether the first column heads its row.
  public var hasRowHeaders: Bool

  public init(columns: [String], rows: [[Value]], hasRowHeaders: Bool = false) {
    self.columns = columns
    self.rows = rows
    self.hasRowHeaders = hasRowHeaders
  }
}
