import CellOutputs
import Figures

extension MarkovChain: CellDisplayable, CustomStringConvertible {
  /// The states with arrows for the probabilities.
  public var graph: Graph { graph(details: states.map { _ in [] }) }
  public var cellOutput: CellOutput { graph.cellOutput }
  public var description: String { graph.description }

  /// The matrix P as a table.
  public var table: Table {
    Figures.table(
      ["from \\ to"] + states,
      zip(states, transitions).map { name, row in [name] + row.map { $0 as any TableCell } },
      decimals: 2, rowHeaders: true)
  }

  func graph(details: [[String]]) -> Graph {
    var edges: [GraphOutput.Edge] = []
    for (s, row) in transitions.enumerated() {
      for (next, p) in row.enumerated() where p > 0 {
        edges.append(GraphOutput.Edge(from: states[s], to: states[next], label: shortened(p)))
      }
    }
    let layers = layers(count: states.count) { s in states.indices.filter { transitions[s][$0] > 0 } }
    return Graph(
      output: GraphOutput(
        arrangement: .ring,
        nodes: states.indices.map {
          GraphOutput.Node(id: states[$0], label: states[$0], details: details[$0], layer: layers[$0])
        }, edges: edges))
  }
}

extension MarkovRewardProcess: CellDisplayable, CustomStringConvertible {
  /// The states with their rewards and, where they can be had, their values.
  public var graph: Graph {
    let values = try? values()
    return chain.graph(
      details: rewards.indices.map { s in
        ["R = \(shortened(rewards[s]))"] + (values.map { ["v = \(fixed($0[s], 2))"] } ?? [])
      })
  }
  public var cellOutput: CellOutput { graph.cellOutput }
  public var description: String { graph.description }
}

extension MarkovDecisionProcess: CellDisplayable, CustomStringConvertible {
  /// The states with an arrow for each outcome: the action, the probability where it is not 1, and the reward.
  public func graph(values: [Double]? = nil) -> Graph {
    var edges: [GraphOutput.Edge] = []
    for s in states.indices {
      for a in actions.indices {
        for o in outcomes(s, a) where o.probability > 0 {
          let chance = o.probability == 1 ? "" : ", p = \(shortened(o.probability))"
          edges.append(
            GraphOutput.Edge(
              from: states[s], to: states[o.state],
              label: "\(actions[a])\(chance), r = \(shortened(o.reward))"))
        }
      }
    }
    let layers = layers(count: stateCount) { s in actions.indices.flatMap { outcomes(s, $0).map(\.state) } }
    return Graph(
      output: GraphOutput(
        arrangement: .ring,
        nodes: states.indices.map { s in
          GraphOutput.Node(
            id: states[s], label: states[s], details: values.map { ["v = \(fixed($0[s], 2))"] } ?? [],
            layer: layers[s])
        }, edges: edges))
  }

  /// The graph of up to twelve states; of more, their number.
  public var cellOutput: CellOutput {
    stateCount <= 12 ? graph().cellOutput : .text(TextOutput(stream: .value, text: description))
  }

  public var description: String {
    "Markov decision process: \(stateCount) states, \(actionCount) actions, γ = \(shortened(discount))"
  }
}

/// How many steps each state is away from the first one; states that cannot be reached come last.
private func layers(count: Int, next: (Int) -> [Int]) -> [Int] {
  var layers = [Int](repeating: -1, count: count)
  var queue = count > 0 ? [0] : []
  if count > 0 { layers[0] = 0 }
  while !queue.isEmpty {
    let s = queue.removeFirst()
    for n in next(s) where layers[n] < 0 {
      layers[n] = layers[s] + 1
      queue.append(n)
    }
  }
  let last = (layers.max() ?? 0) + 1
  return layers.map { $0 < 0 ? last : $0 }
}

/// A number with as many decimals as it needs, three at the most.
func shortened(_ x: Double) -> String {
  var text = fixed(x, 3)
  guard text.contains(".") else { return text }
  while text.hasSuffix("0") { text.removeLast() }
  if text.hasSuffix(".") { text.removeLast() }
  return text
}
