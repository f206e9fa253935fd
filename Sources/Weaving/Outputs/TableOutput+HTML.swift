import CellOutputs

extension OutputRenderer {
  func html(of output: TableOutput) -> HTML {
    let count = output.rows.count
    let size = wording.of("Table of \(count) \(count == 1 ? "row" : "rows")", "\(count) 行的表格")
    return templates.render(
      "table",
      TableContext(
        kind: "data", label: size, note: nil, rows: Self.rows(of: output)))
  }

  static func rows(of table: TableOutput) -> HTML {
    let columns = (0..<max(table.columns.count, table.rows.map(\.count).max() ?? 0)).map { index in
      TableColumn(table.rows.compactMap { index < $0.count ? $0[index] : nil })
    }
    var result: HTML = "<thead>\n<tr>"
    for (column, name) in zip(columns, table.columns) {
      let title = TerminalText.plain(name)
      if title.isEmpty {
        result += "<td></td>"
      } else {
        result += "<th scope=\"col\"\(column.isNumeric ? " class=\"number\"" : HTML())>\(title)</th>"
      }
    }
    result += "</tr>\n</thead>\n<tbody>\n"
    for row in table.rows {
      result += "<tr>"
      for (index, value) in row.enumerated() {
        let isHeader = index == 0 && table.hasRowHeaders
        let tag: HTML = isHeader ? "th" : "td"
        let scope: HTML = isHeader ? " scope=\"row\"" : HTML()
        result += "<\(tag)\(scope)\(numeric(value))>\(columns[index].text(of: value))</\(tag)>"
      }
      result += "</tr>\n"
    }
    return result + "</tbody>\n"
  }

  private static func numeric(_ value: TableOutput.Value) -> HTML {
    if case .number = value { return " class=\"number\"" }
    return HTML()
  }
}

/// What a column's values have in common.
private struct TableColumn {
  let isNumeric: Bool
  /// From five digits on numbers are hard to read without their groups; shorter ones below them have groups too.
  private let isGrouped: Bool

  init(_ values: [TableOutput.Value]) {
    let numbers = values.compactMap { if case .number(let number, _) = $0 { number } else { nil } }
    isNumeric = !numbers.isEmpty
    isGrouped = numbers.contains { abs($0) >= 10_000 }
  }

  func text(of value: TableOutput.Value) -> String {
    guard case .number(let number, let decimals) = value else { return TerminalText.plain(value.plainText) }
    let text = decimals == nil ? Numbers.plain(number) : value.plainText
    return isGrouped ? Numbers.grouped(text) : text
  }
}
