public import CellOutputs
public import Tensors

/// A picture in colours or greys.
public struct Picture: CellDisplayable, CustomStringConvertible, Sendable {
  public var output: PictureOutput
  public init(output: PictureOutput) { self.output = output }
  public var cellOutput: CellOutput { .picture(output) }
  public var description: String { output.plainText }
}

/// Shows the brightness of each pixel: [H, W] or [1, H, W] in greys, [3, H, W] in colours.
///
///     picture(canvas, description: "A red square on black")
///
/// - Parameters:
///   - description: what can be seen, for readers who do not see it; else it is told from the pixels.
///   - range: the values of black and of full brightness; 0 and 1 by default. What lies outside is cut.
public func picture(
  _ x: Tensor, title: String? = nil, description: String? = nil, range: ClosedRange<Float> = 0...1
) -> Picture {
  let channels: Int
  switch x.rank {
  case 2: channels = 1
  case 3 where x.shape[0] == 1 || x.shape[0] == 3: channels = x.shape[0]
  default: stop("picture: \(x.shape): a picture has the axes [H, W], [1, H, W] or [3, H, W]")
  }
  let (height, width) = (x.shape[x.rank - 2], x.shape[x.rank - 1])
  let values = x.detached.scalars
  let size = height * width
  let reach = range.upperBound - range.lowerBound
  let pixels = (0..<size * channels).map { i -> UInt8 in
    let share = (values[i % channels * size + i / channels] - range.lowerBound) / reach
    return share > 0 ? UInt8(min(share, 1) * 255 + 0.5) : 0
  }
  return Picture(
    output: PictureOutput(
      title: title, description: description, height: height, width: width, channels: channels, pixels: pixels
    ))
}
