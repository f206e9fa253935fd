/// In JSON the classes of a field are runs, `[class, how many, class, how many, …]`: a boundary crosses a row a few
/// times, and all the other places are like their neighbours.
extension ChartOutput.Field {
  private enum CodingKeys: String, CodingKey {
    case columns, rows, x, y, values, runs, classes, label, isLogarithmic
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    columns = try container.decode(Int.self, forKey: .columns)
    rows = try container.decode(Int.self, forKey: .rows)
    x = try container.decode(ChartOutput.Limits.self, forKey: .x)
    y = try container.decode(ChartOutput.Limits.self, forKey: .y)
    classes = try container.decodeIfPresent([String].self, forKey: .classes)
    label = try container.decode(String.self, forKey: .label)
    isLogarithmic = try container.decode(Bool.self, forKey: .isLogarithmic)
    values = []
    if let runs = try container.decodeIfPresent([Int].self, forKey: .runs) {
      for index in stride(from: 0, to: runs.count - 1, by: 2) {
        // A record that was tampered with must not fill the memory.
        guard runs[index + 1] >= 0, runs[index + 1] <= 1 << 24, values.count < 1 << 24 else { break }
        values += [Float](repeating: Float(runs[index]), count: runs[index + 1])
      }
    } else {
      values = try container.decode([Float].self, forKey: .values)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(columns, forKey: .columns)
    try container.encode(rows, forKey: .rows)
    try container.encode(x, forKey: .x)
    try container.encode(y, forKey: .y)
    try container.encodeIfPresent(classes, forKey: .classes)
    try container.encode(label, forKey: .label)
    try container.encode(isLogarithmic, forKey: .isLogarithmic)
    if classes != nil, let runs {
      try container.encode(runs, forKey: .runs)
    } else {
      try container.encode(values, forKey: .values)
    }
  }

  /// `nil` where a value is no class.
  private var runs: [Int]? {
    var runs: [Int] = []
    for value in values {
      guard let number = Int(exactly: value) else { return nil }
      if let last = runs.indices.last, runs[last - 1] == number {
        runs[last] += 1
      } else {
        runs += [number, 1]
      }
    }
    return runs
  }
}
