import CellOutputs

extension OutputRenderer {
  /// Small pictures are enlarged to about this many pixels, each of theirs to a whole number of the page's.
  private static let pictureSize = 280

  func html(of output: PictureOutput, alt: String?) -> HTML {
    guard output.isComplete else {
      return html(of: TextOutput(stream: .value, text: altText(of: output)))
    }
    let png = PNG.encoded(
      width: output.width, height: output.height, channels: output.channels, pixels: output.pixels)
    let scale = max(1, Self.pictureSize / max(output.width, output.height))
    return templates.render(
      "picture",
      PictureContext(
        title: output.title.map(TerminalText.plain),
        source: PNG.dataURI(png), alt: alt ?? altText(of: output),
        width: output.width * scale, height: output.height * scale))
  }
}
