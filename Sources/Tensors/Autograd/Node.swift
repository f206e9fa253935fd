internal import CVectorMath

/// One step of a computation, or a leaf: what `backward()` walks.
///
/// A leaf keeps its gradient. A step knows the steps its inputs came from, and how to hand a gradient on to
/// them. Nodes are numbered in the order in which they were made, so that from the highest number down is the
/// order for the chain rule.
package final class Node: @unchecked Sendable {
  package let operation: StaticString
  package let number: Int
  package var inputs: [Node]
  /// Hands the gradient of the output on to the inputs; `nil` in a leaf, and in a step that has been used up.
  package var propagate: ((Tensor) -> Void)?
  package let isLeaf: Bool
  /// The gradient so far. Kept in leaves and where `retainsGradient` says so.
  package var gradient: Tensor?
  package var retainsGradient = false
  /// What the tensor is called in drawings.
  package var name: String?
  /// The value and gradient for a drawing; kept only while tracing.
  package var traced: Tensor?
  var visit = 0

  /// A leaf.
  init(name: String? = nil) {
    operation = "leaf"
    inputs = []
    isLeaf = true
    number = Node.nextNumber()
    self.name = name
  }

  init(_ operation: StaticString, _ inputs: [Node], _ propagate: @escaping (Tensor) -> Void) {
    self.operation = operation
    self.inputs = inputs
    self.propagate = propagate
    isLeaf = false
    number = Node.nextNumber()
  }

  /// Adds to the gradient.
  package func accumulate(_ addend: Tensor) {
    guard var sum = gradient else {
      gradient = addend.node == nil ? addend : addend.detached
      return
    }
    gradient = nil
    sum.add(addend)
    gradient = sum
  }

  // A chain of 100,000 steps must not be freed by 100,000 nested calls: what a dying node held is put aside
  // while another one further up the stack is being emptied, and that one goes on with it.
  deinit {
    if inputs.isEmpty && propagate == nil { return }
    let thread = lectern_thread_state()!
    if thread.pointee.draining != 0 {
      Remains.ofThisThread.append(inputs, propagate)
      return
    }
    thread.pointee.draining = 1
    inputs = []
    propagate = nil
    if thread.pointee.pending != nil { Remains.ofThisThread.drain() }
    thread.pointee.draining = 0
  }

  static func nextNumber() -> Int { Int(lectern_next_number()) }
}

/// What dying nodes held, put aside.
private final class Remains {
  private var held: [(inputs: [Node], propagate: ((Tensor) -> Void)?)] = []

  static var ofThisThread: Remains {
    let thread = lectern_thread_state()!
    if let pointer = thread.pointee.pending {
      return Unmanaged<Remains>.fromOpaque(pointer).takeUnretainedValue()
    }
    let fresh = Remains()
    thread.pointee.pending = Unmanaged.passRetained(fresh).toOpaque()
    return fresh
  }

  func append(_ inputs: [Node], _ propagate: ((Tensor) -> Void)?) { held.append((inputs, propagate)) }

  func drain() {
    while !held.isEmpty { held.removeLast() }
  }
}
