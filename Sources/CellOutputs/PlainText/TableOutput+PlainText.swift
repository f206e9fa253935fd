extension TableOutput: OutputContent {
  public static let kind = "table"

  /// The table in columns: text to the left, numbers to the right.
  public var plainText: String {
    let cells = rows.map { $0.map(\.plainText) }
    let widths = columns.indices.map { column in
      ([columns[column]] + cells.compactMap { column < $0.count ? $0[column] : nil }).map(displayWidth).max()
        ?? 0
    }
    let isNumeric = columns.indices.map { column in
      rows.allSatisfy { row in
        guard column < row.count, case .text = row[column] else { return true }
        return false
      }
    }
    func line(_ cells: [String]) -> String {
      var text = ""
      for (column, cell) in cells.enumerated() where column < widths.count {
        let space = String(repeating: " ", count: widths[column] - displayWidth(cell))
        text += (column == 0 ? "" : "  ") + (isNumeric[column] ? space + cell : cell + space)
      }
      while text.last == " " { text.removeLast() }
      return text
    }
    let rule = widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")
    return ([line(columns), rule] + cells.map(line)).joined(separator: "\n")
  }

  /// "A table of 5 rows: epoch, loss, accuracy."
  public func altText(in language: OutputLanguage) -> String {
    let names = columns.filter { !$0.isEmpty }
    return language.of(
      "A table of \(rows.count) \(rows.count == 1 ? "row" : "rows"): \(names.joined(separator: ", ")).",
      "\(rows.count) 行的表格：\(names.joined(separator: "、"))。")
  }
}

extension TableOutput.Value {
  /// The cell's text.
  public var plainText: String {
    switch self {
    case .text(let text): text
    case .number(let value, let decimals): numberText(value, decimals: decimals)
    }
  }
}
