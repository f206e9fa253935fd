import CellOutputs

/// Channels as pictures of square pixels, side by side on one scale, with the scale under them.
struct FeatureMapDrawing {
  let map: FeatureMapOutput
  let channels: [FeatureMapOutput.Channel]
  let hiddenCount: Int
  private let scale: ColorScale
  private let columns: Int
  private let panelWidth: Double
  private let panelHeight: Double

  private static let channelLimit = 64
  private static let gap = 14.0
  private static let captionHeight = 20.0

  /// `nil` where the values do not fill the sizes.
  init?(_ map: FeatureMapOutput) {
    let complete = map.channels.filter { $0.values.count == map.height * map.width }
    guard map.height > 0, map.width > 0, complete.count == map.channels.count, !complete.isEmpty else {
      return nil
    }
    self.map = map
    channels = complete.prefix(Self.channelLimit).map {
      FeatureMapOutput.Channel(name: TerminalText.plain($0.name), values: $0.values)
    }
    hiddenCount = complete.count - channels.count
    scale = ColorScale(low: Double(map.low), high: Double(map.high), map: ColorMap(map.scale))
    columns = channels.count <= 4 ? channels.count : channels.count <= 16 ? 4 : 8
    let room = columns == 1 ? 260.0 : columns <= 4 ? 150 : 72
    let longer = Double(max(map.height, map.width))
    panelWidth = room * Double(map.width) / longer
    panelHeight = room * Double(map.height) / longer
  }

  func svg(id: String, title: String, description: String) -> HTML {
    let rows = (channels.count + columns - 1) / columns
    let step = (x: max(panelWidth, 60) + Self.gap, y: panelHeight + Self.captionHeight + Self.gap)
    let width = max(Double(columns) * step.x - Self.gap, 180)
    let height = Double(rows) * step.y + 30
    let inset = (width - Double(columns) * step.x + Self.gap) / 2
    let panels = channels.enumerated().map { index, channel in
      panel(channel, x: inset + Double(index % columns) * step.x, y: Double(index / columns) * step.y)
    }.joined()
    return Weaving.svg(
      kind: "map", id: id, title: title, description: description, width: width, height: height,
      content: panels + scale.legend(id: id, width: width, y: height - 26))
  }

  private func panel(_ channel: FeatureMapOutput.Channel, x: Double, y: Double) -> HTML {
    let picture = scale.picture(of: channel.values, width: map.width, height: map.height)
    let width = max(panelWidth, 60)
    let left = x + (width - panelWidth) / 2
    return """
      <image x="\(coordinate(left))" y="\(coordinate(y))" width="\(coordinate(panelWidth))" height="\(coordinate(panelHeight))" \
      preserveAspectRatio="none" href="\(picture)"/>
      <rect class="frame" x="\(coordinate(left))" y="\(coordinate(y))" width="\(coordinate(panelWidth))" height="\(coordinate(panelHeight))"/>
      <text x="\(coordinate(x + width / 2))" y="\(coordinate(y + panelHeight + 15))" \
      text-anchor="middle">\(shortened(channel.name, to: width + Self.gap - 4, size: 12))</text>

      """
  }

  /// The channel in characters, as a terminal shows it, without the line of its name.
  func ascii(_ channel: FeatureMapOutput.Channel) -> String {
    var own = map
    own.channels = [channel]
    return own.plainText.split(separator: "\n", omittingEmptySubsequences: false).dropFirst().joined(
      separator: "\n")
  }
}
