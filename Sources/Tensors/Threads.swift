internal import CVectorMath

/// Runs `body` for 0 ..< count on all threads; calls inside it run in one thread each.
package func inParallel(_ count: Int, _ body: (Int) -> Void) {
  guard count > 1 else {
    if count == 1 { body(0) }
    return
  }
  withoutActuallyEscaping(body) { escaping in
    var work = escaping
    withUnsafeMutablePointer(to: &work) { pointer in
      lectern_parallel(
        count, { context, index in context!.assumingMemoryBound(to: ((Int) -> Void).self).pointee(index) },
        pointer)
    }
  }
}

/// Cuts 0 ..< count into pieces for the threads, none smaller than `grain`, and runs `body(start, length)` on
/// each.
@inline(__always)
package func inChunks(_ count: Int, grain: Int = 1 << 15, _ body: (Int, Int) -> Void) {
  if count < 2 * grain {
    if count > 0 { body(0, count) }
    return
  }
  let pieces = min(count / grain, Int(lectern_thread_count()))
  // Multiples of 16 keep each piece's vectors whole.
  let size = ((count + pieces - 1) / pieces + 15) / 16 * 16
  inParallel(pieces) { piece in
    let start = piece * size
    if start < count { body(start, min(size, count - start)) }
  }
}

/// The number of threads that the library's own loops use: the processor's cores unless set.
public var threadCount: Int {
  get { Int(lectern_thread_count()) }
  set { lectern_set_thread_count(Int32(newValue)) }
}
