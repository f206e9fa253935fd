import Tensors

/// A tensor that is learnt: what optimizers change and what files of weights hold.
///
/// As a property of a module it reads as a plain tensor:
///
///     final class Scale: Module {
///       @Parameter var factor = Tensor(1)
///       func forward(_ x: Tensor) -> Tensor { x * factor }
///     }
@propertyWrapper
public final class Parameter: @unchecked Sendable {
  /// The value, a leaf of the computation. A value that is set must have the old one's shape.
  public var value: Tensor {
    get { tensor }
    set {
      if newValue.shape != tensor.shape {
        stop(
          "Parameter: a value of shape \(newValue.shape) does not fit a parameter of shape \(tensor.shape)")
      }
      let node = tensor.node
      tensor = Tensor(storage: newValue.storage, shape: newValue.shape, node: node)
    }
  }

  package var tensor: Tensor

  /// A parameter that starts from a value.
  public init(_ value: Tensor) { tensor = value.detached.requiringGradient() }
  public convenience init(wrappedValue: Tensor) { self.init(wrappedValue) }

  public var wrappedValue: Tensor {
    get { value }
    set { value = newValue }
  }

  public var projectedValue: Parameter { self }

  /// The gradient that `backward()` left, or `nil`.
  public var gradient: Tensor? {
    get { tensor.gradient }
    set { tensor.gradient = newValue }
  }

  /// The value's shape.
  public var shape: [Int] { tensor.shape }
  /// The number of numbers.
  public var count: Int { tensor.count }
}

/// A parameter that a module may be made without, such as a bias.
@propertyWrapper
public struct OptionalParameter: Sendable {
  /// The parameter, or `nil`.
  public let parameter: Parameter?

  /// A parameter that starts from a value, or none.
  public init(_ value: Tensor?) { parameter = value.map { Parameter($0) } }
  public init(wrappedValue: Tensor?) { self.init(wrappedValue) }

  public var wrappedValue: Tensor? {
    get { parameter?.value }
    nonmutating set {
      guard let parameter else {
        if newValue == nil { return }
        stop("OptionalParameter: the module was made without this parameter")
      }
      guard let newValue else { stop("OptionalParameter: a parameter cannot be taken away") }
      parameter.value = newValue
    }
  }

  public var projectedValue: Parameter? { parameter }
}

/// A tensor that belongs to a module's state but is not learnt, such as a running mean.
@propertyWrapper
public final class StateTensor: @unchecked Sendable {
  public var wrappedValue: Tensor
  public init(wrappedValue: Tensor) { self.wrappedValue = wrappedValue.detached }
}
