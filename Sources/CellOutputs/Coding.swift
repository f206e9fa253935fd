extension CellOutput: Codable {
  private enum CodingKeys: String, CodingKey {
    case kind
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let kind = try container.decode(String.self, forKey: .kind)
    switch kind {
    case TextOutput.kind: self = .text(try TextOutput(from: decoder))
    case TensorOutput.kind: self = .tensor(try TensorOutput(from: decoder))
    case TableOutput.kind: self = .table(try TableOutput(from: decoder))
    case ChartOutput.kind: self = .chart(try ChartOutput(from: decoder))
    case FeatureMapOutput.kind: self = .featureMap(try FeatureMapOutput(from: decoder))
    case GraphOutput.kind: self = .graph(try GraphOutput(from: decoder))
    case MatrixOutput.kind: self = .matrix(try MatrixOutput(from: decoder))
    case GridOutput.kind: self = .grid(try GridOutput(from: decoder))
    case PictureOutput.kind: self = .picture(try PictureOutput(from: decoder))
    case SceneOutput.kind: self = .scene(try SceneOutput(from: decoder))
    case FramesOutput.kind: self = .frames(try FramesOutput(from: decoder))
    case GroupOutput.kind: self = .group(try GroupOutput(from: decoder))
    default:
      throw DecodingError.dataCorruptedError(
        forKey: .kind, in: container, debugDescription: "there is no output of the kind ‘\(kind)’")
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(type(of: content).kind, forKey: .kind)
    try content.encode(to: encoder)
  }
}

/// Text as a JSON string; a number as a JSON number, or, with decimals, as `{"number": 0.5, "decimals": 4}`.
extension TableOutput.Value: Codable {
  private enum CodingKeys: String, CodingKey {
    case number, decimals
  }

  public init(from decoder: any Decoder) throws {
    if let container = try? decoder.singleValueContainer() {
      if let text = try? container.decode(String.self) {
        self = .text(text)
        return
      }
      if let number = try? container.decode(Double.self) {
        self = .number(number, decimals: nil)
        return
      }
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self = .number(
      try container.decode(Double.self, forKey: .number),
      decimals: try container.decodeIfPresent(Int.self, forKey: .decimals))
  }

  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .text(let text):
      var container = encoder.singleValueContainer()
      try container.encode(text)
    case .number(let number, nil):
      var container = encoder.singleValueContainer()
      try container.encode(number)
    case .number(let number, let decimals?):
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(number, forKey: .number)
      try container.encode(decimals, forKey: .decimals)
    }
  }
}
