import Figures
import NeuralNetworks
import Tensors

extension CellMistake {
  /// Each message names the operation, the shapes, and the rule that was broken.
  static let ofNetworks: [CellMistake] = [
    CellMistake("matmul: [2, 3] × [4, 5]: inner sizes 3 and 4 differ") {
      _ = matmul(Tensor.ones(2, 3), Tensor.ones(4, 5))
    },
    CellMistake("matmul: [] × [2, 2]: a scalar has no inner size; use * instead") {
      _ = matmul(Tensor(1), Tensor.ones(2, 2))
    },
    CellMistake("dot: [2] · [3]: sizes 2 and 3 differ") { _ = dot([1, 2], [1, 2, 3]) },
    CellMistake("+: [2, 3] and [2, 4]: sizes 3 and 4, counted last, differ and neither is 1") {
      _ = Tensor.ones(2, 3) + Tensor.ones(2, 4)
    },
    CellMistake("linear: [4, 2] with weight [5, 3]: the last axis must have 3 features, and has 2") {
      _ = Linear(3, 5)(Tensor.ones(4, 2))
    },
    CellMistake("sum: [2, 3] has no axis 2: axes run from 0 to 1, or from -2 to -1") {
      _ = Tensor.ones(2, 3).sum(axis: 2)
    },
    CellMistake("sum: a scalar has no axis 0") { _ = Tensor(1).sum(axis: 0) },
    CellMistake("reshape: [2, 3] → [4, 2]: 6 elements do not fill a shape of 8") {
      _ = Tensor.ones(2, 3).reshape(4, 2)
    },
    CellMistake("subscript: 5 is outside axis 0 of [3], which runs from 0 to 2") { _ = Tensor.ones(3)[5] },
    CellMistake("slice: 1..<9 reaches outside axis 1 of [2, 3], which runs from 0 to 2") {
      _ = Tensor.ones(2, 3).slice(axis: 1, 1..<9)
    },
    CellMistake("Tensor: row 0 has shape [2], but row 1 has shape [1]: all rows must be equally long") {
      _ = Tensor([[1, 2], [3]])
    },
    CellMistake("Tensor: 3 numbers do not fill the shape [2, 2], which holds 4") {
      _ = Tensor([1, 2, 3], shape: [2, 2])
    },
    CellMistake("item: a tensor of shape [2] has 2 elements, not one") { _ = Tensor([1, 2]).item },
    CellMistake("concatenate: [2, 3] and [2, 4]: all axes but axis 0 must agree") {
      _ = concatenate([Tensor.ones(2, 3), Tensor.ones(2, 4)])
    },
    CellMistake("max: a tensor of shape [0] has no elements") { _ = Tensor.zeros(0).max() },
    CellMistake("solve: the matrix [2, 2] is singular: its column 2 depends on those before it") {
      _ = solve([[1, 2], [2, 4]], [1, 2])
    },
    CellMistake(
      "conv2d: [1, 3, 8, 8] with weight [4, 1, 3, 3]: the filters are for 1 channels, the images have 3"
    ) {
      _ = Conv2d(1, 4, kernelSize: 3)(Tensor.ones(1, 3, 8, 8))
    },
    CellMistake(
      "conv2d: [8, 8] with weight [4, 1, 3, 3]: both need four axes: images [N, C, H, W] and filters"
    ) {
      _ = Conv2d(1, 4, kernelSize: 3)(Tensor.ones(8, 8))
    },
    CellMistake(
      "conv2d: a kernel of 5 × 5 (dilation 1, 1) is larger than the image of 3 × 3 with padding 0, 0"
    ) { _ = Conv2d(1, 1, kernelSize: 5)(Tensor.ones(1, 1, 3, 3)) },
    CellMistake("crossEntropy: label 3 is not among the 3 classes 0…2") {
      _ = crossEntropy([[1, 2, 3]], [3])
    },
    CellMistake("crossEntropy: logits [2, 3] hold 2 examples, but there are 1 labels") {
      _ = crossEntropy(Tensor.ones(2, 3), [0])
    },
    CellMistake("crossEntropy: the batch is empty: there is no loss without examples") {
      _ = crossEntropy(Tensor.zeros(0, 3), [Int]())
    },
    CellMistake("meanSquaredError: [3] with target [3, 1]: prediction and target must have the same shape") {
      _ = meanSquaredError(Tensor.ones(3), Tensor.ones(3, 1))
    },
    CellMistake(
      "binaryCrossEntropy: 1.5 is no probability: it must be from 0 to 1. For logits there is binaryCrossEntropyWithLogits"
    ) {
      _ = binaryCrossEntropy([1.5], [1])
    },
    CellMistake(
      "backward: the tensor has shape [2]; only a scalar has one gradient. Take its sum() or mean(), or give backward the tensor's own gradient"
    ) { (Tensor([1, 2], requiresGradient: true) * 2).backward() },
    CellMistake(
      "backward: this computation was already used by an earlier backward(); compute it again, or call backward(retainingGraph: true) the first time"
    ) {
      let loss = square(Tensor(2, requiresGradient: true))
      loss.backward()
      loss.backward()
    },
    CellMistake(
      "backward: the loss is not a number; look for a logarithm or square root of a negative number, 0 / 0, or a learning rate so large that the weights grew without bound"
    ) { log(Tensor(-1, requiresGradient: true)).backward() },
    CellMistake("backward: no tensor that requires a gradient took part in computing this scalar") {
      Tensor(1).backward()
    },
    CellMistake("embedding: index 7 is not among the 5 rows 0…4 of the table") { _ = Embedding(5, 2)([7]) },
    CellMistake("BatchNorm2d: [2, 3]: a batch needs the axes [N, C, H, W]") {
      _ = BatchNorm2d(3)(Tensor.ones(2, 3))
    },
    CellMistake("batchNorm: [1, 3]: in training a channel needs more than one value to have a variance") {
      _ = BatchNorm1d(3)(Tensor.ones(1, 3))
    },
    CellMistake("RNN: [5, 2, 4]: a sequence needs the axes [T, N, 3], or [T, 3] alone") {
      _ = RNN(3, 6)(Tensor.ones(5, 2, 4)).output
    },
    CellMistake("MultiHeadAttention: a model size of 10 does not divide among 3 heads") {
      _ = MultiHeadAttention(10, heads: 3)
    },
    CellMistake("SGD: there are no parameters to change") { _ = SGD([], learningRate: 0.1) },
    CellMistake("SGD: a learning rate of -1.0 is not a number from 0 up") {
      _ = SGD([Parameter(Tensor(1))], learningRate: -1)
    },
    CellMistake(
      "Trainer: the loss is nan after 0 examples: the learning rate may be too large, or an input is not finite"
    ) {
      let model = Linear(1, 2)
      let trainer = Trainer(model, optimizer: SGD(model.parameters, learningRate: 0.1))
      _ = trainer.fit(DataLoader(Tensor([[Float.nan]]), [0]), epochs: 1)
    },
    CellMistake("softmax: [2, 3] has no axis 2: axes run from 0 to 1, or from -2 to -1") {
      _ = softmax(Tensor.ones(2, 3), axis: 2)
    },
    CellMistake("stack: [2] and [3]: all shapes must agree") { _ = stack([Tensor.ones(2), Tensor.ones(3)]) },
    CellMistake("-: [4, 1, 3] and [2, 4]: sizes 3 and 4, counted last, differ and neither is 1") {
      _ = Tensor.ones(4, 1, 3) - Tensor.ones(2, 4)
    },
    CellMistake("binaryCrossEntropy: [2, 1] with target [2]: prediction and target must have the same shape")
    {
      _ = binaryCrossEntropy(Tensor.full([2, 1], 0.5), Tensor.ones(2))
    },
    CellMistake("huber: [2] with target [1]: prediction and target must have the same shape") {
      _ = huber(Tensor.ones(2), Tensor.ones(1))
    },
    CellMistake("meanSquaredError: the batch is empty: there is no loss without examples") {
      _ = meanSquaredError(Tensor.zeros(0), Tensor.zeros(0))
    },
    CellMistake("accuracy: the batch is empty") { _ = accuracy(Tensor.zeros(0, 3), []) },
    CellMistake("accuracy: logits [2, 3] with 1 labels: logits need the axes [labels, classes]") {
      _ = accuracy(Tensor.ones(2, 3), [0])
    },
    CellMistake("Trainer: there is no batch to learn from: 0 examples") {
      let model = Linear(1, 2)
      let trainer = Trainer(model, optimizer: SGD(model.parameters, learningRate: 0.1))
      _ = trainer.fit(DataLoader(Tensor.zeros(0, 1), []), epochs: 1)
    },
    CellMistake("Dataset: inputs [3, 2] with 2 labels: there must be as many labels as examples") {
      _ = Dataset(Tensor.ones(3, 2), [0, 1])
    },
    CellMistake("DataLoader: a batch size of 0 makes no sense") {
      _ = DataLoader(Tensor.ones(1, 1), [0], batchSize: 0)
    },
    CellMistake("RNN: [0, 2, 3]: the sequence is empty") { _ = RNN(3, 6)(Tensor.zeros(0, 2, 3)).output },
    CellMistake(
      "GRU: a state of shape [1, 3, 6] was given where [layers · directions, N, hidden] = [1, 2, 6] is needed"
    ) {
      _ = GRU(3, 6)(Tensor.ones(5, 2, 3), Tensor.ones(1, 3, 6)).output
    },
    CellMistake(
      "scaledDotProductAttention: [2, 4] with key [3, 5]: queries and keys must have one size, but have 4 and 5"
    ) { _ = scaledDotProductAttention(Tensor.ones(2, 4), Tensor.ones(3, 5), Tensor.ones(3, 5)) },
    CellMistake(
      "scaledDotProductAttention: query [2, 4], key [3, 4], value [2, 4]: each key needs a value, but there are 3 and 2"
    ) { _ = scaledDotProductAttention(Tensor.ones(2, 4), Tensor.ones(3, 4), Tensor.ones(2, 4)) },
    CellMistake("paddingMask: a length of 9 does not fit sequences of 4") {
      _ = paddingMask(lengths: [9], count: 4)
    },
    CellMistake("PositionalEncoding: [1, 5, 4]: a sequence needs the axes [N, L ≤ 3, 4]") {
      _ = PositionalEncoding(4, length: 3)(Tensor.ones(1, 5, 4))
    },
    CellMistake("layerNorm: [2, 3] over [4]: the last axes must have the normalized shape") {
      _ = LayerNorm(4)(Tensor.ones(2, 3))
    },
    CellMistake("GroupNorm: 2 groups do not divide 3 channels") { _ = GroupNorm(2, 3) },
    CellMistake("BatchNorm1d: [2, 4] has 4 channels, the layer 3") { _ = BatchNorm1d(3)(Tensor.ones(2, 4)) },
    CellMistake("Conv2d: 3 groups do not divide 4 inputs and 6 outputs") {
      _ = Conv2d(4, 6, kernelSize: 3, groups: 3)
    },
    CellMistake("Dropout: 1.5 is no probability: it must be from 0 to 1") { _ = Dropout(1.5) },
    CellMistake(
      "Residual: [2, 3] + [2, 4]: the body must keep the shape, or a shortcut must change it likewise"
    ) {
      _ = Residual(Linear(3, 4))(Tensor.ones(2, 3))
    },
    CellMistake("MLP: widths [3]: at least an input and an output width are needed") { _ = MLP(widths: [3]) },
    CellMistake("Vocabulary: \"dog\" is not among the 1 words, and there is no <unk>") {
      _ = Vocabulary(["cat"]).encode(["dog"])
    },
    CellMistake("NGramModel: the text is empty: there is nothing to count") { _ = NGramModel([]) },
    CellMistake("ParallelCorpus: there are no sentences") { _ = ParallelCorpus([]) },
    CellMistake("Sampling: a temperature of 0.0 is not above 0; use .greedy instead") {
      _ = Sampling.temperature(0).choose([1, 2])
    },
    CellMistake("beamSearch: a width of 0 keeps nothing") {
      _ = beamSearch([0], width: 0, count: 1) { _ in [1, 2] }
    },
    CellMistake("AdaBoost: label 0 is neither 1 nor -1") { _ = AdaBoost([[1], [2]], [1, 0], rounds: 1) },
    CellMistake("Parameter: a value of shape [3] does not fit a parameter of shape [2]") {
      Parameter([1, 2]).value = [1, 2, 3]
    },
    CellMistake("gradientNorms: step 1 gives a tensor that does not come from the state it was given") {
      _ = gradientNorms(steps: 2, from: [1]) { _, h in h.detached }
    },
    CellMistake(
      "Forgetful: a module needs `func forward(_ x: Tensor) -> Tensor` to be called with one tensor"
    ) {
      _ = Forgetful()(Tensor(1))
    },
  ]
}

private final class Forgetful: Module {}
