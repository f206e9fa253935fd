import Figures
import NeuralNetworks
import Tensors
import Testing

/// A mistake and what it says. Each message names the operation, the shapes, and the rule that was broken.
struct Mistake: Sendable, CustomTestStringConvertible {
  let message: String
  let make: @Sendable () -> Void

  init(_ message: String, _ make: @escaping @Sendable () -> Void) {
    self.message = message
    self.make = make
  }

  var testDescription: String { message }

  static let all: [Mistake] = [
    Mistake("matmul: [2, 3] × [4, 5]: inner sizes 3 and 4 differ") {
      _ = matmul(Tensor.ones(2, 3), Tensor.ones(4, 5))
    },
    Mistake("matmul: [] × [2, 2]: a scalar has no inner size; use * instead") {
      _ = matmul(Tensor(1), Tensor.ones(2, 2))
    },
    Mistake("dot: [2] · [3]: sizes 2 and 3 differ") { _ = dot([1, 2], [1, 2, 3]) },
    Mistake("+: [2, 3] and [2, 4]: sizes 3 and 4, counted last, differ and neither is 1") {
      _ = Tensor.ones(2, 3) + Tensor.ones(2, 4)
    },
    Mistake("linear: [4, 2] with weight [5, 3]: the last axis must have 3 features, and has 2") {
      _ = Linear(3, 5)(Tensor.ones(4, 2))
    },
    Mistake("sum: [2, 3] has no axis 2: axes run from 0 to 1, or from -2 to -1") {
      _ = Tensor.ones(2, 3).sum(axis: 2)
    },
    Mistake("sum: a scalar has no axis 0") { _ = Tensor(1).sum(axis: 0) },
    Mistake("reshape: [2, 3] → [4, 2]: 6 elements do not fill a shape of 8") {
      _ = Tensor.ones(2, 3).reshape(4, 2)
    },
    Mistake("subscript: 5 is outside axis 0 of [3], which runs from 0 to 2") { _ = Tensor.ones(3)[5] },
    Mistake("slice: 1..<9 reaches outside axis 1 of [2, 3], which runs from 0 to 2") {
      _ = Tensor.ones(2, 3).slice(axis: 1, 1..<9)
    },
    Mistake("Tensor: row 0 has shape [2], but row 1 has shape [1]: all rows must be equally long") {
      _ = Tensor([[1, 2], [3]])
    },
    Mistake("Tensor: 3 numbers do not fill the shape [2, 2], which holds 4") {
      _ = Tensor([1, 2, 3], shape: [2, 2])
    },
    Mistake("item: a tensor of shape [2] has 2 elements, not one") { _ = Tensor([1, 2]).item },
    Mistake("concatenate: [2, 3] and [2, 4]: all axes but axis 0 must agree") {
      _ = concatenate([Tensor.ones(2, 3), Tensor.ones(2, 4)])
    },
    Mistake("max: a tensor of shape [0] has no elements") { _ = Tensor.zeros(0).max() },
    Mistake("solve: the matrix [2, 2] is singular: its column 2 depends on those before it") {
      _ = solve([[1, 2], [2, 4]], [1, 2])
    },
    Mistake(
      "conv2d: [1, 3, 8, 8] with weight [4, 1, 3, 3]: the filters are for 1 channels, the images have 3"
    ) {
      _ = Conv2d(1, 4, kernelSize: 3)(Tensor.ones(1, 3, 8, 8))
    },
    Mistake("conv2d: [8, 8] with weight [4, 1, 3, 3]: both need four axes: images [N, C, H, W] and filters") {
      _ = Conv2d(1, 4, kernelSize: 3)(Tensor.ones(8, 8))
    },
    Mistake(
      "conv2d: a kernel of 5 × 5 (dilation 1, 1) is larger than the image of 3 × 3 with padding 0, 0"
    ) { _ = Conv2d(1, 1, kernelSize: 5)(Tensor.ones(1, 1, 3, 3)) },
    Mistake("crossEntropy: label 3 is not among the 3 classes 0…2") { _ = crossEntropy([[1, 2, 3]], [3]) },
    Mistake("crossEntropy: logits [2, 3] hold 2 examples, but there are 1 labels") {
      _ = crossEntropy(Tensor.ones(2, 3), [0])
    },
    Mistake("crossEntropy: the batch is empty: there is no loss without examples") {
      _ = crossEntropy(Tensor.zeros(0, 3), [Int]())
    },
    Mistake("meanSquaredError: [3] with target [3, 1]: prediction and target must have the same shape") {
      _ = meanSquaredError(Tensor.ones(3), Tensor.ones(3, 1))
    },
    Mistake(
      "binaryCrossEntropy: 1.5 is no probability: it must be from 0 to 1. For logits there is binaryCrossEntropyWithLogits"
    ) {
      _ = binaryCrossEntropy([1.5], [1])
    },
    Mistake(
      "backward: the tensor has shape [2]; only a scalar has one gradient. Take its sum() or mean(), or give backward the tensor's own gradient"
    ) { (Tensor([1, 2], requiresGradient: true) * 2).backward() },
    Mistake(
      "backward: this computation was already used by an earlier backward(); compute it again, or call backward(retainingGraph: true) the first time"
    ) {
      let loss = square(Tensor(2, requiresGradient: true))
      loss.backward()
      loss.backward()
    },
    Mistake(
      "backward: the loss is not a number; look for a logarithm or square root of a negative number, 0 / 0, or a learning rate so large that the weights grew without bound"
    ) { log(Tensor(-1, requiresGradient: true)).backward() },
    Mistake("backward: no tensor that requires a gradient took part in computing this scalar") {
      Tensor(1).backward()
    },
    Mistake("embedding: index 7 is not among the 5 rows 0…4 of the table") { _ = Embedding(5, 2)([7]) },
    Mistake("BatchNorm2d: [2, 3]: a batch needs the axes [N, C, H, W]") {
      _ = BatchNorm2d(3)(Tensor.ones(2, 3))
    },
    Mistake("batchNorm: [1, 3]: in training a channel needs more than one value to have a variance") {
      _ = BatchNorm1d(3)(Tensor.ones(1, 3))
    },
    Mistake("RNN: [5, 2, 4]: a sequence needs the axes [T, N, 3], or [T, 3] alone") {
      _ = RNN(3, 6)(Tensor.ones(5, 2, 4)).output
    },
    Mistake("MultiHeadAttention: a model size of 10 does not divide among 3 heads") {
      _ = MultiHeadAttention(10, heads: 3)
    },
    Mistake("SGD: there are no parameters to change") { _ = SGD([], learningRate: 0.1) },
    Mistake("SGD: a learning rate of -1.0 is not a number from 0 up") {
      _ = SGD([Parameter(Tensor(1))], learningRate: -1)
    },
    Mistake(
      "Trainer: the loss is nan after 0 examples: the learning rate may be too large, or an input is not finite"
    ) {
      let model = Linear(1, 2)
      let trainer = Trainer(model, optimizer: SGD(model.parameters, learningRate: 0.1))
      _ = trainer.fit(DataLoader(Tensor([[Float.nan]]), [0]), epochs: 1)
    },
    Mistake("Forgetful: a module needs `func forward(_ x: Tensor) -> Tensor` to be called with one tensor") {
      _ = Forgetful()(Tensor(1))
    },
  ]
}

private final class Forgetful: Module {}

@Suite struct MistakeTests {
  @Test(arguments: Mistake.all.indices)
  func saysWhatIsWrong(_ index: Int) async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { [index] in
      Mistake.all[index].make()
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("Fatal error: \(Mistake.all[index].message)\n"), "\(text.prefix(300))")
  }
}
