import Tensors
import Testing

/// A linear layer works on blocks of rows, and hands its gradient on past a ReLU before it.
@Suite struct LinearTests {
  @Test(arguments: [[0, 3], [1, 3], [5, 3], [700, 300], [1031, 257]], [false, true])
  func agreesWithMatmul(_ shape: [Int], retaining: Bool) {
    withSeed(4) {
      let x = Tensor.normal(shape).requiringGradient()
      let weight = (Tensor.normal(140, shape[1]) * 0.1).requiringGradient()
      let bias = Tensor.normal(140).requiringGradient()
      let share = Tensor.normal(shape[0], 140)
      func results(_ layer: (Tensor) -> Tensor) -> [Tensor] {
        for leaf in [x, weight, bias] { leaf.gradient = nil }
        let y = relu(x)
        if retaining { y.retainGradient() }
        let z = layer(y)
        (z * share).sum().backward()
        return [z, x.gradient!, weight.gradient!, bias.gradient!]
      }
      let reference = results { matmul($0, weight.transposed) + bias }
      for (result, wanted) in zip(results { linear($0, weight, bias) }, reference) {
        #expect(result.isClose(to: wanted, relative: 1e-3, absolute: 1e-3))
      }
    }
  }
}
