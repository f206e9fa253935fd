import Foundation
import NeuralNetworks
import Tensors
import Testing

/// The numbers that the guide works out by hand, Parts I and II.
@Suite struct WorkedNumbersTests {
  @Test func crossEntropyAndItsGradient() {
    let logits = Tensor([[1, 2, 3]], requiresGradient: true)
    let loss = crossEntropy(logits, [2])
    loss.backward()
    #expect(close(loss, [0.407606]))
    #expect(close(logits.gradient!, [0.09003, 0.24473, -0.33476]))
  }

  @Test func activationsAtMinusOne() {
    #expect(relu([-1]) == [0])
    #expect(close(leakyReLU([-1]), [-0.01]))
    #expect(close(softplus([-1]), [0.3132617]))
  }

  @Test func adaBoost() {
    #expect(abs(AdaBoost.alpha(error: 0.25) - 0.5493) < 1e-4)
    let boost = AdaBoost([[0], [1], [2], [3]], [1, 1, -1, 1], rounds: 10)
    #expect(abs(boost.rounds[0].error - 0.25) < 1e-9)
    #expect(boost.predict([[0], [1], [2], [3]]) == [1, 1, -1, 1])
  }

  /// relu(x) + relu(−x): two hidden neurons are |x| exactly.
  @Test func oneHiddenLayerIsTheAbsoluteValue() {
    let model = MLP(widths: [1, 2, 1])
    model.layers[0].weight = [[1], [-1]]
    model.layers[0].bias = [0, 0]
    model.layers[1].weight = [[1, 1]]
    model.layers[1].bias = [0]
    let x = Tensor.linspace(-3, 3, count: 61).reshape(61, 1)
    #expect(model(x) == abs(x))
  }

  /// x² on 0…1 (Liang & Srikant 2017; Yarotsky 2017): m layers of two neurons, each a hat folded once more, come within
  /// 4⁻ᵐ⁻¹; one layer of as many neurons gives that many pieces, and an error of 1 / (2n)².
  @Test func depthNeedsFewerNeurons() {
    let x = Tensor.linspace(0, 1, count: 4097)
    func hat(_ x: Tensor) -> Tensor { 2 * relu(x) - 4 * relu(x - 0.5) }
    let depth = 5
    var (deep, folded) = (x, x)
    for m in 1...depth {
      folded = hat(folded)
      deep = deep - folded / pow(4, Float(m))
    }
    let deepError = abs(deep - square(x)).max().item
    #expect(abs(deepError - pow(4, Float(-depth - 1))) < 1e-5)
    let neurons = 2 * depth
    func shallow(_ n: Int) -> Tensor {
      // The line through the points of x² at k / n: each neuron adds a change of slope.
      (0..<n).reduce(Tensor.zeros(4097)) { sum, k in
        let slope = k == 0 ? 1 / Float(n) : 2 / Float(n)
        return sum + slope * relu(x - Float(k) / Float(n))
      }
    }
    let shallowError = abs(shallow(neurons) - square(x)).max().item
    #expect(abs(shallowError - 1 / Float(4 * neurons * neurons)) < 1e-5)
    #expect(shallowError > 10 * deepError)
    // To be as good the shallow one takes 2⁵ neurons.
    #expect(abs(abs(shallow(32) - square(x)).max().item - deepError) < 1e-5)
  }

  /// The 2-2-2 network with sigmoids.
  @Test func forwardAndBackwardByHand() {
    let x: Tensor = [0.05, 0.1]
    let target: Tensor = [0.01, 0.99]
    let w1 = Parameter([[0.15, 0.2], [0.25, 0.3]])
    let w2 = Parameter([[0.4, 0.45], [0.5, 0.55]])
    func error() -> Tensor {
      let hidden = sigmoid(linear(x, w1.value, [0.35, 0.35]))
      let output = sigmoid(linear(hidden, w2.value, [0.6, 0.6]))
      return 0.5 * square(output - target).sum()
    }
    let before = error()
    #expect(close(before, [0.298371109], 1e-6))
    before.backward()
    SGD([w1, w2], learningRate: 0.5).step()
    #expect(close(w1.value[0, 0], [0.149780716], 1e-6))
    #expect(close(w2.value[0, 0], [0.358916480], 1e-6))
    #expect(close(error(), [0.291027774], 1e-6))
  }

  @Test func simpleNN() {
    withSeed(0) {
      let model = Sequential(Linear(3, 5), ReLU(), Linear(5, 2))
      let optimizer = SGD(model.parameters, learningRate: 0.01)
      let x = Tensor.normal(1, 3)
      var losses: [String] = []
      for step in 1...100 {
        let loss = crossEntropy(model(x), [1])
        optimizer.zeroGradients()
        loss.backward()
        optimizer.step()
        if step % 10 == 0 { losses.append(decimal(Double(loss.item), 4)) }
      }
      #expect(
        losses.joined(separator: " ")
          == "0.4939 0.4445 0.4035 0.3688 0.3389 0.3129 0.2900 0.2696 0.2514 0.2350")
    }
  }

  @Test func optimizersOnAParabola() {
    func path(_ steps: Int, _ make: ([Parameter]) -> any Optimizer) -> Tensor {
      let w = Parameter(Tensor(1))
      let optimizer = make([w])
      return stack(
        (0..<steps).map { _ in
          optimizer.zeroGradients()
          square(w.value).backward()
          optimizer.step()
          return w.value.detached
        })
    }
    #expect(close(path(2) { SGD($0, learningRate: 0.1) }, [0.8, 0.64]))
    #expect(close(path(3) { Adam($0, learningRate: 0.1) }, [0.9, 0.8004122, 0.7015863], 1e-6))
    #expect(close(path(2) { AdaGrad($0, learningRate: 0.1) }, [0.9, 0.8331035], 1e-6))
  }

  @Test func convolutionByHand() {
    let image = Tensor.arange(9).reshape(1, 1, 3, 3)
    let filter = Tensor.arange(4).reshape(1, 1, 2, 2)
    #expect(conv2d(image, filter)[0, 0] == [[19, 25], [37, 43]])
    #expect(conv2d(image, filter, stride: 2, padding: 1)[0, 0] == [[0, 8], [21, 43]])
    let two = concatenate([image, image + 1], axis: 1)
    #expect(conv2d(two, concatenate([filter, filter + 1], axis: 1))[0, 0] == [[56, 72], [104, 120]])
    #expect(Conv2d(1, 32, kernelSize: 3).parameterCount == 320)
  }

  @Test func dotAgainstMultiply() {
    #expect(dot([1, 2, 3], [4, 5, 6]) == Tensor(32))
    #expect([1, 2, 3] * ([4, 5, 6] as Tensor) == [4, 10, 18])
    let (a, b): (Tensor, Tensor) = ([[1, 2], [3, 4]], [[5, 6], [7, 8]])
    #expect(matmul(a, b) == [[19, 22], [43, 50]])
    #expect(a * b == [[5, 12], [21, 32]])
  }

  @Test func batchNormalization() {
    let layer = BatchNorm1d(2)
    let y = layer([[1, 2], [3, 4], [5, 6]])
    #expect(close(y, [-1.22474, -1.22474, 0, 0, 1.22474, 1.22474]))
    #expect(close(layer.runningMean, [0.3, 0.4]))
    #expect(close(layer.runningVariance, [1.3, 1.3]))
  }

  @Test func poolingAndResidual() {
    let x = Tensor.arange(16).reshape(1, 1, 4, 4)
    #expect(maxPool2d(x, kernelSize: 2)[0, 0] == [[5, 7], [13, 15]])
    #expect(avgPool2d(x, kernelSize: 2)[0, 0] == [[2.5, 4.5], [10.5, 12.5]])
    // A bright pixel that moves within its window changes nothing.
    func pixel(_ row: Int, _ column: Int) -> Tensor {
      var image = Tensor.zeros(1, 1, 4, 4)
      image[0, 0, row, column] = Tensor(1)
      return image
    }
    #expect(maxPool2d(pixel(0, 0), kernelSize: 2) == maxPool2d(pixel(1, 1), kernelSize: 2))
    #expect(maxPool2d(pixel(0, 0), kernelSize: 2) != maxPool2d(pixel(2, 2), kernelSize: 2))
    let body = Linear(3, 3)
    body.weight = Tensor.zeros(3, 3)
    body.bias = Tensor.zeros(3)
    #expect(Residual(body)([-1, 0, 2]) == [0, 0, 2])
  }

  @Test func simpleCNNHasItsParameters() {
    let model = Sequential(
      Conv2d(1, 32, kernelSize: 3, padding: 1), ReLU(), MaxPool2d(2),
      Conv2d(32, 64, kernelSize: 3, padding: 1),
      ReLU(), MaxPool2d(2), Flatten(), Linear(3136, 128), ReLU(), Linear(128, 10))
    #expect(
      model.summary(inputShape: [1, 1, 28, 28]).layers.map(\.parameters).filter { $0 > 0 } == [
        320, 18496, 401_536, 1290,
      ])
    #expect(model.parameterCount == 421_642)
  }

  @Test func sequences() {
    #expect(abs(perplexity(crossEntropy: log(28.0)) - 28) < 1e-9)
    #expect(close(Tensor(pow(0.9, 100)), [2.656e-5], 1e-8))
    let p = Parameter([0, 0])
    p.gradient = [3, 4]
    #expect(abs(clipGradientNorm([p], maximum: 1) - 5) < 1e-5)
    #expect(close(p.gradient!, [0.6, 0.8], 1e-5))
  }

  @Test func attention() {
    #expect(close(AttentionPooling()([1], keys: [0, 1, 2], values: [0, 1, 4]), [1.5481372], 1e-5))
    #expect(close(AttentionPooling(w: 2)([1], keys: [0, 1, 2], values: [0, 1, 4]), [1.2130139], 1e-5))
    let identity = Tensor.eye(2)
    #expect(
      close(
        scaledDotProductAttention(identity, identity, [[1, 2], [3, 4]]).output[0, 0], [1.6604769], 1e-5))
    let values = Tensor.arange(40).reshape(1, 10, 4).repeated(2, 1, 1)
    let output = DotProductAttention()(
      Tensor.normal(2, 1, 2), Tensor.ones(2, 10, 2), values, lengths: [2, 6])
    #expect(close(output, [2, 3, 4, 5, 10, 11, 12, 13], 1e-4))
    let additive = AdditiveAttention(querySize: 20, keySize: 2, hiddenSize: 8)
    let found = additive(Tensor.normal(2, 1, 20), Tensor.ones(2, 10, 2), values, lengths: [2, 6])
    #expect(close(found, [2, 3, 4, 5, 10, 11, 12, 13], 1e-4))
    #expect(close(softmax(Tensor([112, 96]) / 8), [0.8808, 0.1192], 1e-4))
  }

  @Test func positions() {
    let table = positionalEncoding(length: 12, size: 4)
    #expect(close(table[1], [0.841471, 0.540302, 0.0099998, 0.99995], 1e-5))
    // A shift by k is a rotation of each pair by k times its frequency.
    for pair in 0..<2 {
      let angle = 3 / Float(pow(10000, Double(2 * pair) / 4))
      let (s, c) = (table[2, 2 * pair].item, table[2, 2 * pair + 1].item)
      #expect(abs(table[5, 2 * pair].item - (s * cos(angle) + c * sin(angle))) < 1e-5)
    }
  }

  private func close(_ tensor: Tensor, _ expected: [Float], _ tolerance: Float = 1e-5) -> Bool {
    tensor.count == expected.count && zip(tensor.scalars, expected).allSatisfy { abs($0 - $1) <= tolerance }
  }
}
