public import Tensors

/// A convolution step by step: for each place of the filter the pixels it sees, the sum it makes of them, and how.
///
///     convolutionSteps([[0, 1, 2], [3, 4, 5], [6, 7, 8]], [[0, 1], [2, 3]])
///
/// - Parameters:
///   - image: one picture [H, W].
///   - filter: one filter [h, w].
///   - stride: how far the filter moves, 1 by default.
///   - padding: rows and columns of zeros around the picture, 0 by default.
public func convolutionSteps(_ image: Tensor, _ filter: Tensor, stride: Int = 1, padding: Int = 0) -> Table {
  let steps = ConvolutionWindows("convolutionSteps", image, filter, stride: stride, padding: padding)
  let rows = (0..<steps.output.count).map { place -> [any TableCell] in
    [
      "(\(place / steps.columns), \(place % steps.columns))",
      steps.pixels(at: place).map(shortest).joined(separator: " "), steps.products(at: place),
      shortest(steps.output.scalars[place]),
    ]
  }
  return table(["place", "window", "products", "sum"], rows, rowHeaders: true)
}
