/// Numbers whose rows and columns have names: an attention map, a confusion matrix, a layer's weights. Several
/// panels of the same names (the heads of an attention) share one scale of colours.
public struct MatrixOutput: Hashable, Sendable, Codable {
  public enum Meaning: String, Hashable, Sendable, Codable {
    case values
    /// How often each row was taken for each column.
    case counts
    /// How much each row looks at each column.
    case weights
  }

  public struct Panel: Hashable, Sendable, Codable {
    /// "head 1"; empty for the only one.
    public var name: String
    /// A value for each row and column, row by row.
    public var values: [Float]
    public init(name: String = "", values: [Float]) {
      self.name = name
      self.values = values
    }
  }

  public var title: String?
  public var meaning: Meaning
  /// What the rows and the columns are: "true" and "predicted".
  public var rowLabel: String?
  public var columnLabel: String?
  public var rows: [String]
  public var columns: [String]
  public var panels: [Panel]
  /// Decimals of the numbers shown.
  public var decimals: Int
  public var scale: FeatureMapOutput.Scale
  public var low: Float
  public var high: Float

  public init(
    title: String? = nil, meaning: Meaning = .values, rowLabel: String? = nil, columnLabel: String? = nil,
    rows: [String], columns: [String], panels: [Panel], decimals: Int, scale: FeatureMapOutput.Scale,
    low: Float, high: Float
  ) {
    self.title = title
    self.meaning = meaning
    self.rowLabel = rowLabel
    self.columnLabel = columnLabel
    self.rows = rows
    self.columns = columns
    self.panels = panels
    self.decimals = decimals
    self.scale = scale
    self.low = low
    self.high = high
  }

  /// The panels whose values fill them: a record that was tampered with may lack some.
  public var completePanels: [Panel] { panels.filter { $0.values.count == rows.count * columns.count } }
}
