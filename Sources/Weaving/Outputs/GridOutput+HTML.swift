import CellOutputs

extension OutputRenderer {
  func html(of output: GridOutput, id: String, alt: String?) -> HTML {
    guard output.isComplete else {
      return html(of: TextOutput(stream: .value, text: altText(of: output)))
    }
    let title = output.title.map(TerminalText.plain)
    return templates.render(
      "grid",
      GridContext(
        title: title,
        drawing: GridDrawing(output).svg(
          id: id, title: title ?? wording.of("Grid", "网格"), description: alt ?? altText(of: output)),
        text: TerminalText.plain(output.plainText), textLabel: wording.of("As characters", "字符形式")))
  }
}
