import Tensors

/// Modules one after another, each working on what the one before put out. Their names are 0, 1, 2, …
///
///     let model = Sequential(Linear(3, 5), ReLU(), Linear(5, 2))
public final class Sequential: NamedParts {
  /// The modules, the first one first.
  public let modules: [any Module]

  /// Modules in the order in which they work.
  public init(_ modules: any Module...) { self.modules = modules }
  /// Modules in the order in which they work.
  public init(_ modules: [any Module]) { self.modules = modules }

  public func forward(_ x: Tensor) -> Tensor { modules.reduce(x) { $1($0) } }

  public var namedParts: [(name: String, part: Any)] { modules.enumerated().map { ("\($0)", $1) } }

  /// Module number `index`, counted from 0.
  public subscript(_ index: Int) -> any Module { modules[index] }
  /// The number of modules.
  public var count: Int { modules.count }
}

/// x + body(x), then an activation: what the body learns is only the difference (He et al. 2015).
///
///     Residual(Conv2d(8, 8, kernelSize: 3, padding: 1))
public final class Residual: Module {
  /// F of x + F(x).
  public let body: any Module
  /// Changes x to the body's shape where they differ, such as a 1 × 1 convolution.
  public let shortcut: (any Module)?
  private let activation: ((Tensor) -> Tensor)?

  /// - Parameters:
  ///   - shortcut: what x goes through; nothing by default.
  ///   - activation: what the sum goes through; ReLU by default, `nil` for nothing.
  public init(_ body: any Module, shortcut: (any Module)? = nil, activation: ((Tensor) -> Tensor)? = relu) {
    self.body = body
    self.shortcut = shortcut
    self.activation = activation
  }

  public func forward(_ x: Tensor) -> Tensor {
    let short = shortcut.map { $0(x) } ?? x
    let long = body(x)
    if short.shape != long.shape {
      shapeError(
        "Residual", short.shape, long.shape, joinedBy: "+",
        rule: "the body must keep the shape, or a shortcut must change it likewise")
    }
    let sum = short + long
    return activation.map { $0(sum) } ?? sum
  }
}

/// Linear layers with an activation between them: `MLP(widths: [2, 16, 16, 1])`.
public final class MLP: Module {
  /// The linear layers, the first one first.
  public let layers: [Linear]
  private let activation: (Tensor) -> Tensor

  /// - Parameters:
  ///   - widths: the numbers of neurons, from the inputs to the outputs.
  ///   - activation: between two layers, none after the last; ReLU by default.
  public init(widths: [Int], activation: @escaping (Tensor) -> Tensor = relu) {
    if widths.count < 2 { stop("MLP: widths \(widths): at least an input and an output width are needed") }
    layers = zip(widths, widths.dropFirst()).map { Linear($0, $1) }
    self.activation = activation
  }

  public func forward(_ x: Tensor) -> Tensor {
    var x = x
    for (i, layer) in layers.enumerated() { x = i == 0 ? layer(x) : layer(activation(x)) }
    return x
  }
}
