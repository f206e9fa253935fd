import NeuralNetworks
import Tensors
import Testing

/// A call with its defaults, and the same with each of them written out as documentation and PyTorch have them.
struct Default: Sendable, CustomTestStringConvertible {
  let name: String
  let byDefault: @Sendable () -> Tensor
  let writtenOut: @Sendable () -> Tensor

  init(
    _ name: String, _ byDefault: @escaping @Sendable () -> Tensor,
    _ writtenOut: @escaping @Sendable () -> Tensor
  ) {
    self.name = name
    self.byDefault = byDefault
    self.writtenOut = writtenOut
  }

  var testDescription: String { name }
}

@Suite struct DefaultsTests {
  @Test(arguments: optimizers + losses + convolutions + layers + recurrences + attentions + functions)
  func defaultsAreAsDocumented(_ row: Default) {
    let (a, b) = (withSeed(7, row.byDefault), withSeed(7, row.writtenOut))
    #expect(a.shape == b.shape && a == b, "\(row.name)")
    let isFinite = a.scalars.allSatisfy { $0.isFinite }
    #expect(isFinite, "\(row.name)")
  }

  /// Three steps of an optimizer down Σ w⁴ from 1 and −2.
  private static func walk(_ make: ([Parameter]) -> any Optimizer) -> Tensor {
    let w = Parameter([1, -2])
    let optimizer = make([w])
    for _ in 0..<3 {
      optimizer.zeroGradients()
      pow(w.value, 4).sum().backward()
      optimizer.step()
    }
    return w.value.detached
  }

  private static func rates(_ count: Int, _ make: (any Optimizer) -> any LearningRateSchedule) -> Tensor {
    let optimizer = SGD([Parameter(Tensor(1))], learningRate: 1)
    let schedule = make(optimizer)
    return Tensor(
      (0..<count).map { _ in
        defer { schedule.step() }
        return optimizer.learningRate
      })
  }

  static let optimizers: [Default] = [
    Default(
      "SGD", { walk { SGD($0, learningRate: 0.01) } },
      {
        walk { SGD($0, learningRate: 0.01, momentum: 0, dampening: 0, weightDecay: 0, nesterov: false) }
      }),
    Default(
      "Adam", { walk { Adam($0) } },
      {
        walk { Adam($0, learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0) }
      }),
    Default(
      "AdamW", { walk { AdamW($0) } },
      {
        walk { AdamW($0, learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01) }
      }),
    Default(
      "AdaGrad", { walk { AdaGrad($0) } },
      {
        walk { AdaGrad($0, learningRate: 0.01, epsilon: 1e-10, weightDecay: 0, learningRateDecay: 0) }
      }),
    Default(
      "RMSProp", { walk { RMSProp($0) } },
      {
        walk { RMSProp($0, learningRate: 0.01, alpha: 0.99, epsilon: 1e-8, momentum: 0, weightDecay: 0) }
      }),
    Default(
      "AdaDelta", { walk { AdaDelta($0) } },
      {
        walk { AdaDelta($0, learningRate: 1, rho: 0.9, epsilon: 1e-6, weightDecay: 0) }
      }),
    Default(
      "StepSchedule", { rates(5) { StepSchedule($0, every: 2) } },
      {
        rates(5) { StepSchedule($0, every: 2, factor: 0.1) }
      }),
    Default(
      "CosineSchedule", { rates(5) { CosineSchedule($0, steps: 4) } },
      {
        rates(5) { CosineSchedule($0, steps: 4, minimum: 0) }
      }),
    Default("WarmUpSchedule", { rates(5) { WarmUpSchedule($0, steps: 2) } }, { [0.5, 1, 1, 1, 1] }),
    Default(
      "TransformerSchedule", { rates(3) { TransformerSchedule($0, modelSize: 16) } },
      {
        rates(3) { TransformerSchedule($0, modelSize: 16, warmUp: 4000) }
      }),
  ]

  private static let p: Tensor = [0.2, 0.9, 0.4]
  private static let t: Tensor = [0, 1, 1]
  private static let far: Tensor = [3, -2, 0.5]

  static let losses: [Default] = [
    Default(
      "crossEntropy", { crossEntropy([[1, 2, 3], [3, 1, 0]], [2, 1]) },
      {
        crossEntropy(
          [[1, 2, 3], [3, 1, 0]], [2, 1], weight: nil, ignoreIndex: -100, labelSmoothing: 0, reduction: .mean)
      }),
    Default(
      "crossEntropy ignores −100", { crossEntropy([[1, 2, 3], [3, 1, 0]], [2, -100]) },
      {
        crossEntropy([[1, 2, 3]], [2])
      }),
    Default(
      "negativeLogLikelihood", { negativeLogLikelihood(logSoftmax([[1, 2], [3, 1]]), [0, 1]) },
      {
        negativeLogLikelihood(
          logSoftmax([[1, 2], [3, 1]]), [0, 1], weight: nil, ignoreIndex: -100, reduction: .mean)
      }),
    Default("meanSquaredError", { meanSquaredError(p, t) }, { square(p - t).sum() / 3 }),
    Default("meanAbsoluteError", { meanAbsoluteError(p, t) }, { abs(p - t).sum() / 3 }),
    Default("huber", { huber(far, t) }, { huber(far, t, delta: 1, reduction: .mean) }),
    Default("smoothL1", { smoothL1(far, t) }, { smoothL1(far, t, beta: 1, reduction: .mean) }),
    Default("hinge", { hinge(far, [1, -1, 1]) }, { hinge(far, [1, -1, 1], reduction: .mean) }),
    Default(
      "binaryCrossEntropy", { binaryCrossEntropy(p, t) },
      {
        binaryCrossEntropy(p, t, weight: nil, reduction: .mean)
      }),
    Default(
      "binaryCrossEntropyWithLogits", { binaryCrossEntropyWithLogits(far, t) },
      {
        binaryCrossEntropyWithLogits(far, t, weight: nil, reduction: .mean)
      }),
    Default(
      "klDivergence", { klDivergence(logSoftmax([[1, 2], [0, 1]]), logSoftmax([[2, 1], [0, 3]])) },
      {
        klDivergence(logSoftmax([[1, 2], [0, 1]]), logSoftmax([[2, 1], [0, 3]]), reduction: .batchMean)
      }),
  ]

  private static let image = Tensor.arange(72).reshape(1, 2, 6, 6) / 10

  static let convolutions: [Default] = [
    Default(
      "conv2d", { conv2d(image, Tensor.ones(3, 2, 3, 3)) },
      {
        conv2d(image, Tensor.ones(3, 2, 3, 3), nil, stride: 1, padding: 0, dilation: 1, groups: 1)
      }),
    Default(
      "conv1d", { conv1d(image[0], Tensor.ones(3, 6, 2)) },
      {
        conv1d(image[0], Tensor.ones(3, 6, 2), nil, stride: 1, padding: 0, dilation: 1, groups: 1)
      }),
    Default(
      "convTranspose2d", { convTranspose2d(image, Tensor.ones(2, 3, 3, 3)) },
      {
        convTranspose2d(
          image, Tensor.ones(2, 3, 3, 3), nil, stride: 1, padding: 0, outputPadding: 0, dilation: 1, groups: 1
        )
      }),
    Default(
      "Conv2d", { Conv2d(2, 3, kernelSize: 3)(image) },
      {
        Conv2d(2, 3, kernelSize: 3, stride: 1, padding: 0, dilation: 1, groups: 1, bias: true)(image)
      }),
    Default(
      "Conv1d", { Conv1d(6, 3, kernelSize: 2)(image[0]) },
      {
        Conv1d(6, 3, kernelSize: 2, stride: 1, padding: 0, dilation: 1, groups: 1, bias: true)(image[0])
      }),
    Default(
      "ConvTranspose2d", { ConvTranspose2d(2, 3, kernelSize: 3)(image) },
      {
        ConvTranspose2d(
          2, 3, kernelSize: 3, stride: 1, padding: 0, outputPadding: 0, dilation: 1, groups: 1, bias: true)(
            image)
      }),
    Default(
      "unfold", { unfold(image, kernelSize: 3) },
      {
        unfold(image, kernelSize: 3, stride: 1, padding: 0, dilation: 1)
      }),
    Default(
      "maxPool2d", { maxPool2d(image, kernelSize: 3) },
      {
        maxPool2d(image, kernelSize: 3, stride: 3, padding: 0)
      }),
    Default(
      "avgPool2d", { avgPool2d(image, kernelSize: 3) },
      {
        avgPool2d(image, kernelSize: 3, stride: 3, padding: 0, countIncludesPadding: true)
      }),
    Default("MaxPool2d", { MaxPool2d(2)(image) }, { MaxPool2d(2, stride: 2, padding: 0)(image) }),
    Default(
      "AvgPool2d", { AvgPool2d(2)(image) },
      {
        AvgPool2d(2, stride: 2, padding: 0, countIncludesPadding: true)(image)
      }),
  ]

  static let layers: [Default] = [
    Default("Linear", { Linear(6, 2)(image[0, 0]) }, { Linear(6, 2, bias: true)(image[0, 0]) }),
    Default(
      "Linear's start",
      { stack([Linear(4, 900).weight.max(), Linear(4, 900).weight.min()]).map { ($0 * 10).rounded() } },
      {
        [5, -5]
      }),
    Default("Flatten", { Flatten()(image) }, { image.reshape(1, 72) }),
    Default("Softmax", { Softmax()(image) }, { softmax(image, axis: 3) }),
    Default("LeakyReLU", { LeakyReLU()(far) }, { leakyReLU(far, negativeSlope: 0.01) }),
    Default("ELU", { ELU()(far) }, { elu(far, alpha: 1) }),
    Default("GELU", { GELU()(far) }, { gelu(far, approximate: .none) }),
    Default(
      "Dropout", { Dropout()(Tensor.ones(40)) },
      {
        dropout(Tensor.ones(40), probability: 0.5, isTraining: true)
      }),
    Default(
      "BatchNorm1d", { BatchNorm1d(2)(image[0, 0, .all, 0..<2]) },
      {
        BatchNorm1d(2, epsilon: 1e-5, momentum: 0.1)(image[0, 0, .all, 0..<2])
      }),
    Default(
      "BatchNorm2d's running numbers",
      {
        let layer = BatchNorm2d(2)
        _ = layer(image)
        return stack([layer.runningMean, layer.runningVariance]).map { ($0 * 1000).rounded() / 1000 }
      },
      {
        let flat = image.reshape(2, 36)
        return stack([flat.mean(axis: 1) * 0.1, flat.variance(axis: 1) * 0.1 + 0.9]).map {
          ($0 * 1000).rounded() / 1000
        }
      }),
    Default("LayerNorm", { LayerNorm(6)(image) }, { LayerNorm([6], epsilon: 1e-5, learnable: true)(image) }),
    Default("GroupNorm", { GroupNorm(2, 2)(image) }, { GroupNorm(2, 2, epsilon: 1e-5)(image) }),
    Default(
      "Residual", { Residual(Linear(6, 6))(image) },
      {
        Residual(Linear(6, 6), shortcut: nil, activation: relu)(image)
      }),
    Default("MLP", { MLP(widths: [6, 4, 2])(image) }, { MLP(widths: [6, 4, 2], activation: relu)(image) }),
    Default("Embedding's start", { Embedding(3, 2)([0, 1, 2]) }, { Tensor.normal(3, 2) }),
  ]

  private static let sequence = sin(Tensor.arange(30)).reshape(5, 2, 3)

  static let recurrences: [Default] = [
    Default(
      "RNN", { RNN(3, 4)(sequence).output },
      {
        RNN(
          3, 4, layers: 1, nonlinearity: .tanh, bias: true, batchFirst: false, dropout: 0,
          bidirectional: false)(
            sequence, Tensor.zeros(1, 2, 4)
          ).output
      }),
    Default(
      "GRU", { GRU(3, 4)(sequence).hidden },
      {
        GRU(3, 4, layers: 1, bias: true, batchFirst: false, dropout: 0, bidirectional: false)(
          sequence, Tensor.zeros(1, 2, 4)
        ).hidden
      }),
    Default(
      "LSTM", { LSTM(3, 4)(sequence).state.cell },
      {
        LSTM(3, 4, layers: 1, bias: true, batchFirst: false, dropout: 0, bidirectional: false)(
          sequence, (Tensor.zeros(1, 2, 4), Tensor.zeros(1, 2, 4))
        ).state.cell
      }),
    Default(
      "RNNCell", { RNNCell(3, 4)(sequence[0]) },
      {
        RNNCell(3, 4, nonlinearity: .tanh, bias: true)(sequence[0], Tensor.zeros(2, 4))
      }),
    Default(
      "GRUCell", { GRUCell(3, 4)(sequence[0]) },
      {
        GRUCell(3, 4, bias: true)(sequence[0], Tensor.zeros(2, 4))
      }),
    Default(
      "LSTMCell", { LSTMCell(3, 4)(sequence[0]).cell },
      {
        LSTMCell(3, 4, bias: true)(sequence[0], (Tensor.zeros(2, 4), Tensor.zeros(2, 4))).cell
      }),
  ]

  private static let words = sin(Tensor.arange(24)).reshape(3, 2, 4)

  static let attentions: [Default] = [
    Default(
      "scaledDotProductAttention", { scaledDotProductAttention(words, words, words).output },
      {
        scaledDotProductAttention(words, words, words, mask: nil, isCausal: false, lengths: nil, scale: 0.5)
          .output
      }),
    Default(
      "AttentionPooling", { AttentionPooling()([1], keys: [0, 1, 2], values: [0, 1, 4]) },
      {
        AttentionPooling(kernel: .gaussian, learnable: false, w: 1)([1], keys: [0, 1, 2], values: [0, 1, 4])
      }),
    Default(
      "MultiHeadAttention", { MultiHeadAttention(4, heads: 2)(words) },
      {
        MultiHeadAttention(4, heads: 2, dropout: 0, bias: true, batchFirst: false)(
          words, mask: nil, isCausal: false, lengths: nil)
      }),
    Default(
      "TransformerEncoderLayer", { TransformerEncoderLayer(4, heads: 2)(words) },
      {
        TransformerEncoderLayer(
          4, heads: 2, feedForwardSize: 2048, dropout: 0.1, activation: .relu, epsilon: 1e-5,
          batchFirst: false,
          normFirst: false)(words)
      }),
    Default(
      "TransformerDecoderLayer", { TransformerDecoderLayer(4, heads: 2)(words, memory: words) },
      {
        TransformerDecoderLayer(
          4, heads: 2, feedForwardSize: 2048, dropout: 0.1, activation: .relu, epsilon: 1e-5,
          batchFirst: false,
          normFirst: false)(words, memory: words, isCausal: false)
      }),
    Default(
      "PositionalEncoding", { PositionalEncoding(4)(words) },
      {
        PositionalEncoding(4, length: 1000, dropout: 0.1)(words)
      }),
  ]

  static let functions: [Default] = [
    Default("variance", { image.variance() }, { image.variance(unbiased: true) }),
    Default("norm", { image.norm() }, { sqrt(square(image).sum()) }),
    Default("sorted", { far.sorted().values }, { far.sorted(axis: 0, descending: false).values }),
    Default("topK", { words.topK(2).values }, { words.topK(2, axis: 2).values }),
    Default("concatenate", { concatenate([far, p]) }, { concatenate([far, p], axis: 0) }),
    Default("flatten", { image.flatten() }, { image.reshape(-1) }),
    Default("random", { Tensor.random(5) }, { Tensor.random([5], low: 0, high: 1) }),
    Default("normal", { Tensor.normal(20) }, { Tensor.normal([20], mean: 0, standardDeviation: 1) }),
    Default("arange", { Tensor.arange(3) }, { Tensor.arange(from: 0, to: 3, by: 1) }),
    Default("linspace", { Tensor.linspace(0, 1) }, { Tensor.linspace(0, 1, count: 100) }),
    Default("DataLoader", { DataLoader(Tensor.arange(5), [0, 1, 2, 3, 4]).first { _ in true }!.0 }, { [0] }),
    Default(
      "bleu", { Tensor(bleu(["a", "b", "c", "d", "e"], ["a", "b", "c", "d", "f"])) },
      {
        Tensor(bleu(["a", "b", "c", "d", "e"], ["a", "b", "c", "d", "f"], maximum: 4))
      }),
  ]
}
