internal import CVectorMath

/// One number for both directions, or [vertical, horizontal]: a kernel size, a stride, a padding, a dilation.
public protocol SpatialSize {
  /// The vertical and the horizontal number, if these are one or two.
  var pair: (Int, Int)? { get }
}

extension Int: SpatialSize {
  public var pair: (Int, Int)? { (self, self) }
}

extension [Int]: SpatialSize {
  public var pair: (Int, Int)? { count == 2 ? (self[0], self[1]) : count == 1 ? (self[0], self[0]) : nil }
}

/// A pair of sizes, both at least `minimum`.
package func spatialPair(_ size: some SpatialSize, _ name: String, _ operation: String, minimum: Int) -> (
  Int, Int
) {
  guard let pair = size.pair else { stop("\(operation): \(name) \(size) must be one number or two") }
  require(
    pair.0 >= minimum && pair.1 >= minimum, "\(operation): \(name) \(size) must be at least \(minimum)")
  return pair
}

/// The outputs of a window that slides over `size` inputs: ⌊(size + 2·padding − dilation·(kernel − 1) − 1) /
/// stride⌋ + 1.
///
///     slidingOutputs(28, kernel: 3, stride: 1, padding: 1)   // 28
public func slidingOutputs(_ size: Int, kernel: Int, stride: Int = 1, padding: Int = 0, dilation: Int = 1)
  -> Int
{
  let room = size + 2 * padding - dilation * (kernel - 1) - 1
  return room < 0 ? 0 : room / stride + 1
}

/// Where windows lie: what every operation of this folder begins with.
struct WindowPlan {
  var kernel: (Int, Int)
  var stride: (Int, Int)
  var padding: (Int, Int)
  var dilation: (Int, Int)

  init(
    _ operation: String, kernel: (Int, Int), stride: some SpatialSize, padding: some SpatialSize,
    dilation: some SpatialSize
  ) {
    self.kernel = kernel
    self.stride = spatialPair(stride, "stride", operation, minimum: 1)
    self.padding = spatialPair(padding, "padding", operation, minimum: 0)
    self.dilation = spatialPair(dilation, "dilation", operation, minimum: 1)
  }

  /// The windows over `channels` planes of a size; stops where not even one fits.
  func window(_ operation: String, channels: Int, height: Int, width: Int) -> Window {
    let rows = slidingOutputs(
      height, kernel: kernel.0, stride: stride.0, padding: padding.0, dilation: dilation.0)
    let columns = slidingOutputs(
      width, kernel: kernel.1, stride: stride.1, padding: padding.1, dilation: dilation.1)
    require(
      rows > 0 && columns > 0,
      "\(operation): a kernel of \(kernel.0) × \(kernel.1) (dilation \(dilation.0), \(dilation.1)) is larger than the image of \(height) × \(width) with padding \(padding.0), \(padding.1)"
    )
    return window(channels: channels, height: height, width: width, outputs: (rows, columns))
  }

  func window(channels: Int, height: Int, width: Int, outputs: (Int, Int)) -> Window {
    Window(
      channels: channels, height: height, width: width, kernel_height: kernel.0, kernel_width: kernel.1,
      stride_y: stride.0, stride_x: stride.1, padding_y: padding.0, padding_x: padding.1,
      dilation_y: dilation.0, dilation_x: dilation.1, output_height: outputs.0, output_width: outputs.1)
  }
}

extension Window {
  /// Elements of one image's columns: all windows of all channels.
  var columnCount: Int { channels * kernel_height * kernel_width * output_height * output_width }
  var outputCount: Int { output_height * output_width }
  var inputCount: Int { channels * height * width }
  /// Whether each window is one pixel of its own, so that the image is its columns.
  var isPointwise: Bool {
    kernel_height == 1 && kernel_width == 1 && stride_y == 1 && stride_x == 1 && padding_y == 0
      && padding_x == 0
  }
}
