/// A module that says itself what its parts are called, because PyTorch's names for them differ from the
/// properties': files of weights then fit both ways.
public protocol NamedParts: Module {
  /// Parameters, states, modules, and lists of these, by name.
  var namedParts: [(name: String, part: Any)] { get }
}
