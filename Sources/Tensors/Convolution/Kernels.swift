internal import CVectorMath

/// The three products of a convolution.
protocol ConvolutionMethod {
  /// Y = W X, with the bias added.
  func forward(_ x: Tensor, _ weight: Tensor, _ bias: Tensor?) -> Tensor
  /// dX = Wᵀ dY.
  func inputGradient(_ g: Tensor, _ weight: Tensor) -> Tensor
  /// dW = dY Xᵀ, and the bias's gradient, the sum of dY over images and pixels.
  func parameterGradients(_ g: Tensor, _ x: Tensor) -> ParameterGradients
}

/// The gradients of a convolution's parameters.
struct ParameterGradients {
  var weight: Tensor
  var bias: Tensor

  init(weight shape: [Int], outputs: Int) {
    weight = Tensor(filling: shape, with: 0)
    bias = Tensor(filling: [outputs], with: 0)
  }
}

/// The fastest way to convolve.
func convolutionMethod(_ window: Window, groups: Int, outputChannels: Int) -> any ConvolutionMethod {
  if WinogradConvolution.suits(window, groups: groups, outputChannels: outputChannels) {
    return WinogradConvolution(window: window, outputChannels: outputChannels)
  }
  return ColumnConvolution(window: window, groups: groups, outputChannels: outputChannels)
}

/// The images cut into a range for each thread.
func imagePieces(_ images: Int) -> [Range<Int>] {
  let count = min(images, Int(lectern_thread_count()))
  guard count > 0 else { return [] }
  let size = (images + count - 1) / count
  return stride(from: 0, to: images, by: size).map { $0..<min($0 + size, images) }
}

/// A convolution by im2col and a matrix product, images shared out among the threads.
///
/// X holds one column for each window of one group of one image.
struct ColumnConvolution: ConvolutionMethod {
  /// The windows over one group's channels.
  let window: Window
  let groups: Int
  let outputChannels: Int

  private var patch: Int { window.channels * window.kernel_height * window.kernel_width }
  private var outputsPerGroup: Int { outputChannels / groups }
  private var imageSize: Int { window.inputCount * groups }
  private var outputSize: Int { window.outputCount * outputChannels }

  /// Y, with the bias added.
  func forward(_ x: Tensor, _ weight: Tensor, _ bias: Tensor?) -> Tensor {
    let images = x.shape[0]
    let y = Tensor(uninitialized: [images, outputChannels, window.output_height, window.output_width])
    forEachImage(images) { range, columns in
      for image in range {
        for group in 0..<groups {
          let source = toColumns(x.pointer + image * imageSize + group * window.inputCount, columns.pointer)
          let start = group * outputsPerGroup
          let output = y.pointer + image * outputSize + start * window.outputCount
          if let bias {
            for channel in 0..<outputsPerGroup {
              vector_fill(
                bias.pointer[start + channel], output + channel * window.outputCount, window.outputCount)
            }
          }
          gemm(
            outputsPerGroup, window.outputCount, patch, weight.pointer + start * patch, source, output,
            beta: bias == nil ? 0 : 1)
        }
      }
    }
    return y
  }

  /// dX.
  func inputGradient(_ g: Tensor, _ weight: Tensor) -> Tensor {
    let images = g.shape[0]
    let channels = window.channels * groups
    let dx = Tensor(uninitialized: [images, channels, window.height, window.width])
    forEachImage(images) { range, columns in
      for image in range {
        for group in 0..<groups {
          let start = group * outputsPerGroup
          let gradient = g.pointer + image * outputSize + start * window.outputCount
          let target = dx.pointer + image * imageSize + group * window.inputCount
          let weights = weight.pointer + start * patch
          if window.isPointwise {
            gemm(patch, window.outputCount, outputsPerGroup, weights, transposeA: true, gradient, target)
          } else {
            gemm(
              patch, window.outputCount, outputsPerGroup, weights, transposeA: true, gradient, columns.pointer
            )
            vector_fill(0, target, window.inputCount)
            columns_to_image(columns.pointer, window, target)
          }
        }
      }
    }
    return dx
  }

  /// Each thread adds up its own images.
  func parameterGradients(_ g: Tensor, _ x: Tensor) -> ParameterGradients {
    let shape = [outputChannels, window.channels, window.kernel_height, window.kernel_width]
    let pieces = imagePieces(x.shape[0])
    let sums = pieces.map { _ in ParameterGradients(weight: shape, outputs: outputChannels) }
    forEachImage(x.shape[0]) { range, columns in
      let sum = sums[pieces.firstIndex(of: range)!]
      for image in range {
        let gradient = g.pointer + image * outputSize
        for channel in 0..<outputChannels {
          sum.bias.pointer[channel] += vector_sum(gradient + channel * window.outputCount, window.outputCount)
        }
        for group in 0..<groups {
          let source = toColumns(x.pointer + image * imageSize + group * window.inputCount, columns.pointer)
          let start = group * outputsPerGroup
          gemm(
            outputsPerGroup, patch, window.outputCount, gradient + start * window.outputCount, source,
            transposeB: true, sum.weight.pointer + start * patch, beta: 1)
        }
      }
    }
    var total = sums.first ?? ParameterGradients(weight: shape, outputs: outputChannels)
    for other in sums.dropFirst() {
      total.weight.add(other.weight)
      total.bias.add(other.bias)
    }
    return total
  }

  private func toColumns(_ image: UnsafePointer<Float>, _ columns: UnsafeMutablePointer<Float>)
    -> UnsafePointer<Float>
  {
    if window.isPointwise { return image }
    image_to_columns(image, window, columns)
    return UnsafePointer(columns)
  }

  /// Shares the images out; each thread gets room for the columns of one.
  private func forEachImage(_ images: Int, _ body: (Range<Int>, Storage) -> Void) {
    let pieces = imagePieces(images)
    inParallel(pieces.count) { body(pieces[$0], Storage(count: window.isPointwise ? 0 : window.columnCount)) }
  }
}
