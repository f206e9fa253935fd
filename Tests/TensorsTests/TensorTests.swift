import Tensors
import Testing

@Suite struct TensorTests {
  @Test func valuesAreTheirOwn() {
    let a: Tensor = [1, 2, 3]
    var b = a
    b[0] = Tensor(9)
    #expect(a == [1, 2, 3])
    #expect(b == [9, 2, 3])
  }
}
