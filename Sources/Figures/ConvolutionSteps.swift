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
  if image.rank != 2 || filter.rank != 2 {
    shapeError(
      "convolutionSteps", image.shape, filter.shape, joinedBy: "with filter",
      rule: "both must be pictures of one channel, [height, width]")
  }
  func pictures(_ x: Tensor) -> Tensor { x.detached.reshape([1, 1] + x.shape) }
  let windows = unfold(pictures(image), kernelSize: filter.shape, stride: stride, padding: padding)[0]
  let output = conv2d(pictures(image), pictures(filter), stride: stride, padding: padding)[0, 0]
  let weights = filter.scalars
  let columns = output.shape[1]
  let rows = (0..<output.count).map { place -> [any TableCell] in
    let pixels = windows[.all, place].scalars
    let products = zip(pixels, weights).map { "\(shortest($0))·\(shortest($1))" }
    return [
      "(\(place / columns), \(place % columns))", pixels.map(shortest).joined(separator: " "),
      products.joined(separator: " + "), shortest(output.scalars[place]),
    ]
  }
  return table(["place", "window", "products", "sum"], rows, rowHeaders: true)
}

/// A whole number without decimals, any other with as many as it needs, up to four.
private func shortest(_ value: Float) -> String {
  if value == value.rounded() && abs(value) < 1e6 { return "\(Int(value))" }
  var text = decimal(Double(value), 4)
  while text.hasSuffix("0") { text.removeLast() }
  return text
}
