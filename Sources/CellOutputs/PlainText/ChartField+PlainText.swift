extension ChartOutput.Field {
  /// Whether the values fill the plane: a record that was tampered with may lack some.
  public var isComplete: Bool {
    columns > 0 && rows > 0 && columns < 1 << 15 && rows < 1 << 15 && values.count == columns * rows
  }

  /// The field in characters, the greatest y on top: a digit for each class, else from nothing to full.
  var art: [String] {
    guard isComplete else { return [] }
    let ramp = Array(" .:-=+*#%@")
    let finite = values.filter(\.isFinite)
    let (low, high) = (finite.min() ?? 0, finite.max() ?? 0)
    let (wide, tall) = (min(columns, 60), max(1, min(rows, 60) / 2))
    return (0..<tall).reversed().map { row in
      let line = String(
        (0..<wide).map { column -> Character in
          let value = values[(row * rows / tall) * columns + column * columns / wide]
          guard value.isFinite else { return "?" }
          if classes != nil { return (0..<10).contains(value) ? Character("\(Int(value))") : "+" }
          return ramp[high > low ? min(9, Int((value - low) / (high - low) * 10)) : 0]
        })
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// "loss from 0.01 to 25, least at x = 1, y = 0", or each class's share of the plane.
  func sentence(_ x: String, _ y: String, _ language: OutputLanguage) -> String {
    let finite = values.indices.filter { values[$0].isFinite }
    guard isComplete, let least = finite.min(by: { values[$0] < values[$1] }),
      let greatest = finite.max(by: { values[$0] < values[$1] })
    else { return language.of("\(label): no finite values.", "\(label)：没有有限值。") }
    if let classes {
      let shares = classes.enumerated().map { index, name in
        let count = finite.count { values[$0] == Float(index) }
        return "\(name) \(Int((Double(count) / Double(finite.count) * 100).rounded()))%"
      }
      return language.of(
        "Regions of the plane: \(shares.joined(separator: ", ")).",
        "平面上的区域：\(shares.joined(separator: "、"))。")
    }
    func place(_ index: Int) -> String {
      let (row, column) = (index / columns, index % columns)
      let a = self.x.low + (self.x.high - self.x.low) * Double(column) / Double(max(columns - 1, 1))
      let b = self.y.low + (self.y.high - self.y.low) * Double(row) / Double(max(rows - 1, 1))
      return "\(x) = \(spoken(a)), \(y) = \(spoken(b))"
    }
    let (low, high) = (spoken(Double(values[least])), spoken(Double(values[greatest])))
    return language.of(
      "\(label) from \(low), at \(place(least)), to \(high), at \(place(greatest)).",
      "\(label)最小 \(low)（\(place(least))），最大 \(high)（\(place(greatest))）。")
  }
}
