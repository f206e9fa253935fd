/// A chart of one or more series over two axes.
public struct ChartOutput: Hashable, Sendable, Codable {
  public enum Mark: String, Hashable, Sendable, Codable {
    case line, scatter, bar
  }

  public enum Scale: String, Hashable, Sendable, Codable {
    case linear, logarithmic
  }

  public struct Axis: Hashable, Sendable, Codable {
    public var label: String
    public var scale: Scale
    public init(label: String, scale: Scale = .linear) {
      self.label = label
      self.scale = scale
    }
  }

  public struct Series: Hashable, Sendable, Codable {
    public var name: String
    public var mark: Mark
    public var x: [Double]
    public var y: [Double]
    public init(name: String, mark: Mark = .line, x: [Double], y: [Double]) {
      self.name = name
      self.mark = mark
      self.x = x
      self.y = y
    }
  }

  public var title: String?
  public var x: Axis
  public var y: Axis
  public var series: [Series]

  public init(title: String? = nil, x: Axis, y: Axis, series: [Series]) {
    self.title = title
    self.x = x
    self.y = y
    self.series = series
  }
}
