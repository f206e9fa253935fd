import NeuralNetworks
import Tensors
import Testing

/// Multi-head attention works on the heads where they lie; the same from cut and transposed tensors must agree.
@Suite struct AttentionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let batchFirst: Bool, crosses: Bool, isCausal: Bool
    var testDescription: String { "batchFirst \(batchFirst), crosses \(crosses), causal \(isCausal)" }
  }

  static let cases = [
    Case(batchFirst: true, crosses: false, isCausal: false),
    Case(batchFirst: false, crosses: false, isCausal: true),
    Case(batchFirst: true, crosses: true, isCausal: true),
    Case(batchFirst: false, crosses: true, isCausal: false),
  ]

  @Test(arguments: cases)
  func headsAgreeWithSeparateAttentions(_ c: Case) {
    withSeed(11) {
      let layer = MultiHeadAttention(6, heads: 2, batchFirst: c.batchFirst)
      layer.inputBias = Tensor.normal(18)
      let (n, l, s) = (3, 4, c.crosses ? 5 : 4)
      let x = Tensor.normal(c.batchFirst ? [n, l, 6] : [l, n, 6]).requiringGradient()
      let memory = Tensor.normal(c.batchFirst ? [n, s, 6] : [s, n, 6]).requiringGradient()
      let mask = Tensor.normal(2, l, s).requiringGradient()
      let leaves = [x, memory, mask] + layer.parameters.map(\.value)
      func gradients(_ y: Tensor) -> [Tensor] {
        for leaf in leaves { leaf.gradient = nil }
        (y * y * y).sum().backward()
        return [y] + leaves.compactMap(\.gradient)
      }

      let source = c.crosses ? memory : x
      let results = gradients(layer(x, source, source, mask: mask, isCausal: c.isCausal))
      let parts = [x, source, source].enumerated().map { i, input -> Tensor in
        let rows = 6 * i..<6 * (i + 1)
        let part = linear(
          input, layer.inputWeight.slice(axis: 0, rows), layer.inputBias!.slice(axis: 0, rows))
        return part.reshape(part.shape[0], part.shape[1], 2, 3).permute(
          c.batchFirst ? [0, 2, 1, 3] : [1, 2, 0, 3])
      }
      let mixed = scaledDotProductAttention(
        parts[0], parts[1], parts[2], mask: mask, isCausal: c.isCausal)
      let joined = mixed.output.permute(c.batchFirst ? [0, 2, 1, 3] : [2, 0, 1, 3]).reshape(x.shape)
      let wanted = gradients(layer.output.forward(joined))
      #expect(results.count == wanted.count && results.count == (c.crosses ? 8 : 7))
      for (result, wanted) in zip(results, wanted) {
        #expect(result.isClose(to: wanted, relative: 1e-4, absolute: 1e-5))
      }
      #expect(layer.weights!.isClose(to: mixed.weights, relative: 1e-5, absolute: 1e-6))
    }
  }

  /// Dropout of the weights draws the numbers that PyTorch would draw for a tensor of their shape.
  @Test func weightsAreDropped() {
    let layer = MultiHeadAttention(4, heads: 2, dropout: 0.5, batchFirst: true)
    let x = Tensor.normal(2, 3, 4)
    let whole = layer.eval()(x)
    #expect(layer.train()(x) != whole)
    #expect(layer.eval()(x) == whole)
  }

  /// A sequence that is cut off from its gradient as key is another one than the query, though the numbers are shared.
  @Test func detachedKeysPassNoGradient() {
    withSeed(2) {
      let layer = MultiHeadAttention(4, heads: 1, batchFirst: true)
      let x = Tensor.normal(1, 3, 4).requiringGradient()
      layer(x, x, x).sum().backward()
      let whole = x.gradient!
      x.gradient = nil
      layer(x, x.detached, x.detached).sum().backward()
      #expect(x.gradient != whole)
    }
  }
}
