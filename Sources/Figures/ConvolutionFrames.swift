import CellOutputs
public import Tensors

/// A convolution behind a slider: for each place of the filter the pixels under it, the products, and the sum that
/// it writes into the result.
///
///     convolutionFrames([[0, 1, 2], [3, 4, 5], [6, 7, 8]], [[0, 1], [2, 3]])
///
/// - Parameters:
///   - image: one picture [H, W].
///   - filter: one filter [h, w].
///   - stride: how far the filter moves, 1 by default.
///   - padding: rows and columns of zeros around the picture, 0 by default.
public func convolutionFrames(
  _ image: Tensor, _ filter: Tensor, stride: Int = 1, padding: Int = 0, title: String? = nil
) -> Frames {
  let steps = ConvolutionWindows("convolutionFrames", image, filter, stride: stride, padding: padding)
  var film = Frames("place", title: title)
  for place in 0..<steps.output.count {
    let (row, column) = (place / steps.columns, place % steps.columns)
    film.append(
      steps.scene(at: place, stride: stride, padding: padding), at: place + 1,
      caption: "place (\(row), \(column)): \(steps.sum(at: place))")
  }
  return film
}

/// A convolution's windows, one for each place of the filter, and what the filter makes of them.
struct ConvolutionWindows {
  let image: Tensor
  let filter: Tensor
  let windows: Tensor
  let output: Tensor
  var columns: Int { output.shape[1] }

  init(_ function: String, _ image: Tensor, _ filter: Tensor, stride: Int, padding: Int) {
    if image.rank != 2 || filter.rank != 2 {
      shapeError(
        function, image.shape, filter.shape, joinedBy: "with filter",
        rule: "both must be pictures of one channel, [height, width]")
    }
    func pictures(_ x: Tensor) -> Tensor { x.detached.reshape([1, 1] + x.shape) }
    (self.image, self.filter) = (image.detached, filter.detached)
    windows = unfold(pictures(image), kernelSize: filter.shape, stride: stride, padding: padding)[0]
    output = conv2d(pictures(image), pictures(filter), stride: stride, padding: padding)[0, 0]
  }

  /// The pixels under the filter.
  func pixels(at place: Int) -> [Float] { windows[.all, place].scalars }

  /// "0·0 + 1·1 + 3·2 + 4·3".
  func products(at place: Int) -> String {
    zip(pixels(at: place), filter.scalars).map { "\(shortest($0))·\(shortest($1))" }.joined(separator: " + ")
  }

  /// "0·0 + 1·1 + 3·2 + 4·3 = 19".
  func sum(at place: Int) -> String { "\(products(at: place)) = \(shortest(output.scalars[place]))" }

  /// The picture with the filter's place on it, the filter, and the result so far.
  func scene(at place: Int, stride: Int, padding: Int) -> Scene {
    let (row, column) = (place / columns, place % columns)
    let (height, width) = (image.shape[0] + 2 * padding, image.shape[1] + 2 * padding)
    let filterLeft = Double(width) + 1
    let outputLeft = filterLeft + Double(filter.shape[1]) + 1
    let right = outputLeft + Double(columns)
    let lowest = max(height, filter.shape[0], output.shape[0])
    var scene = Scene(
      x: 0...right, y: -0.8...Double(lowest),
      description: "The filter at row \(row * stride), column \(column * stride): \(sum(at: place))",
      isDownward: true)
    scene.text("picture", at: (Double(width) / 2, -0.4), ink: .muted, size: 13)
    scene.text("filter", at: (filterLeft + Double(filter.shape[1]) / 2, -0.4), ink: .muted, size: 13)
    scene.text("result", at: (outputLeft + Double(columns) / 2, -0.4), ink: .muted, size: 13)
    ruled(&scene, left: 0, rows: height, columns: width)
    ruled(&scene, left: filterLeft, rows: filter.shape[0], columns: filter.shape[1])
    ruled(&scene, left: outputLeft, rows: output.shape[0], columns: columns)
    let (top, left) = (row * stride, column * stride)
    for i in 0..<height {
      for j in 0..<width {
        let isInside = (padding..<height - padding).contains(i) && (padding..<width - padding).contains(j)
        let value = isInside ? image[i - padding, j - padding].item : 0
        number(&scene, Double(j), Double(i), shortest(value), isInside ? .ink : .muted)
      }
    }
    for i in 0..<filter.shape[0] {
      for j in 0..<filter.shape[1] {
        number(&scene, filterLeft + Double(j), Double(i), shortest(filter[i, j].item), .blue)
      }
    }
    for other in 0...place {
      number(
        &scene, outputLeft + Double(other % columns), Double(other / columns), shortest(output.scalars[other]),
        other == place ? .orange : .ink)
    }
    scene.rectangle(
      (Double(left), Double(top)), (Double(left + filter.shape[1]), Double(top + filter.shape[0])), ink: .blue,
      width: 3.5)
    scene.rectangle(
      (outputLeft + Double(column), Double(row)), (outputLeft + Double(column + 1), Double(row + 1)),
      ink: .orange, width: 3.5)
    return scene
  }

  private func number(_ scene: inout Scene, _ x: Double, _ y: Double, _ text: String, _ ink: Scene.Ink) {
    scene.text(text, at: (x + 0.5, y + 0.5), ink: ink, size: 15)
  }

  /// The lines between squares.
  private func ruled(_ scene: inout Scene, left: Double, rows: Int, columns: Int) {
    for i in 0...rows {
      scene.line((left, Double(i)), (left + Double(columns), Double(i)), ink: .faint, width: 1)
    }
    for j in 0...columns {
      scene.line((left + Double(j), 0), (left + Double(j), Double(rows)), ink: .faint, width: 1)
    }
  }
}

/// A whole number without decimals, any other with as many as it needs, up to four.
func shortest(_ value: Float) -> String {
  if value == value.rounded() && abs(value) < 1e6 { return "\(Int(value))" }
  guard value.isFinite else { return "\(value)" }
  var text = decimal(Double(value), 4)
  while text.hasSuffix("0") { text.removeLast() }
  return text
}
