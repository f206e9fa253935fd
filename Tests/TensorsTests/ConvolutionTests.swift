import Tensors
import Testing

/// Convolutions of 3 × 3 go another way (Winograd's) than all others; both must agree.
@Suite struct ConvolutionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let images: Int, inputs: Int, outputs: Int, height: Int, width: Int, padding: Int
    var testDescription: String { "\(images) × \(inputs) × \(height) × \(width), padding \(padding)" }
  }

  static let cases = [
    Case(images: 3, inputs: 8, outputs: 16, height: 14, width: 14, padding: 1),
    Case(images: 1, inputs: 16, outputs: 8, height: 7, width: 10, padding: 0),
    Case(images: 2, inputs: 9, outputs: 11, height: 5, width: 3, padding: 2),
    Case(images: 5, inputs: 12, outputs: 8, height: 3, width: 3, padding: 0),
    Case(images: 2, inputs: 8, outputs: 8, height: 33, width: 1, padding: 1),
  ]

  @Test(arguments: cases)
  func winogradAgreesWithWindowsAsColumns(_ c: Case) {
    withSeed(3) {
      let x = Tensor.normal(c.images, c.inputs, c.height, c.width).requiringGradient()
      let weight = Tensor.normal(c.outputs, c.inputs, 3, 3).requiringGradient()
      let bias = Tensor.normal(c.outputs).requiringGradient()
      let y = conv2d(x, weight, bias, padding: c.padding)
      let share = Tensor.normal(y.shape)
      (y * share).sum().backward()
      let results = [y, x.gradient!, weight.gradient!, bias.gradient!]
      for leaf in [x, weight, bias] { leaf.gradient = nil }

      let columns = unfold(x, kernelSize: 3, padding: c.padding)
      let product = matmul(weight.reshape(c.outputs, -1), columns) + bias.reshape(-1, 1)
      let reference = product.reshape(y.shape)
      (reference * share).sum().backward()
      for (result, wanted) in zip(results, [reference, x.gradient!, weight.gradient!, bias.gradient!]) {
        #expect(result.isClose(to: wanted, relative: 1e-4, absolute: 1e-4 * abs(wanted).max().item))
      }
    }
  }

  /// A pooling hands its gradient on past the ReLU before it; whoever asks for the gradient between still gets it.
  @Test(arguments: [false, true])
  func poolingAfterReLU(retaining: Bool) {
    withSeed(5) {
      let x = Tensor.normal(2, 3, 7, 6).requiringGradient()
      let y = relu(x)
      if retaining { y.retainGradient() }
      (square(maxPool2d(y, kernelSize: 2)).sum() + y.sum()).backward()
      let result = x.gradient!
      x.gradient = nil
      let z = clamp(x, minimum: 0)
      (square(maxPool2d(z, kernelSize: 2)).sum() + z.sum()).backward()
      #expect(result == x.gradient!)
      if retaining { #expect(choose(y .> 0, y.gradient!, Tensor(0)) == result) }
    }
  }

  /// A ReLU overwrites numbers that nobody else has, and no others.
  @Test func reluLeavesOthersAlone() {
    let x = Tensor([-1, 2])
    let y = x * 1
    #expect(relu(y) == Tensor([0, 2]))
    #expect(y == x)
    let w = Tensor([-1, 2], requiresGradient: true)
    let z = relu(w * Tensor([3, 3]))
    z.sum().backward()
    #expect(z == Tensor([0, 6]) && w.gradient == Tensor([0, 3]))
    let e = exp(w)
    _ = relu(e - e)
    #expect(e == exp(w))
  }
}
