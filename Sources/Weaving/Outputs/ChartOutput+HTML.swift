import CellOutputs

extension OutputRenderer {
  func html(of output: ChartOutput, id: String, alt: String?) -> HTML {
    let chart = output.readable
    let title =
      chart.title
      ?? wording.of("\(chart.y.label) over \(chart.x.label)", "\(chart.y.label)随\(chart.x.label)的变化")
    let description = alt ?? altText(of: chart)
    let table = chart.table
    let note =
      table.rows.count < chart.pointCount
      ? wording.of(
        ", \(table.rows.count) of \(chart.pointCount) rows", "，\(chart.pointCount) 行中的 \(table.rows.count) 行")
      : ""
    return templates.render(
      "chart",
      ChartContext(
        drawing: ChartDrawing(chart).svg(id: id, title: title, description: description),
        hasData: !table.rows.isEmpty, label: wording.of("Chart: \(title)", "图表：\(title)"), dataLabel: wording.of("Data", "数据") + note,
        rows: Self.rows(of: table), tableLabel: wording.of("Data of the chart: \(title)", "图表数据：\(title)")))
  }
}

extension ChartOutput {
  private static let rowLimit = 50

  /// The chart with its texts freed of what a terminal would have made of them, and series of equal lengths.
  fileprivate var readable: ChartOutput {
    var chart = self
    chart.title = title.map(TerminalText.plain)
    chart.x.label = TerminalText.plain(x.label)
    chart.y.label = TerminalText.plain(y.label)
    chart.x.categories = x.categories?.map(TerminalText.plain)
    chart.field?.label = TerminalText.plain(field?.label ?? "")
    chart.field?.classes = field?.classes?.map(TerminalText.plain)
    for index in series.indices {
      let count = min(series[index].x.count, series[index].y.count)
      chart.series[index].name = TerminalText.plain(series[index].name)
      chart.series[index].x = Array(series[index].x.prefix(count))
      chart.series[index].y = Array(series[index].y.prefix(count))
    }
    return chart
  }

  fileprivate var haveSameX: Bool { series.dropFirst().allSatisfy { $0.x == series[0].x } }

  fileprivate var pointCount: Int {
    guard let first = series.first else { return 0 }
    return haveSameX ? first.x.count : series.map(\.x.count).reduce(0, +)
  }

  /// The data: a column for each series where they share their x, else a row for each point, named by its
  /// series. Of many points some are taken, evenly, the last among them.
  fileprivate var table: TableOutput {
    let total = pointCount
    let kept =
      total <= Self.rowLimit
      ? Array(0..<total) : (0..<Self.rowLimit).map { $0 * (total - 1) / (Self.rowLimit - 1) }
    func number(_ value: Double) -> TableOutput.Value {
      .number(Double(Numbers.short(value, digits: 6)) ?? value, decimals: nil)
    }
    func place(_ value: Double) -> TableOutput.Value {
      guard let categories = x.categories, let index = Int(exactly: value), categories.indices.contains(index)
      else { return number(value) }
      return .text(categories[index])
    }
    if haveSameX, let first = series.first {
      let names = series.count == 1 ? [y.label] : series.map(\.name)
      return TableOutput(
        columns: [x.label] + names,
        rows: kept.map { index in [place(first.x[index])] + series.map { number($0.y[index]) } },
        hasRowHeaders: true)
    }
    let points = series.flatMap { series in zip(series.x, series.y).map { (series.name, $0, $1) } }
    return TableOutput(
      columns: ["", x.label, y.label],
      rows: kept.map { [.text(points[$0].0), place(points[$0].1), number(points[$0].2)] })
  }
}
