import Tensors

/// A part of a network: a class with parameters, or with parts that have some.
///
/// A network of one's own lists its parts as properties, whose parameters are found by themselves, and says
/// how they work together:
///
///     final class SimpleNN: Module {
///       let fc1 = Linear(3, 5)
///       let fc2 = Linear(5, 2)
///       func forward(_ x: Tensor) -> Tensor { fc2(relu(fc1(x))) }
///     }
///     let model = SimpleNN()
///     model(x)
///
/// A module that takes or gives more than one tensor declares a `callAsFunction` of its own instead.
public protocol Module: AnyObject {
  /// The output for an input.
  func forward(_ x: Tensor) -> Tensor

  /// Told when the module changes between training and evaluation. Only modules that behave differently need
  /// it.
  func setTraining(_ isTraining: Bool)
}

extension Module {
  public func forward(_ x: Tensor) -> Tensor {
    stop("\(Self.self): a module needs `func forward(_ x: Tensor) -> Tensor` to be called with one tensor")
  }

  public func setTraining(_ isTraining: Bool) {}

  /// The output for an input: `model(x)`.
  @_disfavoredOverload
  public func callAsFunction(_ x: Tensor) -> Tensor {
    let output = forward(x)
    ModuleObserver.note(self, output)
    return output
  }
}

// MARK: Parameters

extension Module {
  /// All parameters, in the order in which the properties are declared.
  public var parameters: [Parameter] { namedParameters.map(\.parameter) }

  /// All parameters with their dotted names: `fc1.weight`, `fc1.bias`, `layers.0.norm.weight`.
  public var namedParameters: [(name: String, parameter: Parameter)] {
    var found: [(name: String, parameter: Parameter)] = []
    var seen: Set<ObjectIdentifier> = []
    walk { name, part in
      if case .parameter(let parameter) = part, seen.insert(ObjectIdentifier(parameter)).inserted {
        found.append((name, parameter))
      }
    }
    return found
  }

  /// The tensors that belong to the state but are not learnt, with their dotted names.
  package var namedStates: [(name: String, state: StateTensor)] {
    var found: [(name: String, state: StateTensor)] = []
    walk { name, part in if case .state(let state) = part { found.append((name, state)) } }
    return found
  }

  /// This module and all modules in it with their dotted names, outermost first.
  public var namedModules: [(name: String, module: any Module)] {
    var found: [(name: String, module: any Module)] = [("", self)]
    walk { name, part in if case .module(let module) = part { found.append((name, module)) } }
    return found
  }

  /// The modules directly in this one with their names.
  public var children: [(name: String, module: any Module)] {
    parts.compactMap { name, part in if case .module(let module) = part { (name, module) } else { nil } }
  }

  /// The number of numbers that are learnt.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.count } }

  /// Forgets all gradients.
  public func zeroGradients() { for parameter in parameters { parameter.gradient = nil } }
}

// MARK: Training and evaluation

extension Module {
  /// Lets dropout drop and batch normalization learn its running statistics; so it is at first.
  @discardableResult
  public func train(_ isTraining: Bool = true) -> Self {
    for (_, module) in namedModules { module.setTraining(isTraining) }
    return self
  }

  /// Lets dropout pass all through and batch normalization use its running statistics.
  @discardableResult
  public func eval() -> Self { train(false) }
}

// MARK: Reflection

/// What a walk through a module's properties comes upon.
enum ModulePart {
  case parameter(Parameter)
  case state(StateTensor)
  case module(any Module)
}

extension Module {
  /// Visits the properties, depth first, in the order in which they are declared.
  func walk(_ visit: (String, ModulePart) -> Void) {
    for (name, part) in parts {
      visit(name, part)
      if case .module(let module) = part { module.walk { visit(name + "." + $0, $1) } }
    }
  }

  private var parts: [(String, ModulePart)] {
    var result: [(String, ModulePart)] = []
    if let named = self as? any NamedParts {
      for (name, part) in named.namedParts { collect(part, name, &result) }
      return result
    }
    var mirror: Mirror? = Mirror(reflecting: self)
    var levels: [Mirror] = []
    while let current = mirror {
      levels.append(current)
      mirror = current.superclassMirror
    }
    for level in levels.reversed() {
      for child in level.children {
        guard let label = child.label else { continue }
        collect(child.value, label.hasPrefix("_") ? String(label.dropFirst()) : label, &result)
      }
    }
    return result
  }

  private func collect(_ value: Any, _ name: String, _ result: inout [(String, ModulePart)]) {
    switch value {
    case let parameter as Parameter: result.append((name, .parameter(parameter)))
    case let optional as OptionalParameter:
      if let parameter = optional.parameter { result.append((name, .parameter(parameter))) }
    case let state as StateTensor: result.append((name, .state(state)))
    case let module as any Module: result.append((name, .module(module)))
    case let list as any ModuleList: list.collectElements(name) { collect($0, $1, &result) }
    default: break
    }
  }
}

/// Lists, optionals and dictionaries, in which modules and parameters may lie.
private protocol ModuleList {
  func collectElements(_ name: String, _ visit: (Any, String) -> Void)
}

extension Array: ModuleList {
  fileprivate func collectElements(_ name: String, _ visit: (Any, String) -> Void) {
    for (i, element) in enumerated() { visit(element, "\(name).\(i)") }
  }
}

extension Optional: ModuleList {
  fileprivate func collectElements(_ name: String, _ visit: (Any, String) -> Void) {
    if let self { visit(self, name) }
  }
}

extension Dictionary: ModuleList where Key == String {
  fileprivate func collectElements(_ name: String, _ visit: (Any, String) -> Void) {
    for (key, element) in sorted(by: { $0.key < $1.key }) { visit(element, "\(name).\(key)") }
  }
}
