internal import CVectorMath

/// The memory of one or more tensors: `count` floats, uninitialised at first, shared until one of them
/// writes.
package final class Storage: @unchecked Sendable {
  package let pointer: UnsafeMutablePointer<Float>
  package let count: Int

  package init(count: Int) {
    let bytes = count * MemoryLayout<Float>.stride
    guard let block = lectern_allocate(bytes) else {
      stop("out of memory: no room for a tensor of \(count) elements (\(bytes) bytes)")
    }
    pointer = block.bindMemory(to: Float.self, capacity: max(count, 1))
    self.count = count
  }

  deinit { lectern_free(pointer, count * MemoryLayout<Float>.stride) }
}

/// The memory that tensors use: what is in use now, the most that ever was, and what is kept for reuse, in
/// bytes. Counted are blocks of 16 KB and more.
public struct MemoryUse: Sendable, CustomStringConvertible {
  /// The bytes in use now.
  public let current: Int
  /// The most bytes that ever were in use, or since `resetPeak()`.
  public let peak: Int
  /// The bytes that are not in use and kept for the next tensors.
  public let kept: Int

  /// The memory in use at this moment.
  public static var now: MemoryUse {
    MemoryUse(
      current: Int(lectern_bytes_in_use()), peak: Int(lectern_bytes_peak()), kept: Int(lectern_bytes_kept()))
  }

  /// Lets the peak start again from what is in use now.
  public static func resetPeak() { lectern_reset_peak() }

  public var description: String {
    "\(current >> 10) KB in use, \(peak >> 10) KB at the most, \(kept >> 10) KB kept"
  }
}
