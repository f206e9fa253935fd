internal import CVectorMath

/// The three products of a 3 × 3 convolution by Winograd's minimal filtering F(2 × 2, 3 × 3) (Lavin & Gray 2016):
/// 16 products for 2 × 2 outputs in place of 36, in 16 matrix products over all channels.
///
/// With U = G w Gᵀ and V = Bᵀ d B of each tile of inputs: y = Aᵀ (U V) A. The gradient of the inputs is the same
/// with the filters turned round, that of the weights Gᵀ ((A dy Aᵀ) Vᵀ) G.
struct WinogradConvolution: ConvolutionMethod {
  let window: Window
  let outputChannels: Int

  /// Whether windows are of the kind that this is for, with channels enough to be worth the way to tiles and back.
  static func suits(_ window: Window, groups: Int, outputChannels: Int) -> Bool {
    window.kernel_height == 3 && window.kernel_width == 3 && window.stride_y == 1 && window.stride_x == 1
      && window.dilation_y == 1 && window.dilation_x == 1 && window.padding_y <= 2 && window.padding_x <= 2
      && groups == 1 && window.channels >= 8 && outputChannels >= 8
  }

  private var inputs: Planes { Planes(window.channels, window.height, window.width) }
  private var outputs: Planes { Planes(outputChannels, window.output_height, window.output_width) }

  func forward(_ x: Tensor, _ weight: Tensor, _ bias: Tensor?) -> Tensor {
    filter(x, inputs, tiles(of: weight), bias, outputs, top: window.padding_y, left: window.padding_x)
  }

  func inputGradient(_ g: Tensor, _ weight: Tensor) -> Tensor {
    filter(
      g, outputs, tiles(ofTurned: weight), nil, inputs, top: 2 - window.padding_y, left: 2 - window.padding_x)
  }

  func parameterGradients(_ g: Tensor, _ x: Tensor) -> ParameterGradients {
    let (filters, patches) = (outputChannels, window.channels)
    let pieces = imagePieces(x.shape[0])
    let sums = pieces.map { _ in ParameterGradients(weight: [16, filters, patches], outputs: filters) }
    inParallel(pieces.count) { piece in
      let room = TileRoom(outputs, inputs, outputs, images: pieces[piece].count)
      room.forEachBatch(pieces[piece]) { images, tiles in
        for (place, image) in images.enumerated() {
          let at = place * room.tilesPerImage
          winograd_inputs(
            x.pointer + image * inputs.count, patches, inputs.height, inputs.width, window.padding_y,
            window.padding_x, tiles, room.scratch, room.first + at)
          winograd_gradients(
            g.pointer + image * outputs.count, filters, outputs.height, outputs.width, tiles, room.scratch,
            room.second + at)
        }
        for part in 0..<16 {
          gemm(
            filters, patches, tiles.pitch, room.second + part * filters * tiles.pitch,
            room.first + part * patches * tiles.pitch, transposeB: true,
            sums[piece].weight.pointer + part * filters * patches, beta: 1)
        }
        // Part 5 of a tile is the sum of the tile's gradients.
        for filter in 0..<filters {
          sums[piece].bias.pointer[filter] += vector_sum(
            room.second + (5 * filters + filter) * tiles.pitch, tiles.pitch)
        }
      }
    }
    var result = ParameterGradients(weight: [filters, patches, 3, 3], outputs: filters)
    for sum in sums { result.bias.add(sum.bias) }
    inChunks(filters * patches, grain: 512) { start, n in
      for sum in sums {
        winograd_weight_gradients(
          sum.weight.pointer + start, n, filters * patches, result.weight.pointer + start * 9)
      }
    }
    return result
  }

  /// Filters as tiles [16, outputs, inputs].
  private func tiles(of weight: Tensor) -> Tensor {
    let (filters, patches) = (outputChannels, window.channels)
    let result = Tensor(uninitialized: [16, filters, patches])
    inChunks(filters * patches, grain: 512) { start, n in
      winograd_weights(weight.pointer + start * 9, n, 9, 0, result.pointer + start, 1, filters * patches)
    }
    return result
  }

  /// Filters turned by half a turn as tiles [16, inputs, outputs].
  private func tiles(ofTurned weight: Tensor) -> Tensor {
    let (filters, patches) = (outputChannels, window.channels)
    let result = Tensor(uninitialized: [16, patches, filters])
    inParallel(patches) { patch in
      winograd_weights(
        weight.pointer + patch * 9, filters, patches * 9, 1, result.pointer + patch * filters, 1,
        filters * patches)
    }
    return result
  }

  private func filter(
    _ x: Tensor, _ source: Planes, _ weights: Tensor, _ bias: Tensor?, _ target: Planes, top: Int, left: Int
  ) -> Tensor {
    let y = Tensor(uninitialized: [x.shape[0], target.channels, target.height, target.width])
    let pieces = imagePieces(x.shape[0])
    inParallel(pieces.count) { piece in
      let room = TileRoom(target, source, target, images: pieces[piece].count)
      room.forEachBatch(pieces[piece]) { images, tiles in
        for (place, image) in images.enumerated() {
          winograd_inputs(
            x.pointer + image * source.count, source.channels, source.height, source.width, top, left, tiles,
            room.scratch, room.first + place * room.tilesPerImage)
        }
        for part in 0..<16 {
          gemm(
            target.channels, tiles.pitch, source.channels,
            weights.pointer + part * target.channels * source.channels,
            room.first + part * source.channels * tiles.pitch,
            room.second + part * target.channels * tiles.pitch)
        }
        for (place, image) in images.enumerated() {
          winograd_outputs(
            room.second + place * room.tilesPerImage, target.channels, tiles, bias?.pointer, room.scratch,
            y.pointer + image * target.count, target.height, target.width)
        }
      }
    }
    return y
  }
}

/// The planes of one image.
private struct Planes {
  let channels: Int, height: Int, width: Int
  var count: Int { channels * height * width }

  init(_ channels: Int, _ height: Int, _ width: Int) {
    (self.channels, self.height, self.width) = (channels, height, width)
  }
}

/// Room for the tiles of a few images, for one thread: as many as stay in the second-level cache.
private struct TileRoom {
  private static let size = 1 << 17

  private let rows: Int, columns: Int, batch: Int
  private let storage: Storage
  let tilesPerImage: Int
  let scratch: UnsafeMutablePointer<Float>
  let first: UnsafeMutablePointer<Float>
  let second: UnsafeMutablePointer<Float>

  /// - Parameters:
  ///   - covered: the planes that the tiles' 2 × 2 cover.
  ///   - first, second: the planes whose channels the two rooms are for.
  init(_ covered: Planes, _ first: Planes, _ second: Planes, images: Int) {
    rows = (covered.height + 1) / 2
    columns = (covered.width + 1) / 2 + 1
    tilesPerImage = rows * columns
    let channels = first.channels + second.channels
    batch = min(max(TileRoom.size / (16 * channels * tilesPerImage), 1), max(images, 1))
    let border = (2 * rows + 4) * 2 * columns
    storage = Storage(count: border + 16 * channels * tilesPerImage * batch)
    scratch = storage.pointer
    self.first = scratch + border
    self.second = self.first + 16 * first.channels * tilesPerImage * batch
  }

  /// Calls `body` with a few images at a time, and how their tiles lie.
  func forEachBatch(_ images: Range<Int>, _ body: (Range<Int>, WinogradTiles) -> Void) {
    for start in stride(from: images.lowerBound, to: images.upperBound, by: batch) {
      let range = start..<min(start + batch, images.upperBound)
      body(range, WinogradTiles(rows: rows, columns: columns, pitch: range.count * tilesPerImage))
    }
  }
}
