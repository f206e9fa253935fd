public import CellOutputs
import Figures
import Tensors

/// What `summary` watches a model with: the modules that were called, and the shapes they put out.
final class ModuleObserver: @unchecked Sendable {
  var calls: [(module: any Module, shape: [Int])] = []
  @TaskLocal static var current: ModuleObserver?

  /// Notes a call, if anyone watches.
  static func note(_ module: any Module, _ output: Tensor) {
    if let current { current.calls.append((module, output.shape)) }
  }
}

/// A model's layers, the shapes they put out, and how many numbers each learns.
public struct ModelSummary: CellDisplayable, CustomStringConvertible {
  /// A row for each layer in the order in which they work.
  public let layers: [(name: String, type: String, shape: [Int], parameters: Int)]
  /// All parameters, shared ones once.
  public let parameterCount: Int

  /// A row for each layer, and the total.
  public var table: Table {
    let rows: [[any TableCell]] = layers.map { [$0.name, $0.type, "\($0.shape)", $0.parameters] }
    return Figures.table(
      ["layer", "type", "output shape", "parameters"], rows + [["total", "", "", parameterCount]])
  }

  public var cellOutput: CellOutput { table.cellOutput }
  public var description: String { table.description }
}

extension Module {
  /// The layers with their output shapes and parameter counts, found by passing zeros through.
  ///
  ///     model.summary(inputShape: [1, 1, 28, 28])
  public func summary(inputShape: [Int]) -> ModelSummary {
    let observer = ModuleObserver()
    // Batch normalization cannot train on one example, and must not learn from zeros.
    let modes = namedModules.map { ($0.module, ($0.module as? any HasMode)?.isTraining) }
    eval()
    defer { for (module, isTraining) in modes { if let isTraining { module.setTraining(isTraining) } } }
    ModuleObserver.$current.withValue(observer) { _ = noGradient { self(Tensor.zeros(inputShape)) } }
    let names = Dictionary(
      namedModules.map { (ObjectIdentifier($0.module), $0.name) }, uniquingKeysWith: { first, _ in first })
    var seen: Set<ObjectIdentifier> = []
    let layers = observer.calls.compactMap { module, shape -> (String, String, [Int], Int)? in
      let id = ObjectIdentifier(module)
      guard module.children.isEmpty || module is any Composite, let name = names[id],
        !name.isEmpty || children.isEmpty
      else { return nil }
      return (name, "\(type(of: module))", shape, seen.insert(id).inserted ? module.parameterCount : 0)
    }
    return ModelSummary(
      layers: layers.map { (name: $0.0, type: $0.1, shape: $0.2, parameters: $0.3) },
      parameterCount: parameterCount)
  }
}

/// Modules that behave differently while training.
protocol HasMode: Module {
  var isTraining: Bool { get }
}

extension Dropout: HasMode {}
extension BatchNorm: HasMode {}
extension RecurrentNetwork: HasMode {}

/// Modules whose parts a summary does not list, because they are no layers of their own.
protocol Composite: Module {}

extension MultiHeadAttention: Composite {}
