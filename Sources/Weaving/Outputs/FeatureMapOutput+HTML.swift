import CellOutputs
import Foundation

extension OutputRenderer {
  func html(of output: FeatureMapOutput, id: String, alt: String?) -> HTML {
    guard let map = FeatureMapDrawing(output) else {
      return html(of: TextOutput(stream: .value, text: altText(of: output)))
    }
    let scale = output.scale == .diverging ? wording.of("centred on 0", "以 0 为中心") : ""
    let (low, high) = (Numbers.short(Double(output.low)), Numbers.short(Double(output.high)))
    let size = "\(output.height) × \(output.width)"
    var notes =
      [wording.of("\(size), from \(low) to \(high)", "\(size)，从 \(low) 到 \(high)")]
      + (scale.isEmpty ? [] : [scale])
    if map.hiddenCount > 0 {
      notes.append(wording.of("\(map.hiddenCount) more channels not shown", "另有 \(map.hiddenCount) 个通道未显示"))
    }
    let names = map.channels.map(\.name).filter { !$0.isEmpty }.joined(separator: ", ")
    let title =
      names.isEmpty
      ? wording.of("Map, \(size)", "\(size) 的图像") : wording.of("Map of \(names)", "\(names) 的图像")
    return templates.render(
      "feature-map",
      FeatureMapContext(
        drawing: map.svg(
          id: id, title: title, description: alt ?? map.description(wording)),
        textLabel: wording.of("As characters", "字符形式"),
        panels: map.channels.map { channel in
          FeatureMapPanel(
            name: channel.name, description: map.description(of: channel, wording), art: map.ascii(channel))
        }, legend: notes.joined(separator: wording.of("; ", "；"))))
  }
}

extension FeatureMapDrawing {
  func description(_ wording: Wording) -> String {
    channels.prefix(8).map { description(of: $0, wording) }.joined(separator: " ")
  }

  /// Where the channel is greatest and least.
  func description(of channel: FeatureMapOutput.Channel, _ wording: Wording) -> String {
    let values = channel.values.enumerated().filter { $0.element.isFinite }
    guard let high = values.max(by: { $0.element < $1.element }),
      let low = values.min(by: { $0.element < $1.element })
    else { return channel.name }
    func place(_ index: Int) -> String {
      wording.of(
        "row \(index / map.width + 1), column \(index % map.width + 1)",
        "第 \(index / map.width + 1) 行第 \(index % map.width + 1) 列")
    }
    let name = channel.name.isEmpty ? "" : channel.name + wording.of(": ", "：")
    let (most, least) = (Numbers.short(Double(high.element)), Numbers.short(Double(low.element)))
    return wording.of(
      "\(name)greatest \(most) at \(place(high.offset)), least \(least) at \(place(low.offset)).",
      "\(name)最大值 \(most)（\(place(high.offset))），最小值 \(least)（\(place(low.offset))）。")
  }
}
