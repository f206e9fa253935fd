extension Tensor {
  /// Computes the gradient of this scalar in every leaf that it was computed from, and adds it to the leaf's
  /// `gradient`: reverse-mode automatic differentiation, one walk from the result back.
  ///
  /// - Parameters:
  ///   - gradient: the gradient of the result itself; 1 for a scalar, and asked for where the result is none.
  ///   - retainingGraph: keeps the recorded steps, so that `backward` can be called again.
  public func backward(_ gradient: Tensor? = nil, retainingGraph: Bool = false) {
    guard let node else {
      stop(
        "backward: no tensor that requires a gradient took part in computing this \(shape.isEmpty ? "scalar" : "tensor of shape \(shape)")"
      )
    }
    if let gradient {
      require(
        gradient.shape == shape,
        "backward: a gradient of shape \(gradient.shape) was given for a tensor of shape \(shape)")
    } else {
      require(
        count == 1,
        "backward: the tensor has shape \(shape); only a scalar has one gradient. Take its sum() or mean(), or give backward the tensor's own gradient"
      )
    }
    if gradient == nil, pointer[0].isNaN {
      stop(
        "backward: the loss is not a number; look for a logarithm or square root of a negative number, 0 / 0, or a learning rate so large that the weights grew without bound"
      )
    }
    if node.isLeaf {
      node.accumulate(gradient ?? Tensor(filling: shape, with: 1))
      return
    }
    node.accumulate(gradient ?? Tensor(filling: shape, with: 1))
    noGradient { propagate(inOrderFrom(node), retainingGraph: retainingGraph) }
  }

  /// The steps that lead to `root`, the latest first. No recursion: a chain may be as long as it likes.
  private func inOrderFrom(_ root: Node) -> [Node] {
    var found: [Node] = [root]
    let stamp = Node.nextNumber()
    root.visit = stamp
    var next = 0
    while next < found.count {
      for input in found[next].inputs where input.visit != stamp && !input.isLeaf {
        input.visit = stamp
        found.append(input)
      }
      next += 1
    }
    found.sort { $0.number > $1.number }
    return found
  }

  /// Computes gradients as `backward()` does, and gives that in `leaf` alone: in no leaf is anything added up.
  ///
  /// - Returns: `nil` where the result does not depend on `leaf`.
  func gradient(in leaf: Tensor) -> Tensor? {
    guard let node, let own = leaf.node else { return nil }
    let leaves = node.isLeaf ? [node] : inOrderFrom(node).flatMap(\.inputs).filter(\.isLeaf)
    let before = leaves.map(\.gradient)
    for leaf in leaves { leaf.gradient = nil }
    backward()
    let result = own.gradient
    for (leaf, gradient) in Swift.zip(leaves, before) { leaf.gradient = gradient }
    return result
  }

  private func propagate(_ nodes: [Node], retainingGraph: Bool) {
    for node in nodes {
      guard let step = node.propagate else {
        stop(
          "backward: this computation was already used by an earlier backward(); compute it again, or call backward(retainingGraph: true) the first time"
        )
      }
      guard let gradient = node.gradient else { continue }
      if !node.retainsGradient { node.gradient = nil }
      step(gradient)
      if !retainingGraph {
        node.propagate = nil
        node.inputs = []
      }
    }
  }
}
