import CellOutputs

/// The names of series that cannot be written beside what they name: points, bars, and ways over a field.
struct ChartKey {
  struct Entry {
    var index: Int
    var x: Double
    var row: Int
  }

  static let rowHeight = 20.0
  let entries: [Entry]
  var height: Double { entries.isEmpty ? 0 : Double(entries[entries.count - 1].row + 1) * Self.rowHeight + 4 }

  /// As many names in a row as there is room for.
  init(_ chart: ChartOutput, left: Double, right: Double) {
    var entries: [Entry] = []
    var (x, row) = (left, 0)
    for index in chart.keyed {
      let width = 40 + textWidth(chart.series[index].name)
      if x > left, x + width > right { (x, row) = (left, row + 1) }
      entries.append(Entry(index: index, x: x, row: row))
      x += width
    }
    self.entries = entries
  }
}

extension ChartOutput {
  var hasSeveralSeries: Bool { series.count > 1 }
  var hasBars: Bool { series.contains(where: \.isBars) }

  /// The series whose names stand at the ends of their lines.
  var labelled: [Int] {
    hasSeveralSeries && field == nil ? series.indices.filter { series[$0].mark == .line } : []
  }

  /// The series whose names stand in the key.
  var keyed: [Int] {
    if field != nil { return Array(series.indices) }
    return hasSeveralSeries ? series.indices.filter { series[$0].mark != .line } : []
  }
}

extension ChartOutput.Series {
  var isBars: Bool { mark == .bar || mark == .histogram }

  /// All that the y axis must show.
  var allY: [Double] {
    zip(x, y).filter { $0.isFinite && $1.isFinite }.map(\.1) + (raw ?? []) + (band?.low ?? [])
      + (band?.high ?? [])
  }
}
