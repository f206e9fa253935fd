extension FeatureMapOutput: OutputContent {
  public static let kind = "feature-map"

  /// From nothing to full, for values from `low` to `high`.
  private static let ramp = Array(" .:-=+*#%@")

  /// The channels as ASCII art, as many side by side as 80 columns hold.
  public var plainText: String {
    let blocks = channels.map(art)
    let perRow = max(1, 80 / (blocks.first.map { displayWidth($0[0]) + 2 } ?? 80))
    return stride(from: 0, to: blocks.count, by: perRow).map { start in
      let row = blocks[start..<min(start + perRow, blocks.count)]
      return (0..<height + 1).map { line in
        var text = row.map { $0[line] }.joined(separator: "  ")
        while text.last == " " { text.removeLast() }
        return text
      }.joined(separator: "\n")
    }.joined(separator: "\n\n")
  }

  /// The name, then a line for each row; each pixel is two characters wide, so that squares look square.
  private func art(_ channel: Channel) -> [String] {
    let lines = (0..<height).map { row in
      String(
        (0..<width).flatMap { column -> [Character] in
          // A record that was tampered with may hold fewer values than its shape says.
          let index = row * width + column
          let mark = channel.values.indices.contains(index) ? character(channel.values[index]) : "?"
          return [mark, mark]
        })
    }
    let room = width * 2
    let name = displayWidth(channel.name) > room ? String(channel.name.prefix(room)) : channel.name
    return [name + String(repeating: " ", count: max(0, room - displayWidth(name)))] + lines
  }

  private func character(_ value: Float) -> Character {
    guard value.isFinite else { return "?" }
    // Of values of both signs the size is shown, with letters for what is negative.
    if scale == .diverging {
      let most = max(abs(low), abs(high))
      let level = most > 0 ? min(4, Int(abs(value) / most * 5)) : 0
      return Array(value < 0 ? " -~nN" : " .+*#")[level]
    }
    let share = high > low ? (value - low) / (high - low) : 0
    return FeatureMapOutput.ramp[min(9, max(0, Int(share * 10)))]
  }

  /// "4 feature maps of 28 × 28 pixels, values from 0 to 1: vertical edges greatest at row 3, column 5; …"
  public func altText(in language: OutputLanguage) -> String {
    let size = "\(height) × \(width)"
    let (low, high) = (spoken(Double(low)), spoken(Double(high)))
    let what = language.of(
      "\(channels.count == 1 ? "An image" : "\(channels.count) feature maps") of \(size) pixels, values from \(low) to \(high)",
      "\(channels.count == 1 ? "一幅" : "\(channels.count) 幅") \(size) 像素的\(channels.count == 1 ? "图像" : "特征图")，值从 \(low) 到 \(high)"
    )
    let places = channels.prefix(8).compactMap { brightest($0, language) }
    let rest = channels.count > 8 ? language.of("; …", "；……") : ""
    return what
      + (places.isEmpty ? "" : language.of(": ", "：") + places.joined(separator: language.of("; ", "；")))
      + rest + language.of(".", "。")
  }

  /// Where a channel is greatest, unless it is so everywhere.
  private func brightest(_ channel: Channel, _ language: OutputLanguage) -> String? {
    let finite = channel.values.indices.filter { channel.values[$0].isFinite }
    guard let most = finite.max(by: { channel.values[$0] < channel.values[$1] }), width > 0 else {
      return nil
    }
    let name = channel.name.isEmpty ? "" : channel.name + " "
    if finite.allSatisfy({ channel.values[$0] == channel.values[most] }) {
      let value = spoken(Double(channel.values[most]))
      return language.of("\(name)\(value) everywhere", "\(name)处处为 \(value)")
    }
    return language.of(
      "\(name)greatest at row \(most / width + 1), column \(most % width + 1)",
      "\(name)最大值在第 \(most / width + 1) 行第 \(most % width + 1) 列")
  }
}
