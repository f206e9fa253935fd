/// A world of squares with what is known of each: its value, and where a policy leads from it.
public struct GridOutput: Hashable, Sendable, Codable {
  public struct Cell: Hashable, Sendable, Codable {
    public enum Ground: String, Hashable, Sendable, Codable {
      case floor, wall, hole, goal, start
    }

    public var ground: Ground
    /// A word within the square: "G", or the step at which it was entered.
    public var text: String?
    public var value: Double?
    /// The directions that the policy takes, as arrows: "→", or "↑→" where two are as likely.
    public var arrows: String?
    public init(ground: Ground = .floor, text: String? = nil, value: Double? = nil, arrows: String? = nil) {
      self.ground = ground
      self.text = text
      self.value = value
      self.arrows = arrows
    }
  }

  public var title: String?
  public var rows: Int
  public var columns: Int
  /// `rows` × `columns` squares, row by row.
  public var cells: [Cell]
  /// What the values are: "v".
  public var valueLabel: String
  public var decimals: Int
  /// The squares of a way through the world, by index, in their order.
  public var path: [Int]?
  public var scale: FeatureMapOutput.Scale
  /// The values at the ends of the scale of colours.
  public var low: Double
  public var high: Double

  /// The scale of colours reaches from the least to the greatest value, or is centred on zero where there are values of
  /// both signs.
  public init(
    title: String? = nil, rows: Int, columns: Int, cells: [Cell], valueLabel: String = "v", decimals: Int = 2,
    path: [Int]? = nil
  ) {
    self.title = title
    self.rows = rows
    self.columns = columns
    self.cells = cells
    self.valueLabel = valueLabel
    self.decimals = decimals
    self.path = path
    let finite = cells.compactMap(\.value).filter(\.isFinite)
    let (least, greatest) = (finite.min() ?? 0, finite.max() ?? 0)
    let reach = max(-least, greatest)
    scale = least < 0 && greatest > 0 ? .diverging : .sequential
    (low, high) = scale == .diverging ? (-reach, reach) : (least, greatest)
  }

  /// Whether the squares fill the world: a record that was tampered with may lack some.
  public var isComplete: Bool {
    rows > 0 && columns > 0 && rows < 1 << 12 && columns < 1 << 12 && cells.count == rows * columns
  }
}
