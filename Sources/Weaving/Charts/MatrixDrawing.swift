import CellOutputs

/// A matrix too large for a table: a picture with its names along two sides and the scale under it.
struct MatrixDrawing {
  private let matrix: MatrixOutput
  private let panel: MatrixOutput.Panel
  private let scale: ColorScale
  private let left: Double
  private let top: Double
  private let cell: Double

  private var plotWidth: Double { Double(matrix.columns.count) * cell }
  private var plotHeight: Double { Double(matrix.rows.count) * cell }

  init(_ matrix: MatrixOutput, _ panel: MatrixOutput.Panel, _ scale: ColorScale) {
    self.matrix = matrix
    self.panel = panel
    self.scale = scale
    func room(_ names: [String]) -> Double { min(names.map { textWidth($0, size: 12) }.max() ?? 0, 120) + 12 }
    left = room(matrix.rows) + (matrix.rowLabel == nil ? 0 : 20)
    top = room(matrix.columns) + (matrix.columnLabel == nil ? 0 : 20)
    cell = min(22, 420 / Double(max(matrix.rows.count, matrix.columns.count)))
  }

  func svg(id: String, title: String, description: String) -> HTML {
    let width = max(left + plotWidth + 10, 240)
    let height = top + plotHeight + 36
    return Weaving.svg(
      kind: "map matrix", id: id, title: title, description: description, width: width, height: height,
      content: labels + """
        <image x="\(coordinate(left))" y="\(coordinate(top))" width="\(coordinate(plotWidth))" \
        height="\(coordinate(plotHeight))" preserveAspectRatio="none" \
        href="\(scale.picture(of: panel.values, width: matrix.columns.count, height: matrix.rows.count))"/>
        <rect class="frame" x="\(coordinate(left))" y="\(coordinate(top))" width="\(coordinate(plotWidth))" \
        height="\(coordinate(plotHeight))"/>

        """ + scale.legend(id: id, width: width, y: height - 22))
  }

  private var labels: HTML {
    // Names a line's height apart: of many, every second, third, …
    let every = max(1, Int((13 / cell).rounded(.up)))
    let rows = stride(from: 0, to: matrix.rows.count, by: every).map { row -> HTML in
      """
      <text class="tick" x="\(coordinate(left - 6))" y="\(coordinate(top + (Double(row) + 0.5) * cell + 4))" \
      text-anchor="end" font-size="12">\(shortened(matrix.rows[row], to: 120, size: 12))</text>

      """
    }.joined()
    let columns = stride(from: 0, to: matrix.columns.count, by: every).map { column -> HTML in
      let x = left + (Double(column) + 0.5) * cell
      return """
        <text class="tick" transform="translate(\(coordinate(x + 4)) \(coordinate(top - 6))) rotate(-90)" \
        font-size="12">\(shortened(matrix.columns[column], to: 120, size: 12))</text>

        """
    }.joined()
    let rowTitle = matrix.rowLabel.map { label -> HTML in
      """
      <text class="axis-title" transform="translate(13 \(coordinate(top + plotHeight / 2))) rotate(-90)" \
      text-anchor="middle">\(label)</text>

      """
    }
    let columnTitle = matrix.columnLabel.map { label -> HTML in
      """
      <text class="axis-title" x="\(coordinate(left + plotWidth / 2))" y="14" text-anchor="middle">\(label)</text>

      """
    }
    return rows + columns + (rowTitle ?? HTML()) + (columnTitle ?? HTML())
  }
}
