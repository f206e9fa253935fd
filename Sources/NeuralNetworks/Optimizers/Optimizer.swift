import Tensors

/// What changes parameters by their gradients.
///
///     optimizer.zeroGradients()
///     loss.backward()
///     optimizer.step()
public protocol Optimizer: AnyObject {
  var parameters: [Parameter] { get }
  /// How large the steps are; a schedule may change it from step to step.
  var learningRate: Float { get set }
  /// Changes every parameter that has a gradient.
  func step()
}

extension Optimizer {
  /// Forgets the gradients, which would else be added to.
  public func zeroGradients() { for parameter in parameters { parameter.tensor.node?.gradient = nil } }
}

extension Parameter {
  /// Changes the value by its gradient in place: `body` gets both and the number of elements.
  func update(_ body: (UnsafeMutablePointer<Float>, UnsafePointer<Float>, Int) -> Void) {
    guard let gradient = tensor.node?.gradient else { return }
    body(tensor.mutablePointer(), gradient.pointer, tensor.count)
  }
}

/// A tensor for each parameter that an optimizer remembers, made when it is first needed.
struct Moments {
  private var tensors: [Tensor?]

  init(_ parameters: [Parameter]) { tensors = Array(repeating: nil, count: parameters.count) }

  /// The memory of parameter `index`, zeros at first.
  mutating func pointer(_ index: Int, like parameter: Parameter) -> UnsafeMutablePointer<Float> {
    if tensors[index] == nil { tensors[index] = Tensor.zeros(parameter.shape) }
    return tensors[index]!.mutablePointer()
  }
}
