import NeuralNetworks
import Tensors
import Testing

extension Operations {
  /// An optimizer's path down Σ (w² − target)².
  static func optimizer(_ oracle: OracleCase) throws {
    let inputs = oracle.inputs()
    let w = Parameter(try inputs.get("w"))
    let target = try inputs.get("target").detached
    let optimizer = try makeOptimizer(oracle.attributes, [w])
    for (step, expected) in (oracle.json["trajectory"].array ?? []).enumerated() {
      optimizer.zeroGradients()
      let loss = square(w.value * w.value - target).sum()
      loss.backward()
      optimizer.step()
      expect(oracle.mismatch("loss \(step)", [loss.item], [oracle.json["losses"][step].double ?? .nan]))
      expect(oracle.mismatch("step \(step)", w.value.scalars, expected.array?.compactMap(\.double) ?? []))
    }
  }

  private static func makeOptimizer(_ a: JSONValue, _ parameters: [Parameter]) throws -> any Optimizer {
    let rate = try #require(a["learningRate"].float)
    let decay = a["weightDecay"].float
    let type = a["type"].string ?? a["optimizer"].string ?? "?"
    switch type {
    case "SGD":
      return SGD(
        parameters, learningRate: rate, momentum: a["momentum"].float ?? 0,
        dampening: a["dampening"].float ?? 0,
        weightDecay: decay ?? 0, nesterov: a["nesterov"].bool ?? false)
    case "Adam":
      return Adam(
        parameters, learningRate: rate, beta1: a["beta1"].float ?? 0.9, beta2: a["beta2"].float ?? 0.999,
        epsilon: a["epsilon"].float ?? 1e-8, weightDecay: decay ?? 0)
    case "AdamW": return AdamW(parameters, learningRate: rate, weightDecay: decay ?? 0.01)
    case "AdaGrad":
      return AdaGrad(
        parameters, learningRate: rate, epsilon: a["epsilon"].float ?? 1e-10, weightDecay: decay ?? 0)
    case "RMSProp":
      return RMSProp(
        parameters, learningRate: rate, alpha: a["alpha"].float ?? 0.99, epsilon: a["epsilon"].float ?? 1e-8,
        momentum: a["momentum"].float ?? 0, weightDecay: decay ?? 0)
    case "AdaDelta":
      return AdaDelta(
        parameters, learningRate: rate, rho: a["rho"].float ?? 0.9, epsilon: a["epsilon"].float ?? 1e-6,
        weightDecay: decay ?? 0)
    default: return try #require(nil, "the optimizer \(type) is unknown")
    }
  }

  /// Draws after `manualSeed`, and the initial weights of modules made after it.
  static func random(_ oracle: OracleCase) throws {
    let seed = oracle.json["seed"].int ?? 0
    manualSeed(seed)
    for (i, draw) in (oracle.json["draws"].array ?? []).enumerated() {
      let count = draw["count"].int ?? 0
      let kind = draw["draw"].string ?? "?"
      let values: [Float]
      switch kind {
      case "uniform": values = Tensor.random([count]).scalars
      case "normal": values = Tensor.normal([count]).scalars
      case "integers": values = randomIntegers(below: draw["below"].int ?? 1, count: count).map(Float.init)
      case "permutation": values = randomPermutation(count).map(Float.init)
      default: values = try #require(nil, "the draw \(kind) is unknown")
      }
      expect(oracle.mismatch("draw \(i) (\(kind))", values, draw["values"].array?.compactMap(\.double) ?? []))
    }
    for initializer in oracle.json["initializers"].array ?? [] {
      let name = initializer["module"].string ?? "?"
      manualSeed(seed)
      let make = try #require(modules[name], "the module \(name) is unknown")
      let parameters = Dictionary(
        uniqueKeysWithValues: make().namedParameters.map { ($0.name, $0.parameter.value) })
      for (key, expected) in initializer["parameters"].object ?? [:] {
        expect(oracle.mismatch("\(name) \(key)", parameters[key], expected))
      }
    }
  }

  private static let modules: [String: @Sendable () -> any Module] = [
    "Linear(3, 5)": { Linear(3, 5) },
    "Conv2d(2, 3, kernelSize: 3)": { Conv2d(2, 3, kernelSize: 3) },
    "Embedding(6, 4)": { Embedding(6, 4) },
    "LSTM(2, 3)": { LSTM(2, 3) },
    "GRU(2, 3)": { GRU(2, 3) },
    "RNN(2, 3)": { RNN(2, 3) },
    "MultiHeadAttention(8, heads: 2)": { MultiHeadAttention(8, heads: 2) },
  ]

  /// A whole training run, step for step.
  static func train(_ oracle: OracleCase) throws {
    let inputs = oracle.inputs()
    let name = oracle.attributes["model"].string ?? "?"
    let model: any Module
    if name.hasPrefix("SimpleNN") {
      model = SimpleNN()
    } else if name.hasPrefix("SimpleCNN") {
      model = SimpleCNN()
    } else {
      model = try #require(nil, "the model \(name) is unknown")
    }
    try load(inputs, into: model)
    let optimizer = try makeOptimizer(oracle.attributes, model.parameters)
    let x = try inputs.get("x").detached
    let labels = oracle.integers["labels"].ints ?? []
    var losses: [Float] = []
    let expected = oracle.json["losses"].array?.compactMap(\.double) ?? []
    for _ in expected {
      let loss = crossEntropy(model(x), labels)
      optimizer.zeroGradients()
      loss.backward()
      optimizer.step()
      losses.append(loss.item)
    }
    expect(oracle.mismatch("loss", losses, expected))
    expect(oracle.mismatch("logits", noGradient { model(x) }, oracle.json["finalLogits"]))
  }

  private static func expect(_ mismatch: String?) {
    if let mismatch { Issue.record("\(mismatch)") }
  }
}

private final class SimpleNN: Module {
  let fc1 = Linear(3, 5)
  let fc2 = Linear(5, 2)
  func forward(_ x: Tensor) -> Tensor { fc2(relu(fc1(x))) }
}

private final class SimpleCNN: Module {
  let conv1 = Conv2d(1, 32, kernelSize: 3, padding: 1)
  let conv2 = Conv2d(32, 64, kernelSize: 3, padding: 1)
  let fc1 = Linear(64 * 7 * 7, 128)
  let fc2 = Linear(128, 10)
  func forward(_ x: Tensor) -> Tensor {
    var x = maxPool2d(relu(conv1(x)), kernelSize: 2)
    x = maxPool2d(relu(conv2(x)), kernelSize: 2)
    return fc2(relu(fc1(x.flatten(from: 1))))
  }
}
