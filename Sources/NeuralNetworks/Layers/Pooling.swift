import Tensors

/// The largest value of each window; see `maxPool2d`.
public final class MaxPool2d: Module {
  private let kernelSize: [Int], stride: [Int]?, padding: [Int]

  /// - Parameters:
  ///   - kernelSize: one size for both axes, or [height, width].
  ///   - stride: the kernel's size by default.
  ///   - padding: 0 by default.
  public init(_ kernelSize: some SpatialSize, stride: (any SpatialSize)? = nil, padding: some SpatialSize = 0)
  {
    (self.kernelSize, self.stride, self.padding) = poolSizes("MaxPool2d", kernelSize, stride, padding)
  }

  public func forward(_ x: Tensor) -> Tensor {
    maxPool2d(x, kernelSize: kernelSize, stride: stride, padding: padding)
  }
}

/// The mean of each window; see `avgPool2d`.
public final class AvgPool2d: Module {
  private let kernelSize: [Int], stride: [Int]?, padding: [Int]
  private let countIncludesPadding: Bool

  /// - Parameters:
  ///   - kernelSize: one size for both axes, or [height, width].
  ///   - stride: the kernel's size by default.
  ///   - padding: 0 by default.
  ///   - countIncludesPadding: whether the zeros around the image count in the mean; yes by default.
  public init(
    _ kernelSize: some SpatialSize, stride: (any SpatialSize)? = nil, padding: some SpatialSize = 0,
    countIncludesPadding: Bool = true
  ) {
    (self.kernelSize, self.stride, self.padding) = poolSizes("AvgPool2d", kernelSize, stride, padding)
    self.countIncludesPadding = countIncludesPadding
  }

  public func forward(_ x: Tensor) -> Tensor {
    avgPool2d(
      x, kernelSize: kernelSize, stride: stride, padding: padding, countIncludesPadding: countIncludesPadding)
  }
}

/// Means of windows chosen so that `outputSize` of them fit; 1 is the mean of each channel.
public final class AdaptiveAvgPool2d: Module {
  private let outputSize: [Int]

  /// - Parameter outputSize: one size for both axes, or [height, width].
  public init(_ outputSize: some SpatialSize) {
    let pair = spatialPair(outputSize, "outputSize", "AdaptiveAvgPool2d", minimum: 1)
    self.outputSize = [pair.0, pair.1]
  }

  public func forward(_ x: Tensor) -> Tensor { adaptiveAvgPool2d(x, outputSize: outputSize) }
}

/// The largest values of windows chosen so that `outputSize` of them fit.
public final class AdaptiveMaxPool2d: Module {
  private let outputSize: [Int]

  /// - Parameter outputSize: one size for both axes, or [height, width].
  public init(_ outputSize: some SpatialSize) {
    let pair = spatialPair(outputSize, "outputSize", "AdaptiveMaxPool2d", minimum: 1)
    self.outputSize = [pair.0, pair.1]
  }

  public func forward(_ x: Tensor) -> Tensor { adaptiveMaxPool2d(x, outputSize: outputSize) }
}

private func poolSizes(
  _ name: String, _ kernelSize: some SpatialSize, _ stride: (any SpatialSize)?, _ padding: some SpatialSize
) -> ([Int], [Int]?, [Int]) {
  func list(_ size: some SpatialSize, _ what: String, _ minimum: Int) -> [Int] {
    let pair = spatialPair(size, what, name, minimum: minimum)
    return [pair.0, pair.1]
  }
  return (
    list(kernelSize, "kernelSize", 1), stride.map { list($0, "stride", 1) }, list(padding, "padding", 0)
  )
}
