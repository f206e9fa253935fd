import Tensors

/// U(−1/√fanIn, 1/√fanIn), what PyTorch starts linear and convolution layers with.
func uniformInitial(_ shape: [Int], fanIn: Int) -> Tensor {
  // PyTorch draws the weights by kaiming_uniform_(a: √5): gain √(1/3) · √3 / √fanIn, in double precision.
  let bound = fanIn > 0 ? Float(1 / Double(fanIn).squareRoot()) : 0
  return Tensor.random(shape, low: -bound, high: bound)
}

/// Ways to start weights. Each gives a tensor of the shape [out, in, …].
public enum Initial {
  /// U(−b, b) with b = √(6 / (fanIn + fanOut)) (Glorot & Bengio 2010).
  public static func xavierUniform(_ shape: [Int]) -> Tensor {
    let (fanIn, fanOut) = fans(shape)
    let bound = Float((6 / Double(fanIn + fanOut)).squareRoot())
    return Tensor.random(shape, low: -bound, high: bound)
  }

  /// N(0, 2 / fanIn), for layers with ReLU after them (He et al. 2015).
  public static func heNormal(_ shape: [Int]) -> Tensor {
    Tensor.normal(shape, standardDeviation: Float((2 / Double(fans(shape).0)).squareRoot()))
  }

  private static func fans(_ shape: [Int]) -> (Int, Int) {
    if shape.count < 2 { stop("Initial: \(shape): a shape of at least two axes is needed") }
    let field = shape.dropFirst(2).reduce(1, *)
    return (shape[1] * field, shape[0] * field)
  }
}
