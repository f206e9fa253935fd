import NeuralNetworks
import Tensors
import Testing

@Suite struct ModuleTests {
  @Test func namesAreDotted() {
    let model = Sequential(Linear(3, 5), ReLU(), Linear(5, 2, bias: false))
    #expect(model.namedParameters.map(\.name) == ["0.weight", "0.bias", "2.weight"])
    #expect(model.parameterCount == 30)
  }
}
