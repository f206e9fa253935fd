import CellOutputs

extension OutputRenderer {
  func html(of output: FramesOutput, id: String, alt: String?) -> HTML {
    let label = TerminalText.plain(output.label)
    let count = output.frames.count
    return templates.render(
      "frames",
      FramesContext(
        title: output.title.map(TerminalText.plain),
        label: wording.of(
          "\(count) \(count == 1 ? "frame" : "frames") by \(label)", "按\(label)的 \(count) 幅画面"),
        counter: label, isSlider: count > 1,
        frames: output.frames.enumerated().map { index, frame in
          let outputs = html(of: frame.outputs, id: "\(id).\(index + 1)", alt: alt)
          return FrameContext(
            isFirst: index == 0, caption: TerminalText.plain(frame.caption), content: outputs)
        },
        previous: wording.of("Previous frame", "上一帧"), next: wording.of("Next frame", "下一帧"),
        play: wording.of("Play", "播放"), pause: wording.of("Pause", "暂停")))
  }
}
