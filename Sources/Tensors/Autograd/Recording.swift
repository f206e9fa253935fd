internal import CVectorMath

/// Whether operations are being recorded for `backward()` in this thread.
package var isRecording: Bool { lectern_thread_state().pointee.recording_off == 0 }

/// Runs `body` without recording: nothing computed in it requires a gradient.
///
///     noGradient { accuracy(model(x), y) }
@discardableResult
public func noGradient<R>(_ body: () throws -> R) rethrows -> R {
  let thread = lectern_thread_state()!
  thread.pointee.recording_off += 1
  defer { thread.pointee.recording_off -= 1 }
  return try body()
}

/// Runs `body` recording, also within `noGradient`: a function that takes a gradient of its own needs it wherever it is
/// called, where a chart is drawn for example.
package func recording<R>(_ body: () throws -> R) rethrows -> R {
  let thread = lectern_thread_state()!
  let outer = thread.pointee.recording_off
  thread.pointee.recording_off = 0
  defer { thread.pointee.recording_off = outer }
  return try body()
}

/// Runs `body` recording, and keeping the value of every step for a drawing.
package func tracing<R>(_ body: () -> R) -> R {
  let thread = lectern_thread_state()!
  thread.pointee.tracing += 1
  defer { thread.pointee.tracing -= 1 }
  return body()
}

extension Tensor {
  /// Whether gradients flow to or through this tensor.
  public var requiresGradient: Bool { node != nil }

  /// The same values as a leaf of the computation, whose gradient `backward()` computes.
  public func requiringGradient() -> Tensor { Tensor(storage: storage, shape: shape, node: Node()) }

  /// The same tensor under a name that drawings of the computation show.
  public func named(_ name: String) -> Tensor {
    guard let node else { return Tensor(storage: storage, shape: shape, node: nil) }
    node.name = name
    return self
  }

  /// The gradient that `backward()` computed, of the tensor's own shape; `nil` before that.
  public var gradient: Tensor? {
    get { node?.gradient }
    nonmutating set {
      guard let node else { stop("gradient: the tensor does not require a gradient") }
      if let newValue, newValue.shape != shape {
        stop("gradient: a gradient of shape \(newValue.shape) does not fit a tensor of shape \(shape)")
      }
      node.gradient = newValue?.detached
    }
  }

  /// Keeps this tensor's gradient after `backward()` though it is not a leaf.
  public func retainGradient() {
    guard let node else { stop("retainGradient: the tensor does not require a gradient") }
    node.retainsGradient = true
  }

  /// Whether a computation on this tensor is to be remembered.
  @inline(__always)
  package var isTracked: Bool { node != nil && isRecording }

  /// Hands a gradient on to where this tensor came from, computing it only if it is wanted.
  @inline(__always)
  package func receive(_ gradient: @autoclosure () -> Tensor) {
    if let node { node.accumulate(gradient()) }
  }

  /// The result of an operation on `x`, with the way back: `propagate` gets the result's gradient and lets
  /// `x` receive its own.
  @inline(__always)
  package consuming func recorded(
    _ operation: StaticString, from x: Tensor, _ propagate: @escaping (Tensor) -> Void
  ) -> Tensor {
    guard let parent = x.node, isRecording else { return self }
    return record(operation, [parent], propagate, x)
  }

  @inline(__always)
  package consuming func recorded(
    _ operation: StaticString, from x: Tensor, _ y: Tensor, _ propagate: @escaping (Tensor) -> Void
  ) -> Tensor {
    guard x.node != nil || y.node != nil, isRecording else { return self }
    var parents: [Node] = []
    if let node = x.node { parents.append(node) }
    if let node = y.node { parents.append(node) }
    return record(operation, parents, propagate, x, y)
  }

  package consuming func recorded(
    _ operation: StaticString, from inputs: [Tensor], _ propagate: @escaping (Tensor) -> Void
  ) -> Tensor {
    guard isRecording else { return self }
    let parents = inputs.compactMap(\.node)
    if parents.isEmpty { return self }
    if isTracing { for input in inputs { input.trace() } }
    return record(operation, parents, propagate)
  }

  private consuming func record(
    _ operation: StaticString, _ parents: [Node], _ propagate: @escaping (Tensor) -> Void, _ x: Tensor? = nil,
    _ y: Tensor? = nil
  ) -> Tensor {
    let result = Tensor(storage: storage, shape: shape, node: Node(operation, parents, propagate))
    if isTracing {
      result.trace()
      x?.trace()
      y?.trace()
    }
    return result
  }

  private var isTracing: Bool { lectern_thread_state().pointee.tracing != 0 }

  /// Keeps the value for a drawing.
  private func trace() { node?.traced = detached }
}
