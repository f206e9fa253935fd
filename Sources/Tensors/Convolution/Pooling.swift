internal import CVectorMath

/// The largest value of each window: [N, C, H, W] or [C, H, W] → the same with fewer rows and columns.
///
/// - Parameters:
///   - kernelSize: the window's size; one number, or [vertical, horizontal].
///   - stride: how far the window moves, its own size by default.
///   - padding: how far it reaches over the edge, 0 by default; nothing out there is ever the largest.
public func maxPool2d(
  _ x: Tensor, kernelSize: some SpatialSize, stride: (any SpatialSize)? = nil, padding: some SpatialSize = 0
) -> Tensor {
  let (planes, window) = poolingWindow("maxPool2d", x, kernelSize, stride, padding)
  let isPlain =
    window.kernel_height == 2 && window.kernel_width == 2 && window.stride_y == 2 && window.stride_x == 2
    && window.padding_y == 0 && window.padding_x == 0
  return isPlain ? maxPool2x2(x, planes, window) : maxPoolAny(x, planes, window)
}

private func maxPool2x2(_ x: Tensor, _ planes: Int, _ window: Window) -> Tensor {
  let y = Tensor(uninitialized: pooledShape(x, window))
  let places = Bytes(count: y.count)
  let (area, outputs) = (window.height * window.width, window.outputCount)
  let grain = max(1, (1 << 14) / area)
  inChunks(planes, grain: grain) { start, n in
    max_pool_2x2(
      x.pointer + start * area, n, window.height, window.width, y.pointer + start * outputs,
      places.pointer + start * outputs)
  }
  return y.recorded("maxPool2d", from: x) { g in
    let dx = Tensor(uninitialized: x.shape)
    let source = x.stepBeforeReLU
    inChunks(planes, grain: grain) { start, n in
      max_pool_2x2_backward(
        g.pointer + start * outputs, source == nil ? nil : y.pointer + start * outputs,
        places.pointer + start * outputs, n, window.height, window.width, dx.pointer + start * area)
    }
    if let source { source.accumulate(dx) } else { x.receive(dx) }
  }
}

private func maxPoolAny(_ x: Tensor, _ planes: Int, _ window: Window) -> Tensor {
  let y = Tensor(uninitialized: pooledShape(x, window))
  let places = Bytes(count: y.count * 4)
  let (area, outputs) = (window.height * window.width, window.outputCount)
  places.pointer.withMemoryRebound(to: Int32.self, capacity: max(y.count, 1)) { places in
    inParallel(planes) {
      max_pool(x.pointer + $0 * area, window, y.pointer + $0 * outputs, places + $0 * outputs)
    }
  }
  return y.recorded("maxPool2d", from: x) { g in
    let dx = Tensor(filling: x.shape, with: 0)
    places.pointer.withMemoryRebound(to: Int32.self, capacity: max(y.count, 1)) { places in
      for plane in 0..<planes {
        for i in plane * outputs..<(plane + 1) * outputs {
          dx.pointer[plane * area + Int(places[i])] += g.pointer[i]
        }
      }
    }
    x.receive(dx)
  }
}

/// The mean of each window.
/// - Parameter countIncludesPadding: whether zeros beyond the edge count among what is averaged, as by
///   default.
public func avgPool2d(
  _ x: Tensor, kernelSize: some SpatialSize, stride: (any SpatialSize)? = nil, padding: some SpatialSize = 0,
  countIncludesPadding: Bool = true
) -> Tensor {
  let (_, w) = poolingWindow("avgPool2d", x, kernelSize, stride, padding)
  func windows(_ outputs: Int, _ size: Int, _ stride: Int, _ padding: Int, _ kernel: Int) -> [Averaged] {
    (0..<outputs).map { output in
      let start = output * stride - padding
      let end = min(start + kernel, size + padding)
      let inside = max(start, 0)..<min(end, size)
      return Averaged(range: inside, divisor: countIncludesPadding ? end - start : inside.count)
    }
  }
  return average(
    "avgPool2d", x, windows(w.output_height, w.height, w.stride_y, w.padding_y, w.kernel_height),
    windows(w.output_width, w.width, w.stride_x, w.padding_x, w.kernel_width))
}

/// The mean of windows that are chosen so that `outputSize` of them fit: 1 is the mean of each whole channel.
public func adaptiveAvgPool2d(_ x: Tensor, outputSize: some SpatialSize) -> Tensor {
  require(x.rank >= 2, "adaptiveAvgPool2d: \(x.shape): images need at least two axes")
  let outputs = spatialPair(outputSize, "outputSize", "adaptiveAvgPool2d", minimum: 1)
  func windows(_ outputs: Int, _ size: Int) -> [Averaged] {
    (0..<outputs).map { i in
      let range = i * size / outputs..<((i + 1) * size + outputs - 1) / outputs
      return Averaged(range: range, divisor: range.count)
    }
  }
  return average("adaptiveAvgPool2d", x, windows(outputs.0, x.size(-2)), windows(outputs.1, x.size(-1)))
}

/// The largest value of windows that are chosen so that `outputSize` of them fit: 1 is the largest of each channel.
public func adaptiveMaxPool2d(_ x: Tensor, outputSize: some SpatialSize) -> Tensor {
  require(x.rank >= 2, "adaptiveMaxPool2d: \(x.shape): images need at least two axes")
  let (rows, columns) = spatialPair(outputSize, "outputSize", "adaptiveMaxPool2d", minimum: 1)
  func windows(_ outputs: Int, _ size: Int) -> [Range<Int>] {
    (0..<outputs).map { $0 * size / outputs..<(($0 + 1) * size + outputs - 1) / outputs }
  }
  let lines = windows(rows, x.size(-2)).map { row in
    let line = x.slice(axis: -2, row)
    return stack(
      windows(columns, x.size(-1)).map {
        line.slice(axis: -1, $0).flatten(from: -2).max(axis: -1)
      }, axis: -1)
  }
  return stack(lines, axis: -2)
}

/// A range of rows or columns, and what its sum is divided by.
private struct Averaged {
  let range: Range<Int>
  let divisor: Int
}

private func average(_ name: StaticString, _ x: Tensor, _ rows: [Averaged], _ columns: [Averaged]) -> Tensor {
  let (height, width) = (x.shape[x.rank - 2], x.shape[x.rank - 1])
  let outputs = rows.count * columns.count
  let planes = x.count / max(height * width, 1)
  let y = Tensor(shape: Array(x.shape.dropLast(2)) + [rows.count, columns.count]) { y in
    for plane in 0..<planes {
      for (i, row) in rows.enumerated() {
        for (j, column) in columns.enumerated() {
          var total: Float = 0
          for r in row.range {
            let line = x.pointer + (plane * height + r) * width
            for c in column.range { total += line[c] }
          }
          y[plane * outputs + i * columns.count + j] = total / Float(row.divisor * column.divisor)
        }
      }
    }
  }
  return y.recorded(name, from: x) { g in
    let dx = Tensor(filling: x.shape, with: 0)
    for plane in 0..<planes {
      for (i, row) in rows.enumerated() {
        for (j, column) in columns.enumerated() {
          let share = g.pointer[plane * outputs + i * columns.count + j] / Float(row.divisor * column.divisor)
          for r in row.range {
            let line = dx.pointer + (plane * height + r) * width
            for c in column.range { line[c] += share }
          }
        }
      }
    }
    x.receive(dx)
  }
}

private func poolingWindow(
  _ name: String, _ x: Tensor, _ kernelSize: some SpatialSize, _ stride: (any SpatialSize)?,
  _ padding: some SpatialSize
) -> (planes: Int, Window) {
  require(x.rank == 3 || x.rank == 4, "\(name): \(x.shape): images need the axes [N, C, H, W] or [C, H, W]")
  let kernel = spatialPair(kernelSize, "kernelSize", name, minimum: 1)
  func plan(_ stride: some SpatialSize) -> WindowPlan {
    WindowPlan(name, kernel: kernel, stride: stride, padding: padding, dilation: 1)
  }
  let plan = stride.map { plan($0) } ?? plan([kernel.0, kernel.1])
  require(
    2 * plan.padding.0 <= kernel.0 && 2 * plan.padding.1 <= kernel.1,
    "\(name): a padding of \(plan.padding) is more than half the kernel \(kernel)")
  let window = plan.window(name, channels: 1, height: x.size(-2), width: x.size(-1))
  return (x.count / max(window.height * window.width, 1), window)
}

private func pooledShape(_ x: Tensor, _ window: Window) -> [Int] {
  Array(x.shape.dropLast(2)) + [window.output_height, window.output_width]
}

/// Bytes from the same pool as tensors' memory.
private final class Bytes: @unchecked Sendable {
  let pointer: UnsafeMutablePointer<UInt8>
  private let count: Int

  init(count: Int) {
    self.count = count
    guard let block = lectern_allocate(count) else { stop("out of memory: no room for \(count) bytes") }
    pointer = block.bindMemory(to: UInt8.self, capacity: max(count, 1))
  }

  deinit { lectern_free(pointer, count) }
}
