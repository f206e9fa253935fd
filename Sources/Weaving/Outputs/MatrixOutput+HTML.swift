import CellOutputs

extension OutputRenderer {
  /// The widest and tallest matrix that is shown as a table of coloured cells.
  static let heatMapLimit = 12

  func html(of output: MatrixOutput, id: String, alt: String?) -> HTML {
    let matrix = output.readable
    let panels = matrix.completePanels
    guard !panels.isEmpty, !matrix.rows.isEmpty, !matrix.columns.isEmpty else {
      return html(of: TextOutput(stream: .value, text: altText(of: matrix)))
    }
    let isTable = max(matrix.rows.count, matrix.columns.count) <= Self.heatMapLimit
    let name = matrix.title ?? wording.of("Matrix", "矩阵")
    let scale = ColorScale(matrix)
    let contexts = panels.enumerated().map { index, panel in
      let panelID = "\(id).\(index + 1)"
      let label = panel.name.isEmpty ? name : "\(name): \(panel.name)"
      var own = matrix
      own.panels = [panel]
      let description = alt ?? altText(of: own)
      return MatrixPanel(
        name: panel.name.isEmpty ? nil : panel.name, label: "\(label). \(description)",
        rows: isTable ? Self.rows(of: panel, in: matrix, scale) : HTML(),
        digits: panel.values.map { Self.text(of: $0, in: matrix).count }.max() ?? 1,
        drawing: isTable
          ? HTML()
          : MatrixDrawing(matrix, panel, scale).svg(id: panelID, title: label, description: description),
        isTable: isTable)
    }
    return templates.render(
      "matrix",
      MatrixContext(
        title: matrix.title, panels: contexts,
        text: isTable || panels.count * matrix.rows.count * matrix.columns.count > 1000
          ? nil : matrix.plainText,
        textLabel: wording.of("As numbers", "数值形式")))
  }

  private static func text(of value: Float, in matrix: MatrixOutput) -> String {
    Numbers.fixed(Double(value), matrix.decimals)
  }

  private static func rows(of panel: MatrixOutput.Panel, in matrix: MatrixOutput, _ scale: ColorScale) -> HTML
  {
    let corner =
      switch (matrix.rowLabel, matrix.columnLabel) {
      case (let row?, let column?): "\(row) ↓  \(column) →"
      case (let row?, nil): "\(row) ↓"
      case (nil, let column): column.map { "\($0) →" } ?? ""
      }
    let heads = matrix.columns.map { name -> HTML in "<th scope=\"col\">\(name)</th>" }.joined()
    let count = matrix.columns.count
    let body = matrix.rows.enumerated().map { row, name -> HTML in
      let cells = panel.values[row * count..<(row + 1) * count].map { value -> HTML in
        let color = scale.color(of: Double(value))
        return """
          <td style="background:\(color.css);color:\(color.ink.css)">\
          \(text(of: value, in: matrix))</td>
          """
      }.joined()
      return "<tr><th scope=\"row\">\(name)</th>\(cells)</tr>\n"
    }.joined()
    return """
      <thead>
      <tr><td class="corner">\(corner)</td>\(heads)</tr>
      </thead>
      <tbody>
      \(body)</tbody>

      """
  }
}

extension ColorScale {
  init(_ matrix: MatrixOutput) {
    self.init(low: Double(matrix.low), high: Double(matrix.high), map: ColorMap(matrix.scale))
  }
}

extension MatrixOutput {
  fileprivate var readable: MatrixOutput {
    var matrix = self
    matrix.title = title.map(TerminalText.plain)
    matrix.rowLabel = rowLabel.map(TerminalText.plain)
    matrix.columnLabel = columnLabel.map(TerminalText.plain)
    matrix.rows = rows.map(TerminalText.plain)
    matrix.columns = columns.map(TerminalText.plain)
    matrix.panels = panels.map { Panel(name: TerminalText.plain($0.name), values: $0.values) }
    return matrix
  }
}
