import CellOutputs
public import Tensors

/// A small network of fully connected layers: a column of neurons for each layer, with what they put out, and
/// an arrow for each weight.
///
///     networkDiagram(inputs: [0.05, 0.1], layers: [
///       (weight: w1, bias: b1, output: h), (weight: w2, bias: b2, output: o)])
///
/// - Parameters:
///   - inputs: the input's numbers [n].
///   - layers: for each layer its weight [outputs, inputs], its bias [outputs] if any, and its output
///     [outputs] after the activation. Where a weight has a gradient, it is shown too.
///   - names: for each layer a prefix for its neurons, by default x, h1, h2, …, y.
///   - decimals: of all numbers, 4 by default.
public func networkDiagram(
  inputs: Tensor, layers: [(weight: Tensor, bias: Tensor?, output: Tensor)], names: [String]? = nil,
  title: String? = nil, decimals: Int = 4
) -> Graph {
  let middle = (1...max(layers.count, 1)).dropLast().map { layers.count == 2 ? "h" : "h\($0)_" }
  let names = names ?? ["x"] + middle + ["y"]
  if names.count != layers.count + 1 {
    stop("networkDiagram: \(names.count) names were given for an input and \(layers.count) layers")
  }
  func text(_ value: Float) -> String { decimal(Double(value), decimals) }
  var nodes = inputs.scalars.enumerated().map { i, value in
    GraphOutput.Node(id: "0.\(i)", label: "\(names[0])\(i + 1)", details: [text(value)], layer: 0)
  }
  var edges: [GraphOutput.Edge] = []
  var width = inputs.count
  for (l, layer) in layers.enumerated() {
    let (weight, output) = (layer.weight, layer.output.scalars)
    if weight.shape != [output.count, width] || (layer.bias.map { $0.count != output.count } ?? false) {
      stop(
        "networkDiagram: layer \(l + 1) has weight \(weight.shape) and output \(layer.output.shape) after \(width) neurons"
      )
    }
    let gradient = weight.gradient?.scalars
    let values = weight.scalars
    for (i, value) in output.enumerated() {
      var details = [text(value)]
      if let bias = layer.bias { details.append("b \(text(bias.scalars[i]))") }
      nodes.append(
        .init(id: "\(l + 1).\(i)", label: "\(names[l + 1])\(i + 1)", details: details, layer: l + 1))
      for j in 0..<width {
        let at = i * width + j
        let label = text(values[at]) + (gradient.map { " ∂ \(text($0[at]))" } ?? "")
        edges.append(.init(from: "\(l).\(j)", to: "\(l + 1).\(i)", label: label))
      }
    }
    width = output.count
  }
  return Graph(output: GraphOutput(title: title, nodes: nodes, edges: edges))
}
