public import CellOutputs
public import Tensors

/// A picture, a filter or a layer's feature maps, shown as ASCII art and as images.
public struct FeatureMap: CellDisplayable, CustomStringConvertible {
  public var output: FeatureMapOutput
  public init(output: FeatureMapOutput) { self.output = output }

  /// The maps as ASCII art alone.
  public var ascii: String { output.plainText }
  public var cellOutput: CellOutput { .featureMap(output) }
  public var description: String { ascii }
}

/// Shows an image [H, W], the channels of one [C, H, W], or of the first image of a batch [N, C, H, W].
///
/// - Parameters:
///   - channels: which channels are shown; by default the first sixteen.
///   - names: what each shown channel is called; "channel 0", … by default.
///   - scale: from the smallest value to the largest, or centred on zero. By default centred where values
///     have both signs.
///   - range: the values of the ends of the scale, by default the smallest and largest shown.
public func featureMap(
  _ x: Tensor, channels: [Int]? = nil, names: [String]? = nil, scale: FeatureMapOutput.Scale? = nil,
  range: ClosedRange<Float>? = nil
) -> FeatureMap {
  let images: Tensor
  switch x.rank {
  case 2: images = x.detached.unsqueeze(axis: 0)
  case 3: images = x.detached
  case 4 where x.shape[0] > 0: images = x.detached[0]
  default: stop("featureMap: \(x.shape): an image has the axes [H, W], [C, H, W] or [N, C, H, W]")
  }
  let (count, height, width) = (images.shape[0], images.shape[1], images.shape[2])
  let chosen = channels ?? Array(0..<min(count, 16))
  for channel in chosen where channel < 0 || channel >= count {
    stop("featureMap: channel \(channel) is not among the \(count) of \(x.shape)")
  }
  if let names, names.count != chosen.count {
    stop("featureMap: \(names.count) names were given for \(chosen.count) channels")
  }
  let values = chosen.map { images[$0].scalars }
  let scale = ValueScale(values.flatMap { $0 }, kind: scale, range: range)
  let maps = zip(chosen.indices, chosen).map { place, channel in
    FeatureMapOutput.Channel(
      name: names?[place] ?? (count == 1 ? "" : "channel \(channel)"), values: values[place].map(scale.rounded))
  }
  return FeatureMap(
    output: FeatureMapOutput(
      height: height, width: width, channels: maps, scale: scale.kind, low: scale.low, high: scale.high))
}
