import CellOutputs

extension OutputRenderer {
  func html(of output: TextOutput) -> HTML {
    var text = TerminalText.plain(output.text)
    // The line end after the last line ends no line that can be seen.
    if output.tail == nil, text.hasSuffix("\n") { text.removeLast() }
    guard !text.isEmpty || output.tail != nil else { return HTML() }
    var tail = output.tail.map(TerminalText.plain)
    if tail?.hasSuffix("\n") == true { tail?.removeLast() }
    return templates.render(
      "text",
      TextContext(
        stream: output.stream.rawValue,
        label: output.stream == .stderr ? wording.of("Error stream", "错误输出") : nil,
        text: text, omission: output.omitted.map(told), tail: tail))
  }

  private func told(_ omission: TextOutput.Omission) -> String {
    let lines = grouped(omission.lines)
    let size = Numbers.byteCount(omission.bytes)
    return wording.of("… \(lines) lines (\(size)) left out …", "……省略 \(lines) 行（\(size)）……")
  }
}
