extension CellOutput: Codable {
  private enum Kind: String, Codable {
    case text, tensor, table, chart
    case featureMap = "feature-map"
    case graph
  }

  private enum CodingKeys: String, CodingKey {
    case kind
  }

  public init(from decoder: any Decoder) throws {
    switch try decoder.container(keyedBy: CodingKeys.self).decode(Kind.self, forKey: .kind) {
    case .text: self = .text(try TextOutput(from: decoder))
    case .tensor: self = .tensor(try TensorOutput(from: decoder))
    case .table: self = .table(try TableOutput(from: decoder))
    case .chart: self = .chart(try ChartOutput(from: decoder))
    case .featureMap: self = .featureMap(try FeatureMapOutput(from: decoder))
    case .graph: self = .graph(try GraphOutput(from: decoder))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(kind, forKey: .kind)
    switch self {
    case .text(let output): try output.encode(to: encoder)
    case .tensor(let output): try output.encode(to: encoder)
    case .table(let output): try output.encode(to: encoder)
    case .chart(let output): try output.encode(to: encoder)
    case .featureMap(let output): try output.encode(to: encoder)
    case .graph(let output): try output.encode(to: encoder)
    }
  }

  private var kind: Kind {
    switch self {
    case .text: .text
    case .tensor: .tensor
    case .table: .table
    case .chart: .chart
    case .featureMap: .featureMap
    case .graph: .graph
    }
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
