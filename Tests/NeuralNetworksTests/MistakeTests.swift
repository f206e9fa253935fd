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
    Mistake("softmax: [2, 3] has no axis 2: axes run from 0 to 1, or from -2 to -1") {
      _ = softmax(Tensor.ones(2, 3), axis: 2)
    },
    Mistake("stack: [2] and [3]: all shapes must agree") { _ = stack([Tensor.ones(2), Tensor.ones(3)]) },
    Mistake("-: [4, 1, 3] and [2, 4]: sizes 3 and 4, counted last, differ and neither is 1") {
      _ = Tensor.ones(4, 1, 3) - Tensor.ones(2, 4)
    },
    Mistake("binaryCrossEntropy: [2, 1] with target [2]: prediction and target must have the same shape") {
      _ = binaryCrossEntropy(Tensor.full([2, 1], 0.5), Tensor.ones(2))
    },
    Mistake("huber: [2] with target [1]: prediction and target must have the same shape") {
      _ = huber(Tensor.ones(2), Tensor.ones(1))
    },
    Mistake("meanSquaredError: the batch is empty: there is no loss without examples") {
      _ = meanSquaredError(Tensor.zeros(0), Tensor.zeros(0))
    },
    Mistake("accuracy: the batch is empty") { _ = accuracy(Tensor.zeros(0, 3), []) },
    Mistake("accuracy: logits [2, 3] with 1 labels: logits need the axes [labels, classes]") {
      _ = accuracy(Tensor.ones(2, 3), [0])
    },
    Mistake("Trainer: there is no batch to learn from: 0 examples") {
      let model = Linear(1, 2)
      let trainer = Trainer(model, optimizer: SGD(model.parameters, learningRate: 0.1))
      _ = trainer.fit(DataLoader(Tensor.zeros(0, 1), []), epochs: 1)
    },
    Mistake("Dataset: inputs [3, 2] with 2 labels: there must be as many labels as examples") {
      _ = Dataset(Tensor.ones(3, 2), [0, 1])
    },
    Mistake("DataLoader: a batch size of 0 makes no sense") {
      _ = DataLoader(Tensor.ones(1, 1), [0], batchSize: 0)
    },
    Mistake("RNN: [0, 2, 3]: the sequence is empty") { _ = RNN(3, 6)(Tensor.zeros(0, 2, 3)).output },
    Mistake(
      "GRU: a state of shape [1, 3, 6] was given where [layers · directions, N, hidden] = [1, 2, 6] is needed"
    ) {
      _ = GRU(3, 6)(Tensor.ones(5, 2, 3), Tensor.ones(1, 3, 6)).output
    },
    Mistake(
      "scaledDotProductAttention: [2, 4] with key [3, 5]: queries and keys must have one size, but have 4 and 5"
    ) { _ = scaledDotProductAttention(Tensor.ones(2, 4), Tensor.ones(3, 5), Tensor.ones(3, 5)) },
    Mistake(
      "scaledDotProductAttention: query [2, 4], key [3, 4], value [2, 4]: each key needs a value, but there are 3 and 2"
    ) { _ = scaledDotProductAttention(Tensor.ones(2, 4), Tensor.ones(3, 4), Tensor.ones(2, 4)) },
    Mistake("paddingMask: a length of 9 does not fit sequences of 4") {
      _ = paddingMask(lengths: [9], count: 4)
    },
    Mistake("PositionalEncoding: [1, 5, 4]: a sequence needs the axes [N, L ≤ 3, 4]") {
      _ = PositionalEncoding(4, length: 3)(Tensor.ones(1, 5, 4))
    },
    Mistake("layerNorm: [2, 3] over [4]: the last axes must have the normalized shape") {
      _ = LayerNorm(4)(Tensor.ones(2, 3))
    },
    Mistake("GroupNorm: 2 groups do not divide 3 channels") { _ = GroupNorm(2, 3) },
    Mistake("BatchNorm1d: [2, 4] has 4 channels, the layer 3") { _ = BatchNorm1d(3)(Tensor.ones(2, 4)) },
    Mistake("Conv2d: 3 groups do not divide 4 inputs and 6 outputs") {
      _ = Conv2d(4, 6, kernelSize: 3, groups: 3)
    },
    Mistake("Dropout: 1.5 is no probability: it must be from 0 to 1") { _ = Dropout(1.5) },
    Mistake("Residual: [2, 3] + [2, 4]: the body must keep the shape, or a shortcut must change it likewise")
    {
      _ = Residual(Linear(3, 4))(Tensor.ones(2, 3))
    },
    Mistake("MLP: widths [3]: at least an input and an output width are needed") { _ = MLP(widths: [3]) },
    Mistake("Vocabulary: \"dog\" is not among the 1 words, and there is no <unk>") {
      _ = Vocabulary(["cat"]).encode(["dog"])
    },
    Mistake("NGramModel: the text is empty: there is nothing to count") { _ = NGramModel([]) },
    Mistake("ParallelCorpus: there are no sentences") { _ = ParallelCorpus([]) },
    Mistake("Sampling: a temperature of 0.0 is not above 0; use .greedy instead") {
      _ = Sampling.temperature(0).choose([1, 2])
    },
    Mistake("beamSearch: a width of 0 keeps nothing") {
      _ = beamSearch([0], width: 0, count: 1) { _ in [1, 2] }
    },
    Mistake("AdaBoost: label 0 is neither 1 nor -1") { _ = AdaBoost([[1], [2]], [1, 0], rounds: 1) },
    Mistake("Parameter: a value of shape [3] does not fit a parameter of shape [2]") {
      Parameter([1, 2]).value = [1, 2, 3]
    },
    Mistake("gradientNorms: step 1 gives a tensor that does not come from the state it was given") {
      _ = gradientNorms(steps: 2, from: [1]) { _, h in h.detached }
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
