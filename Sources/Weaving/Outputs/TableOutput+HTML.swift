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
    var result: HTML = "<thead>\n<tr>"
    for (index, column) in table.columns.enumerated() {
      let isNumeric = table.rows.contains { row in
        if index < row.count, case .number = row[index] { return true }
        return false
      }
      let title = TerminalText.plain(column)
      if title.isEmpty {
        result += "<td></td>"
      } else {
        result += "<th scope=\"col\"\(isNumeric ? " class=\"number\"" : HTML())>\(title)</th>"
      }
    }
    result += "</tr>\n</thead>\n<tbody>\n"
    for row in table.rows {
      result += "<tr>"
      for (index, value) in row.enumerated() {
        let isHeader = index == 0 && table.hasRowHeaders
        let tag: HTML = isHeader ? "th" : "td"
        result +=
          "<\(tag)\(isHeader ? " scope=\"row\"" : HTML())\(numeric(value))>\(text(of: value))</\(tag)>"
      }
      result += "</tr>\n"
    }
    return result + "</tbody>\n"
  }

  private static func numeric(_ value: TableOutput.Value) -> HTML {
    if case .number = value { return " class=\"number\"" }
    return HTML()
  }

  private static func text(of value: TableOutput.Value) -> String {
    switch value {
    case .text(let text): TerminalText.plain(text)
    case .number(let number, let decimals):
      // From five digits on whole numbers are hard to read without their groups.
      if decimals ?? 0 == 0, let whole = Int(exactly: number), whole.magnitude >= 10_000 {
        Numbers.grouped(whole)
      } else if decimals == nil {
        Numbers.plain(number)
      } else {
        value.plainText
      }
    }
  }
}
