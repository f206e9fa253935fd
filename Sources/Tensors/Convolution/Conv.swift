internal import CVectorMath

/// Slides filters over images (as in networks, a cross-correlation: the filter is not turned round).
///
/// x [N, C, H, W], weight [O, C / groups, kernel height, kernel width], bias [O] → [N, O, H′, W′] with
/// H′ = ⌊(H + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1.
///
/// - Parameters:
///   - stride: how far the window moves, 1 by default; one number, or [vertical, horizontal].
///   - padding: rows and columns of zeros on each side, 0 by default.
///   - dilation: the distance of the pixels that a filter sees, 1 by default.
///   - groups: channels are cut into so many groups, each with filters of its own; 1 by default.
public func conv2d(
  _ x: Tensor, _ weight: Tensor, _ bias: Tensor? = nil, stride: some SpatialSize = 1,
  padding: some SpatialSize = 0,
  dilation: some SpatialSize = 1, groups: Int = 1
) -> Tensor {
  checkConvolution("conv2d", x, weight, bias, groups, channelAxis: 1, outputs: weight.shape.first ?? 0)
  let plan = WindowPlan(
    "conv2d", kernel: (weight.shape[2], weight.shape[3]), stride: stride, padding: padding, dilation: dilation
  )
  let window = plan.window("conv2d", channels: weight.shape[1], height: x.shape[2], width: x.shape[3])
  let method = convolutionMethod(window, groups: groups, outputChannels: weight.shape[0])
  let y = method.forward(x, weight, bias)
  return y.recorded("conv2d", from: bias.map { [x, weight, $0] } ?? [x, weight]) { g in
    x.receive(method.inputGradient(g, weight))
    guard weight.requiresGradient || bias?.requiresGradient == true else { return }
    let gradients = method.parameterGradients(g, x)
    weight.receive(gradients.weight)
    bias?.receive(gradients.bias)
  }
}

/// Slides filters along sequences: x [N, C, L], weight [O, C / groups, kernel], bias [O] → [N, O, L′].
public func conv1d(
  _ x: Tensor, _ weight: Tensor, _ bias: Tensor? = nil, stride: Int = 1, padding: Int = 0, dilation: Int = 1,
  groups: Int = 1
) -> Tensor {
  if x.rank != 3 || weight.rank != 3 {
    shapeError(
      "conv1d", x.shape, weight.shape, joinedBy: "with weight",
      rule: "both need three axes: [N, C, L] and [O, C / groups, kernel]")
  }
  return conv2d(
    x.unsqueeze(axis: 2), weight.unsqueeze(axis: 2), bias, stride: [1, stride], padding: [0, padding],
    dilation: [1, dilation], groups: groups
  ).squeeze(axis: 2)
}

/// The transpose of a convolution, which makes images larger: x [N, C, H, W], weight [C, O / groups, kernel
/// height, kernel width], bias [O] → [N, O, (H − 1)·stride − 2·padding + dilation·(kernel − 1) +
/// outputPadding + 1, …].
public func convTranspose2d(
  _ x: Tensor, _ weight: Tensor, _ bias: Tensor? = nil, stride: some SpatialSize = 1,
  padding: some SpatialSize = 0,
  outputPadding: some SpatialSize = 0, dilation: some SpatialSize = 1, groups: Int = 1
) -> Tensor {
  let name = "convTranspose2d"
  let outputs = weight.rank == 4 ? weight.shape[1] * groups : 0
  checkConvolution(name, x, weight, bias, groups, channelAxis: 0, outputs: outputs)
  let plan = WindowPlan(
    name, kernel: (weight.shape[2], weight.shape[3]), stride: stride, padding: padding, dilation: dilation)
  let extra = spatialPair(outputPadding, "outputPadding", name, minimum: 0)
  let height =
    (x.shape[2] - 1) * plan.stride.0 - 2 * plan.padding.0 + plan.dilation.0 * (plan.kernel.0 - 1) + extra.0
    + 1
  let width =
    (x.shape[3] - 1) * plan.stride.1 - 2 * plan.padding.1 + plan.dilation.1 * (plan.kernel.1 - 1) + extra.1
    + 1
  require(height > 0 && width > 0, "\(name): the padding \(plan.padding) leaves nothing of \(x.shape)")
  let window = plan.window(
    channels: weight.shape[1], height: height, width: width, outputs: (x.shape[2], x.shape[3]))
  let method = convolutionMethod(window, groups: groups, outputChannels: x.shape[1])
  var y = method.inputGradient(x, weight)
  if let bias { y = y.pointwise(.add, bias.reshapedRaw([outputs, 1, 1]), name) }
  return y.recorded("convTranspose2d", from: bias.map { [x, weight, $0] } ?? [x, weight]) { g in
    x.receive(method.forward(g, weight, nil))
    weight.receive(method.parameterGradients(x, g).weight)
    bias?.receive(g.sumRaw(axes: [0, 2, 3]))
  }
}

private func checkConvolution(
  _ name: String, _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ groups: Int, channelAxis: Int,
  outputs: Int
) {
  func fail(_ rule: String) -> Never {
    shapeError(name, x.shape, weight.shape, joinedBy: "with weight", rule: rule)
  }
  if x.rank != 4 || weight.rank != 4 {
    fail("both need four axes: images [N, C, H, W] and filters")
  }
  if groups < 1 || x.shape[1] % groups != 0 || weight.shape[0] % groups != 0 {
    fail("\(groups) groups do not divide \(x.shape[1]) channels and \(weight.shape[0]) filters")
  }
  let wanted = channelAxis == 1 ? weight.shape[1] * groups : weight.shape[0]
  if x.shape[1] != wanted { fail("the filters are for \(wanted) channels, the images have \(x.shape[1])") }
  if let bias, bias.shape != [outputs] {
    shapeError(
      name, weight.shape, bias.shape, joinedBy: "with bias", rule: "the bias must have shape [\(outputs)]")
  }
}

/// Every window of every image as a column: [N, C, H, W] → [N, C · kernel height · kernel width, windows].
public func unfold(
  _ x: Tensor, kernelSize: some SpatialSize, stride: some SpatialSize = 1, padding: some SpatialSize = 0,
  dilation: some SpatialSize = 1
) -> Tensor {
  require(x.rank == 4, "unfold: \(x.shape): images need four axes [N, C, H, W]")
  let kernel = spatialPair(kernelSize, "kernelSize", "unfold", minimum: 1)
  let plan = WindowPlan("unfold", kernel: kernel, stride: stride, padding: padding, dilation: dilation)
  let window = plan.window("unfold", channels: x.shape[1], height: x.shape[2], width: x.shape[3])
  let rows = x.shape[1] * kernel.0 * kernel.1
  let images = x.shape[0]
  let result = Tensor(shape: [images, rows, window.outputCount]) { y in
    inParallel(images) {
      image_to_columns(x.pointer + $0 * window.inputCount, window, y + $0 * window.columnCount)
    }
  }
  return result.recorded("unfold", from: x) { g in
    let dx = Tensor(filling: x.shape, with: 0)
    inParallel(images) {
      columns_to_image(g.pointer + $0 * window.columnCount, window, dx.pointer + $0 * window.inputCount)
    }
    x.receive(dx)
  }
}
