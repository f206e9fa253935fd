/// Simple shapes in a box of coordinates: a cart and its pole, a grid world, the steps of an optimizer.
public struct SceneOutput: Hashable, Sendable, Codable {
  /// A place, in JSON `[x, y]`.
  public struct Point: Hashable, Sendable {
    public var x: Double
    public var y: Double
    public init(_ x: Double, _ y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// A colour of the page's, which is another one in the dark.
  public enum Ink: String, Hashable, Sendable, Codable {
    case ink, muted, faint, ground, blue, orange, green, pink, yellow, gray
  }

  public struct Shape: Hashable, Sendable, Codable {
    public enum Form: String, Hashable, Sendable, Codable {
      /// Through all of the points.
      case line
      /// A line whose end has a head.
      case arrow
      /// Through all of the points and back to the first.
      case polygon
      /// Around the first point.
      case circle
      /// Words, their middle at the first point.
      case text
    }

    public var form: Form
    public var points: [Point]
    /// A circle's, in the box's own units.
    public var radius: Double?
    /// A text's words; what a screen reader is told of another shape.
    public var text: String?
    public var ink: Ink
    /// Whether a polygon or a circle is filled, and not only drawn around.
    public var isFilled: Bool
    /// How wide a line is, in pixels; how high letters are.
    public var size: Double
    public var isDashed: Bool

    public init(
      _ form: Form, _ points: [Point], radius: Double? = nil, text: String? = nil, ink: Ink = .ink,
      isFilled: Bool = false, size: Double = 2, isDashed: Bool = false
    ) {
      self.form = form
      self.points = points
      self.radius = radius
      self.text = text
      self.ink = ink
      self.isFilled = isFilled
      self.size = size
      self.isDashed = isDashed
    }
  }

  public var title: String?
  /// What can be seen, where the author says so.
  public var description: String?
  /// The box: its left and right end, then its lower and upper one.
  public var x: ChartOutput.Limits
  public var y: ChartOutput.Limits
  /// Whether y grows downwards, as rows are counted.
  public var isDownward: Bool
  /// Drawn one over the other, the last one on top.
  public var shapes: [Shape]

  public init(
    title: String? = nil, description: String? = nil, x: ChartOutput.Limits, y: ChartOutput.Limits,
    isDownward: Bool = false, shapes: [Shape] = []
  ) {
    self.title = title
    self.description = description
    self.x = x
    self.y = y
    self.isDownward = isDownward
    self.shapes = shapes
  }
}

/// What is as it usually is stays out of the JSON.
extension SceneOutput.Shape {
  private enum CodingKeys: String, CodingKey {
    case form, points, radius, text, ink, isFilled, size, isDashed
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      try container.decode(Form.self, forKey: .form),
      try container.decode([SceneOutput.Point].self, forKey: .points),
      radius: try container.decodeIfPresent(Double.self, forKey: .radius),
      text: try container.decodeIfPresent(String.self, forKey: .text),
      ink: try container.decodeIfPresent(SceneOutput.Ink.self, forKey: .ink) ?? .ink,
      isFilled: try container.decodeIfPresent(Bool.self, forKey: .isFilled) ?? false,
      size: try container.decodeIfPresent(Double.self, forKey: .size) ?? 2,
      isDashed: try container.decodeIfPresent(Bool.self, forKey: .isDashed) ?? false)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(form, forKey: .form)
    try container.encode(points, forKey: .points)
    try container.encodeIfPresent(radius, forKey: .radius)
    try container.encodeIfPresent(text, forKey: .text)
    if ink != .ink { try container.encode(ink, forKey: .ink) }
    if isFilled { try container.encode(isFilled, forKey: .isFilled) }
    if size != 2 { try container.encode(size, forKey: .size) }
    if isDashed { try container.encode(isDashed, forKey: .isDashed) }
  }
}

extension SceneOutput.Point: Codable {
  public init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    self.init(try container.decode(Double.self), try container.decode(Double.self))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(x)
    try container.encode(y)
  }
}
