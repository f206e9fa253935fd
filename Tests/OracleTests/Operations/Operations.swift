import NeuralNetworks
import Tensors
import Testing

/// What each operation of the files means in this library. A new one is a line in a table.
enum Operations {
  /// Takes a case and its inputs as leaves to the outputs by name.
  typealias Function = @Sendable (OracleCase, [String: Tensor]) throws -> [String: Tensor]
  /// Compares a case by itself: whole runs.
  typealias Check = @Sendable (OracleCase) throws -> Void

  static let functions: [String: Function] = [
    elementwise, reductions, linearAlgebra, convolutions, normalizations, losses, attentions, recurrences,
  ].reduce(into: [:]) { $0.merge($1) { _, new in new } }

  static let checks: [String: Check] = ["optimizer": optimizer, "random": random, "train": train]

  /// A function of one tensor `x`.
  static func unary(_ f: @escaping @Sendable (Tensor, JSONValue) -> Tensor) -> Function {
    { ["output": f(try $1.get("x"), $0.attributes)] }
  }

  /// A function of two tensors `x` and `y`.
  static func binary(_ f: @escaping @Sendable (Tensor, Tensor) -> Tensor) -> Function {
    { ["output": f(try $1.get("x"), try $1.get("y"))] }
  }

  /// Puts leaves into a module's parameters, by their dotted names; one that is missing fails.
  static func load(_ inputs: [String: Tensor], into module: any Module) throws {
    for (name, parameter) in module.namedParameters {
      let leaf = try inputs.get(name)
      try #require(leaf.shape == parameter.shape, "\(name)")
      parameter.tensor = leaf
    }
  }
}

extension [String: Tensor] {
  /// An input that the operation cannot do without.
  func get(_ name: String) throws -> Tensor { try #require(self[name], "the input \(name) is missing") }
}
