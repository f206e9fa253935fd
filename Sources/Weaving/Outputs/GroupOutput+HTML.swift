import CellOutputs

extension OutputRenderer {
  func html(of output: GroupOutput, id: String, alt: String?) -> HTML {
    templates.render(
      "group",
      GroupContext(
        arrangement: output.arrangement.rawValue, content: html(of: output.outputs, id: id, alt: alt)))
  }
}
