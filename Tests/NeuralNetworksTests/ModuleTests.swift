import Foundation
import NeuralNetworks
import Tensors
import Testing

@Suite struct ModuleTests {
  @Test func namesAreDotted() {
    let model = Sequential(Linear(3, 5), ReLU(), Linear(5, 2, bias: false))
    #expect(model.namedParameters.map(\.name) == ["0.weight", "0.bias", "2.weight"])
    #expect(model.parameterCount == 30)
  }

  @Test func modulesFindTheirParts() {
    final class Network: Module {
      let first = Linear(2, 3)
      let blocks = [Residual(Linear(3, 3)), Residual(Linear(3, 3))]
      @Parameter var scale = Tensor(2)
      let nothing: Linear? = nil
      func forward(_ x: Tensor) -> Tensor { blocks[1](blocks[0](first(x))) * scale }
    }
    let model = Network()
    #expect(
      model.namedParameters.map(\.name) == [
        "first.weight", "first.bias", "blocks.0.body.weight", "blocks.0.body.bias", "blocks.1.body.weight",
        "blocks.1.body.bias", "scale",
      ])
    #expect(model(Tensor.ones(4, 2)).shape == [4, 3])
  }

  @Test func modesReachAllParts() {
    let model = Sequential(Dropout(0.5), Sequential(BatchNorm1d(2)))
    model.eval()
    #expect((model[0] as? Dropout)?.isTraining == false)
    #expect(model([[1, 2]]).isClose(to: [[1, 2]], relative: 1e-4))
    model.train()
    #expect((model[0] as? Dropout)?.isTraining == true)
  }

  @Test func defaultsAreDocumented() {
    #expect(leakyReLU([-100]).isClose(to: [-1]))
    #expect(BatchNorm1d(1).momentum == 0.1)
    #expect(BatchNorm1d(1).epsilon == 1e-5)
    #expect(Dropout().probability == 0.5)
    #expect(Adam([Parameter(Tensor(1))]).learningRate == 0.001)
    #expect(AdaGrad([Parameter(Tensor(1))]).learningRate == 0.01)
    #expect(RMSProp([Parameter(Tensor(1))]).learningRate == 0.01)
    #expect(AdaDelta([Parameter(Tensor(1))]).learningRate == 1)
    #expect(TransformerEncoderLayer(4, heads: 1).linear1.weight.shape == [2048, 4])
    #expect(LSTM(2, 3).batchFirst == false)
    #expect(maxPool2d(Tensor.ones(1, 1, 6, 6), kernelSize: 3).shape == [1, 1, 2, 2])
  }

  @Test func weightsAreExchanged() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).safetensors").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let model = Sequential(Conv2d(1, 2, kernelSize: 3), BatchNorm2d(2))
    _ = model(Tensor.normal(4, 1, 5, 5))
    try model.save(to: path)
    #expect(
      try loadTensors(from: path).keys.sorted() == [
        "0.bias", "0.weight", "1.bias", "1.running_mean", "1.running_var", "1.weight",
      ])
    let other = Sequential(Conv2d(1, 2, kernelSize: 3), BatchNorm2d(2))
    try other.load(from: path)
    let x = Tensor.normal(2, 1, 5, 5)
    #expect(model.eval()(x) == other.eval()(x))
    #expect(throws: WeightsError.self) { try Linear(1, 1).load(from: path) }
    try Data([1, 2, 3]).write(to: URL(fileURLWithPath: path))
    #expect(throws: WeightsError.self) { try loadTensors(from: path) }
  }

  @Test func bothDirections() {
    let model = LSTM(3, 4, layers: 2, bidirectional: true)
    let (output, state) = model(Tensor.normal(5, 2, 3))
    #expect(output.shape == [5, 2, 8])
    #expect(state.hidden.shape == [4, 2, 4])
    #expect(state.cell.shape == [4, 2, 4])
    #expect(model.namedParameters.map(\.name).contains("weight_hh_l1_reverse"))
  }

  @Test func cellsAreStepsOfTheirNetworks() {
    let (network, cell) = (GRU(3, 4), GRUCell(3, 4))
    for (a, b) in zip(network.parameters, cell.parameters) { b.value = a.value }
    let x = Tensor.normal(2, 5, 3)
    let h = cell(x[1], cell(x[0]))
    #expect(h.isClose(to: network(x).hidden[0], absolute: 1e-6))
  }

  @Test func schedules() {
    let optimizer = SGD([Parameter(Tensor(1))], learningRate: 1)
    let step = StepSchedule(optimizer, every: 2)
    var rates: [Float] = []
    for _ in 0..<4 {
      rates.append(optimizer.learningRate)
      step.step()
    }
    #expect(Tensor(rates).isClose(to: [1, 1, 0.1, 0.1]))
    optimizer.learningRate = 1
    let cosine = CosineSchedule(optimizer, steps: 4)
    cosine.step()
    cosine.step()
    #expect(abs(optimizer.learningRate - 0.5) < 1e-6)
  }

  @Test func metrics() {
    #expect(accuracy([[1, 2], [3, 0]], [1, 1]) == 0.5)
    #expect(abs(bleu(["the", "cat", "sat", "down"], ["the", "cat", "sat", "down"]) - 1) < 1e-9)
    var matrix = ConfusionMatrix(classes: 2)
    matrix.add([[1, 2], [3, 0], [0, 1]], [1, 1, 0])
    #expect(matrix.counts == [[0, 1], [1, 1]])
  }
}
