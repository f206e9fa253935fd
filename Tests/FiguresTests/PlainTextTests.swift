import CellOutputs
import Figures
import Tensors
import Testing

@Suite struct PlainTextTests {
  @Test func tensor() {
    let x: Tensor = [[1, 2], [3, 4]]
    #expect(x.cellOutput.plainText == "tensor([[1., 2.],\n        [3., 4.]], shape: [2, 2])")
    #expect(x.cellOutput.plainText == x.description)
    #expect(x.cellOutput.altText == "A tensor of shape 2 × 2 with values from 1 to 4.")
  }
}
