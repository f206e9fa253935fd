extension FramesOutput: OutputContent {
  public static let kind = "frames"

  /// Every frame under its caption.
  public var plainText: String {
    let frames = frames.map { frame in
      ([frame.caption] + frame.outputs.map(\.plainText)).joined(separator: "\n")
    }
    return ((title.map { [$0] } ?? []) + frames).joined(separator: "\n\n")
  }

  /// "3 frames by epoch. epoch 1: … epoch 5: …", of the first and the last one.
  public func altText(in language: OutputLanguage) -> String {
    guard let first = frames.first, let last = frames.last else {
      return language.of("No frames.", "没有画面。")
    }
    func told(_ frame: Frame) -> String {
      frame.caption + language.of(": ", "：")
        + frame.outputs.map { $0.altText(in: language) }.joined(separator: language.of(" ", ""))
    }
    let count = language.of(
      "\(frames.count) \(frames.count == 1 ? "frame" : "frames") by \(label).",
      "按\(label)的 \(frames.count) 幅画面。")
    let ends = frames.count == 1 ? [told(first)] : [told(first), told(last)]
    return ((title.map { [$0 + language.of(".", "。")] } ?? []) + [count] + ends)
      .joined(separator: language.of(" ", ""))
  }
}
