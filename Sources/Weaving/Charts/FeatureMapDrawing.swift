import CellOutputs
import Foundation

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
    scale = ColorScale(
      low: Double(map.low), high: Double(map.high), map: map.scale == .diverging ? .diverging : .sequential)
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
    return """
      <svg class="map" viewBox="0 0 \(coordinate(width)) \(coordinate(height))" width="\(coordinate(width))" height="\(coordinate(height))" \
      role="img" \
      aria-labelledby="\(id)-title" aria-describedby="\(id)-desc" font-size="12">
      <title id="\(id)-title">\(title)</title>
      <desc id="\(id)-desc">\(description)</desc>
      \(panels)\(legend(id: id, width: width, y: height - 26))</svg>

      """
  }

  private func panel(_ channel: FeatureMapOutput.Channel, x: Double, y: Double) -> HTML {
    let levels = channel.values.map { value -> Int in
      let t = (Double(value) - scale.low) / (scale.high - scale.low)
      return t.isNaN ? 0 : Int(min(max(t, 0), 1) * 255)
    }
    // The palette holds the levels that occur: a small map is a small file.
    let used = Set(levels).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(used, 0...UInt8.max))
    let png = PNG.encoded(
      width: map.width, height: map.height, pixels: levels.map { places[$0]! },
      palette: used.map { scale.map.color(at: Double($0) / 255) })
    let width = max(panelWidth, 60)
    let left = x + (width - panelWidth) / 2
    return """
      <image x="\(coordinate(left))" y="\(coordinate(y))" width="\(coordinate(panelWidth))" height="\(coordinate(panelHeight))" \
      preserveAspectRatio="none" href="data:image/png;base64,\(Data(png).base64EncodedString())"/>
      <rect class="frame" x="\(coordinate(left))" y="\(coordinate(y))" width="\(coordinate(panelWidth))" height="\(coordinate(panelHeight))"/>
      <text x="\(coordinate(x + width / 2))" y="\(coordinate(y + panelHeight + 15))" \
      text-anchor="middle">\(shortened(channel.name, width))</text>

      """
  }

  private func shortened(_ name: String, _ width: Double) -> String {
    let limit = max(3, Int((width + Self.gap) / 6.2))
    return name.count > limit ? name.prefix(limit - 1) + "…" : name
  }

  private func legend(id: String, width: Double, y: Double) -> HTML {
    let bar = min(width - 90, 220)
    let left = (width - bar) / 2
    let stops = (0...10).map { step -> HTML in
      "<stop offset=\"\(step * 10)%\" stop-color=\"\(scale.map.color(at: Double(step) / 10).css)\"/>"
    }.joined()
    return """
      <defs><linearGradient id="\(id)-scale">\(stops)</linearGradient></defs>
      <rect class="frame" x="\(coordinate(left))" y="\(coordinate(y))" width="\(coordinate(bar))" height="12" fill="url(#\(id)-scale)"/>
      <text x="\(coordinate(left - 6))" y="\(coordinate(y + 10.5))" \
      text-anchor="end">\(Numbers.short(scale.low, digits: 3))</text>
      <text x="\(coordinate(left + bar + 6))" y="\(coordinate(y + 10.5))">\(Numbers.short(scale.high, digits: 3))</text>

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
