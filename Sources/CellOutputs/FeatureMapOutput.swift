/// One or more channels of a picture or a feature map, shown as ASCII art and as an image, on one shared scale.
public struct FeatureMapOutput: Hashable, Sendable, Codable {
  public enum Scale: String, Hashable, Sendable, Codable {
    /// From the smallest value to the largest.
    case sequential
    /// Centred on zero, for values of both signs.
    case diverging
  }

  public struct Channel: Hashable, Sendable, Codable {
    /// What the channel is called: "vertical edges", or "channel 3".
    public var name: String
    /// `height` × `width` values, row-major.
    public var values: [Float]
    public init(name: String, values: [Float]) {
      self.name = name
      self.values = values
    }
  }

  public var height: Int
  public var width: Int
  public var channels: [Channel]
  public var scale: Scale
  /// The smallest and the largest value of the scale.
  public var low: Float
  public var high: Float

  public init(height: Int, width: Int, channels: [Channel], scale: Scale, low: Float, high: Float) {
    self.height = height
    self.width = width
    self.channels = channels
    self.scale = scale
    self.low = low
    self.high = high
  }
}
