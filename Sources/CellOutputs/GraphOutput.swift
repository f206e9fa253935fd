/// A directed graph: a network or a computation with values and gradients, or the states of a process.
public struct GraphOutput: Hashable, Sendable, Codable {
  public enum Arrangement: String, Hashable, Sendable, Codable {
    /// Layer by layer from left to right, as computations go.
    case columns
    /// Around a ring, as between states that lead to each other.
    case ring
  }

  public struct Node: Hashable, Sendable, Codable {
    public var id: String
    public var label: String
    /// Lines under the label: "out .5933", "∂E .1385".
    public var details: [String]
    /// The column the node stands in, counted from 0.
    public var layer: Int
    public init(id: String, label: String, details: [String] = [], layer: Int) {
      self.id = id
      self.label = label
      self.details = details
      self.layer = layer
    }
  }

  public struct Edge: Hashable, Sendable, Codable {
    public var from: String
    public var to: String
    public var label: String?
    public init(from: String, to: String, label: String? = nil) {
      self.from = from
      self.to = to
      self.label = label
    }
  }

  public var title: String?
  public var arrangement: Arrangement
  public var nodes: [Node]
  public var edges: [Edge]

  public init(
    title: String? = nil, arrangement: Arrangement = .columns, nodes: [Node], edges: [Edge]
  ) {
    self.title = title
    self.arrangement = arrangement
    self.nodes = nodes
    self.edges = edges
  }
}
