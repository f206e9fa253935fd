/// What a tensor can be made of: a number, or an array of what a tensor can be made of.
public protocol TensorElement {
  /// The shape of the value: [] for a number.
  func tensorShape(in path: String) -> [Int]
  /// Appends the value's numbers, row-major.
  func appendScalars(to scalars: inout [Float])
}

/// A number that can stand beside a tensor in arithmetic: `2 * x`, `x / 0.5`.
public protocol TensorScalar: TensorElement {
  var float: Float { get }
}

extension TensorScalar {
  public func tensorShape(in path: String) -> [Int] { [] }
  public func appendScalars(to scalars: inout [Float]) { scalars.append(float) }
}

extension Float: TensorScalar {
  public var float: Float { self }
}

extension Double: TensorScalar {
  public var float: Float { Float(self) }
}

extension Int: TensorScalar {
  public var float: Float { Float(self) }
}

extension Bool: TensorElement {
  public func tensorShape(in path: String) -> [Int] { [] }
  public func appendScalars(to scalars: inout [Float]) { scalars.append(self ? 1 : 0) }
}

extension Array: TensorElement where Element: TensorElement {
  public func tensorShape(in path: String) -> [Int] {
    guard let first else { return [0] }
    let shape = first.tensorShape(in: path + "[0]")
    if shape.isEmpty && !(first is [Any]) { return [count] }
    for (i, row) in enumerated().dropFirst() {
      let other = row.tensorShape(in: path + "[\(i)]")
      if other != shape {
        stop(
          "Tensor: row 0 has shape \(shape), but row \(i) has shape \(other): all rows must be equally long")
      }
    }
    return [count] + shape
  }

  public func appendScalars(to scalars: inout [Float]) {
    for element in self { element.appendScalars(to: &scalars) }
  }
}

extension Tensor {
  /// A tensor of a number, or of nested arrays of numbers: `Tensor(3)`, `Tensor([[1, 2], [3, 4]])`.
  /// - Parameter requiresGradient: whether `backward()` shall compute its gradient.
  public init(_ value: some TensorElement, requiresGradient: Bool = false) {
    var scalars: [Float] = []
    value.appendScalars(to: &scalars)
    self.init(scalars, shape: value.tensorShape(in: ""))
    if requiresGradient { self = requiringGradient() }
  }

  /// A tensor of the given numbers, row-major.
  ///
  ///     Tensor([1, 2, 3, 4], shape: [2, 2])
  public init(_ scalars: [Float], shape: [Int]) {
    require(
      elementCount(shape) == scalars.count,
      "Tensor: \(scalars.count) numbers do not fill the shape \(shape), which holds \(elementCount(shape))")
    self.init(shape: shape) { pointer in
      scalars.withUnsafeBufferPointer { source in
        if let base = source.baseAddress { pointer.update(from: base, count: source.count) }
      }
    }
  }
}

/// `let x: Tensor = [[1, 2], [3, 4]]`
extension Tensor: ExpressibleByArrayLiteral {
  /// A number or a nested list in a tensor's literal.
  public enum Literal: ExpressibleByArrayLiteral, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
    TensorElement
  {
    case number(Float)
    case list([Literal])

    public init(floatLiteral value: Double) { self = .number(Float(value)) }
    public init(integerLiteral value: Int) { self = .number(Float(value)) }
    public init(arrayLiteral elements: Literal...) { self = .list(elements) }

    public func tensorShape(in path: String) -> [Int] {
      switch self {
      case .number: []
      case .list(let elements): elements.tensorShape(in: path)
      }
    }

    public func appendScalars(to scalars: inout [Float]) {
      switch self {
      case .number(let value): scalars.append(value)
      case .list(let elements): elements.appendScalars(to: &scalars)
      }
    }
  }

  public init(arrayLiteral elements: Literal...) { self.init(elements) }
}
