public import CellOutputs
public import Tensors

/// The steps of a computation, drawn from left to right with the value and the gradient of each.
///
/// Tensors that require a gradient and have a name show under it:
///
///     let w = Tensor(2, requiresGradient: true).named("w")
///     computationGraph { square(w * 3 - 1) }
///
/// - Parameters:
///   - decimals: of the numbers shown, 4 by default.
///   - gradients: whether the result's gradients are computed and shown; yes by default. The tensors' own
///     `gradient` stays as it was.
///   - body: the computation; its result must be a scalar where gradients are shown.
public func computationGraph(
  title: String? = nil, decimals: Int = 4, gradients: Bool = true, _ body: () -> Tensor
) -> Graph {
  let result = tracing(body)
  guard let root = result.node else {
    stop("computationGraph: no tensor that requires a gradient took part in the computation")
  }
  let nodes = tracedNodes(root)
  let before = nodes.map(\.gradient)
  defer {
    for (node, gradient) in zip(nodes, before) {
      node.gradient = gradient
      node.traced = nil
    }
  }
  if gradients {
    for node in nodes { node.gradient = nil }
    for node in nodes where !node.isLeaf { node.retainsGradient = true }
    result.backward(retainingGraph: true)
  }
  let columns = columnsByDepth(nodes)
  let drawn = nodes.map { node in
    var details: [String] = []
    if let value = node.traced { details.append(short(value, decimals)) }
    if gradients, let gradient = node.gradient { details.append("∂ " + short(gradient, decimals)) }
    let label = node.name ?? "\(node.operation)"
    return GraphOutput.Node(
      id: "n\(node.number)", label: label, details: details, layer: columns[node.number]!)
  }
  let edges = nodes.flatMap { node in
    node.inputs.map { GraphOutput.Edge(from: "n\($0.number)", to: "n\(node.number)") }
  }
  return Graph(output: GraphOutput(title: title, nodes: drawn, edges: edges))
}

/// A drawing of nodes and arrows.
public struct Graph: CellDisplayable, CustomStringConvertible {
  public var output: GraphOutput
  public init(output: GraphOutput) { self.output = output }
  public var cellOutput: CellOutput { .graph(output) }
  public var description: String { output.plainText }
}

/// All nodes that lead to the root, the earliest first.
private func tracedNodes(_ root: Node) -> [Node] {
  var seen: Set<Int> = [root.number]
  var found = [root]
  var next = 0
  while next < found.count {
    for input in found[next].inputs where seen.insert(input.number).inserted { found.append(input) }
    next += 1
  }
  return found.sorted { $0.number < $1.number }
}

/// Each step one column to the right of the last of its inputs, each leaf one to the left of its first use.
private func columnsByDepth(_ nodes: [Node]) -> [Int: Int] {
  var columns: [Int: Int] = [:]
  for node in nodes { columns[node.number] = (node.inputs.compactMap { columns[$0.number] }.max() ?? -1) + 1 }
  for node in nodes where node.isLeaf {
    let uses = nodes.filter { $0.inputs.contains { $0 === node } }.compactMap { columns[$0.number] }
    if let first = uses.min() { columns[node.number] = first - 1 }
  }
  return columns
}

/// A scalar as a number, anything larger as its shape.
private func short(_ tensor: Tensor, _ decimals: Int) -> String {
  tensor.count == 1 ? decimal(Double(tensor.item), decimals) : "\(tensor.shape)"
}
