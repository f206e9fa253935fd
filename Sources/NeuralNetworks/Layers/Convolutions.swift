import Tensors

/// What all convolution layers have: where their windows lie.
public struct ConvolutionSettings: Sendable, Hashable {
  /// How far the windows move: down, right.
  public var stride: [Int]
  /// Zeros around the image: above and below, left and right.
  public var padding: [Int]
  /// How far apart a window's pixels lie: down, right.
  public var dilation: [Int]
  /// In how many groups the channels are, none of which sees the others.
  public var groups: Int
}

/// Filters that slide over images: [N, inputs, H, W] → [N, outputs, H′, W′]; see `conv2d`. Weights
/// [outputs, inputs / groups, kernel, kernel] and bias start from U(−1/√fanIn, 1/√fanIn), fanIn = inputs /
/// groups · kernel².
///
///     Conv2d(1, 32, kernelSize: 3, padding: 1)   // 320 parameters
public final class Conv2d: Module, CustomStringConvertible {
  /// The filters.
  @Parameter public var weight: Tensor
  /// A number for each output that is added, or `nil` for none.
  @OptionalParameter public var bias: Tensor?
  /// Where the windows lie.
  public let settings: ConvolutionSettings

  /// - Parameters:
  ///   - inputs: channels in.
  ///   - outputs: channels out: filters.
  ///   - kernelSize: one size for both axes, or [height, width].
  ///   - stride: 1 by default.
  ///   - padding: 0 by default.
  ///   - dilation: 1 by default.
  ///   - groups: 1 by default.
  ///   - bias: whether there is one; yes by default.
  public init(
    _ inputs: Int, _ outputs: Int, kernelSize: some SpatialSize, stride: some SpatialSize = 1,
    padding: some SpatialSize = 0, dilation: some SpatialSize = 1, groups: Int = 1, bias: Bool = true
  ) {
    let kernel = spatialPair(kernelSize, "kernelSize", "Conv2d", minimum: 1)
    if groups < 1 || inputs % groups != 0 || outputs % groups != 0 {
      stop("Conv2d: \(groups) groups do not divide \(inputs) inputs and \(outputs) outputs")
    }
    let shape = [outputs, inputs / groups, kernel.0, kernel.1]
    let fanIn = shape[1] * kernel.0 * kernel.1
    _weight = Parameter(uniformInitial(shape, fanIn: fanIn))
    _bias = OptionalParameter(bias ? uniformInitial([outputs], fanIn: fanIn) : nil)
    settings = ConvolutionSettings(
      stride: sizeList(stride, "stride", "Conv2d", minimum: 1),
      padding: sizeList(padding, "padding", "Conv2d", minimum: 0),
      dilation: sizeList(dilation, "dilation", "Conv2d", minimum: 1), groups: groups)
  }

  public func forward(_ x: Tensor) -> Tensor {
    conv2d(
      x, weight, bias, stride: settings.stride, padding: settings.padding, dilation: settings.dilation,
      groups: settings.groups)
  }

  public var description: String { settings.description("Conv2d", weight.shape, bias != nil) }
}

/// Filters that slide along sequences: [N, inputs, L] → [N, outputs, L′]; see `conv1d`.
public final class Conv1d: Module, CustomStringConvertible {
  /// The filters.
  @Parameter public var weight: Tensor
  /// A number for each output that is added, or `nil` for none.
  @OptionalParameter public var bias: Tensor?
  /// Where the windows lie.
  public let settings: ConvolutionSettings

  /// - Parameters:
  ///   - inputs: channels in.
  ///   - outputs: channels out: filters.
  ///   - kernelSize: one size for both axes, or [height, width].
  ///   - stride: 1 by default.
  ///   - padding: 0 by default.
  ///   - dilation: 1 by default.
  ///   - groups: 1 by default.
  ///   - bias: whether there is one; yes by default.
  public init(
    _ inputs: Int, _ outputs: Int, kernelSize: Int, stride: Int = 1, padding: Int = 0, dilation: Int = 1,
    groups: Int = 1, bias: Bool = true
  ) {
    if groups < 1 || inputs % groups != 0 || outputs % groups != 0 {
      stop("Conv1d: \(groups) groups do not divide \(inputs) inputs and \(outputs) outputs")
    }
    let fanIn = inputs / groups * kernelSize
    _weight = Parameter(uniformInitial([outputs, inputs / groups, kernelSize], fanIn: fanIn))
    _bias = OptionalParameter(bias ? uniformInitial([outputs], fanIn: fanIn) : nil)
    settings = ConvolutionSettings(stride: [stride], padding: [padding], dilation: [dilation], groups: groups)
  }

  public func forward(_ x: Tensor) -> Tensor {
    conv1d(
      x, weight, bias, stride: settings.stride[0], padding: settings.padding[0],
      dilation: settings.dilation[0],
      groups: settings.groups)
  }

  public var description: String { settings.description("Conv1d", weight.shape, bias != nil) }
}

/// A convolution's transpose, which makes images larger: [N, inputs, H, W] → [N, outputs, H′, W′]; see
/// `convTranspose2d`.
public final class ConvTranspose2d: Module, CustomStringConvertible {
  /// The filters.
  @Parameter public var weight: Tensor
  /// A number for each output that is added, or `nil` for none.
  @OptionalParameter public var bias: Tensor?
  /// Where the windows lie.
  public let settings: ConvolutionSettings
  /// Rows and columns more at the bottom and on the right.
  public let outputPadding: [Int]

  /// - Parameters:
  ///   - inputs: channels in.
  ///   - outputs: channels out: filters.
  ///   - kernelSize: one size for both axes, or [height, width].
  ///   - stride: 1 by default.
  ///   - padding: 0 by default.
  ///   - dilation: 1 by default.
  ///   - groups: 1 by default.
  ///   - bias: whether there is one; yes by default.
  public init(
    _ inputs: Int, _ outputs: Int, kernelSize: some SpatialSize, stride: some SpatialSize = 1,
    padding: some SpatialSize = 0, outputPadding: some SpatialSize = 0, dilation: some SpatialSize = 1,
    groups: Int = 1, bias: Bool = true
  ) {
    let name = "ConvTranspose2d"
    let kernel = spatialPair(kernelSize, "kernelSize", name, minimum: 1)
    if groups < 1 || inputs % groups != 0 || outputs % groups != 0 {
      stop("\(name): \(groups) groups do not divide \(inputs) inputs and \(outputs) outputs")
    }
    let fanIn = outputs / groups * kernel.0 * kernel.1
    _weight = Parameter(uniformInitial([inputs, outputs / groups, kernel.0, kernel.1], fanIn: fanIn))
    _bias = OptionalParameter(bias ? uniformInitial([outputs], fanIn: fanIn) : nil)
    settings = ConvolutionSettings(
      stride: sizeList(stride, "stride", name, minimum: 1),
      padding: sizeList(padding, "padding", name, minimum: 0),
      dilation: sizeList(dilation, "dilation", name, minimum: 1), groups: groups)
    self.outputPadding = sizeList(outputPadding, "outputPadding", name, minimum: 0)
  }

  public func forward(_ x: Tensor) -> Tensor {
    convTranspose2d(
      x, weight, bias, stride: settings.stride, padding: settings.padding, outputPadding: outputPadding,
      dilation: settings.dilation, groups: settings.groups)
  }

  public var description: String { settings.description("ConvTranspose2d", weight.shape, bias != nil) }
}

extension ConvolutionSettings {
  fileprivate func description(_ name: String, _ weight: [Int], _ hasBias: Bool) -> String {
    func text(_ sizes: [Int]) -> String { Set(sizes).count == 1 ? "\(sizes[0])" : "\(sizes)" }
    let isTransposed = name == "ConvTranspose2d"
    let (inputs, outputs) =
      isTransposed ? (weight[0], weight[1] * groups) : (weight[1] * groups, weight[0])
    var parts = ["\(inputs)", "\(outputs)", "kernelSize: \(text(Array(weight.dropFirst(2))))"]
    if stride.contains(where: { $0 != 1 }) { parts.append("stride: \(text(stride))") }
    if padding.contains(where: { $0 != 0 }) { parts.append("padding: \(text(padding))") }
    if dilation.contains(where: { $0 != 1 }) { parts.append("dilation: \(text(dilation))") }
    if groups != 1 { parts.append("groups: \(groups)") }
    if !hasBias { parts.append("bias: false") }
    return "\(name)(\(parts.joined(separator: ", ")))"
  }
}

private func sizeList(_ size: some SpatialSize, _ name: String, _ operation: String, minimum: Int) -> [Int] {
  let pair = spatialPair(size, name, operation, minimum: minimum)
  return [pair.0, pair.1]
}
