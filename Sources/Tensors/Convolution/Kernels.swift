internal import CVectorMath

/// The three products of a convolution, each by im2col and a matrix product, images shared out among the
/// threads.
///
/// With columns X (one for each window), weight W and output Y of one group of one image:
/// Y = W X, dX = Wᵀ dY, dW = dY Xᵀ.
struct ConvolutionKernel {
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

  /// dW: each thread adds up its own images.
  func weightGradient(_ g: Tensor, _ x: Tensor) -> Tensor {
    let images = x.shape[0]
    let shape = [outputChannels, window.channels, window.kernel_height, window.kernel_width]
    let sums = pieces(images).map { _ in Tensor(filling: shape, with: 0) }
    forEachImage(images) { range, columns in
      let sum = sums[pieces(images).firstIndex(of: range)!]
      for image in range {
        for group in 0..<groups {
          let source = toColumns(x.pointer + image * imageSize + group * window.inputCount, columns.pointer)
          let start = group * outputsPerGroup
          gemm(
            outputsPerGroup, patch, window.outputCount,
            g.pointer + image * outputSize + start * window.outputCount,
            source, transposeB: true, sum.pointer + start * patch, beta: 1)
        }
      }
    }
    guard var total = sums.first else { return Tensor(filling: shape, with: 0) }
    for other in sums.dropFirst() { total.add(other) }
    return total
  }

  private func toColumns(_ image: UnsafePointer<Float>, _ columns: UnsafeMutablePointer<Float>)
    -> UnsafePointer<Float>
  {
    if window.isPointwise { return image }
    image_to_columns(image, window, columns)
    return UnsafePointer(columns)
  }

  private func pieces(_ images: Int) -> [Range<Int>] {
    let count = min(images, Int(lectern_thread_count()))
    guard count > 0 else { return [] }
    let size = (images + count - 1) / count
    return stride(from: 0, to: images, by: size).map { $0..<min($0 + size, images) }
  }

  /// Shares the images out; each thread gets room for the columns of one.
  private func forEachImage(_ images: Int, _ body: (Range<Int>, Storage) -> Void) {
    let pieces = pieces(images)
    inParallel(pieces.count) { body(pieces[$0], Storage(count: window.isPointwise ? 0 : window.columnCount)) }
  }
}

/// The gradient of a bias: the sum over images and pixels.
func biasGradient(_ g: Tensor) -> Tensor {
  let plane = g.shape[2] * g.shape[3]
  let channels = g.shape[1]
  return Tensor(shape: [channels]) { y in
    inChunks(channels, grain: max(1, (1 << 15) / max(g.shape[0] * plane, 1))) { start, n in
      for channel in start..<start + n {
        y[channel] = 0
        for image in 0..<g.shape[0] {
          y[channel] += vector_sum(g.pointer + (image * channels + channel) * plane, plane)
        }
      }
    }
  }
}
