import CellOutputs

extension OutputRenderer {
  func html(of output: SceneOutput, id: String, alt: String?) -> HTML {
    guard let drawing = SceneDrawing(output) else {
      return html(of: TextOutput(stream: .value, text: altText(of: output)))
    }
    let title = output.title.map(TerminalText.plain) ?? wording.of("Drawing", "图")
    return templates.render(
      "scene",
      SceneContext(
        title: output.title.map(TerminalText.plain),
        drawing: drawing.svg(id: id, title: title, description: alt ?? altText(of: output))))
  }
}
