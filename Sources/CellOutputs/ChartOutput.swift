/// A chart of one or more series over two axes.
public struct ChartOutput: Hashable, Sendable, Codable {
  public enum Mark: String, Hashable, Sendable, Codable {
    case line, scatter, bar
    /// Bars that touch, each at the middle of its bin.
    case histogram
  }

  public enum Scale: String, Hashable, Sendable, Codable {
    /// Logarithmic for lines whose values are positive and differ more than a hundredfold.
    case automatic
    case linear, logarithmic
  }

  /// The two ends of an axis.
  public struct Limits: Hashable, Sendable, Codable {
    public var low: Double
    public var high: Double
    public init(_ low: Double, _ high: Double) {
      self.low = low
      self.high = high
    }
  }

  public struct Axis: Hashable, Sendable, Codable {
    public var label: String
    public var scale: Scale
    /// Where the axis begins and ends, if not where the data do.
    public var limits: Limits?
    /// What stands at 0, 1, 2, … where the axis counts names and not numbers.
    public var categories: [String]?
    public init(
      label: String, scale: Scale = .automatic, limits: Limits? = nil, categories: [String]? = nil
    ) {
      self.label = label
      self.scale = scale
      self.limits = limits
      self.categories = categories
    }
  }

  /// A lower and an upper value at each place of a series: how far other runs were from it.
  public struct Band: Hashable, Sendable, Codable {
    public var low: [Double]
    public var high: [Double]
    public init(low: [Double], high: [Double]) {
      self.low = low
      self.high = high
    }
  }

  public struct Series: Hashable, Sendable, Codable {
    public var name: String
    public var mark: Mark
    public var x: [Double]
    public var y: [Double]
    /// Shaded behind a line.
    public var band: Band?
    /// The values that a smooth line was made from, drawn faintly behind it.
    public var raw: [Double]?
    public init(
      name: String, mark: Mark = .line, x: [Double], y: [Double], band: Band? = nil, raw: [Double]? = nil
    ) {
      self.name = name
      self.mark = mark
      self.x = x
      self.y = y
      self.band = band
      self.raw = raw
    }
  }

  /// What lies under the series: a value or a class at each place of the plane.
  public struct Field: Hashable, Sendable, Codable {
    public var columns: Int
    public var rows: Int
    /// Where the first and the last column, and the first and the last row, stand.
    public var x: Limits
    public var y: Limits
    /// `rows` × `columns` values, the row of the least y first.
    public var values: [Float]
    /// The names of the classes where the values are classes 0, 1, 2, …
    public var classes: [String]?
    /// What the values are: "loss".
    public var label: String
    /// Whether equal steps of colour are equal factors, as for a loss that falls over several powers of ten.
    public var isLogarithmic: Bool
    public init(
      columns: Int, rows: Int, x: Limits, y: Limits, values: [Float], classes: [String]? = nil, label: String,
      isLogarithmic: Bool = false
    ) {
      self.columns = columns
      self.rows = rows
      self.x = x
      self.y = y
      self.values = values
      self.classes = classes
      self.label = label
      self.isLogarithmic = isLogarithmic
    }
  }

  public var title: String?
  public var x: Axis
  public var y: Axis
  public var series: [Series]
  public var field: Field?

  public init(title: String? = nil, x: Axis, y: Axis, series: [Series], field: Field? = nil) {
    self.title = title
    self.x = x
    self.y = y
    self.series = series
    self.field = field
  }
}
