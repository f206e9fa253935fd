// The library's times, each the median of several runs, as lines `name <tab> seconds`. An argument leaves only the
// cases whose name holds it; `memory` asks for what a process needs for SimpleCNN, as lines `name <tab> kilobytes`.
import Foundation
import NeuralNetworks
import Tensors

final class SimpleCNN: Module {
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

/// Only cases whose name holds the argument, if there is one.
func isWanted(_ name: String) -> Bool { CommandLine.arguments.dropFirst().allSatisfy { name.contains($0) } }

/// The median of the times of `runs` runs of `count` calls each, for one call.
func measure(_ name: String, count: Int, runs: Int = 9, _ body: () -> Void) {
  guard isWanted(name) else { return }
  for _ in 0..<max(count / 5, 3) { body() }
  let clock = ContinuousClock()
  let times = (0..<runs).map { _ in clock.measure { for _ in 0..<count { body() } } / count }.sorted()
  print("\(name)\t\(times[runs / 2] / .seconds(1))")
}

/// The process's memory now (VmRSS) or at the most (VmHWM), in kilobytes.
func resident(_ key: String) -> Int {
  let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
  let line = status.split(separator: "\n").first { $0.hasPrefix(key) } ?? ""
  return Int(line.filter(\.isNumber)) ?? 0
}

/// What training needs beyond what the process had when the library was loaded, and whether it holds steady.
func measureMemory(from start: Int, _ step: () -> Void) {
  for _ in 0..<100 { step() }
  let early = resident("VmRSS")
  for _ in 0..<1000 { step() }
  print("peak memory, SimpleCNN\t\(resident("VmHWM") - start)")
  print("growth in a thousand steps\t\(resident("VmRSS") - early)")
}

func step(_ optimizer: any Optimizer, _ loss: Tensor) {
  optimizer.zeroGradients()
  loss.backward()
  optimizer.step()
}

let start = resident("VmRSS")
manualSeed(0)
do {
  let model = Sequential(Linear(3, 5), ReLU(), Linear(5, 2))
  let optimizer = SGD(model.parameters, learningRate: 0.01)
  let x = Tensor.normal(1, 3)
  measure("SimpleNN step", count: 2000) { step(optimizer, crossEntropy(model(x), [1])) }
}
do {
  let model = Sequential(Linear(784, 256), ReLU(), Linear(256, 10))
  let optimizer = Adam(model.parameters)
  let x = Tensor.normal(64, 784)
  let y = randomIntegers(below: 10, count: 64)
  measure("MLP step", count: 50) { step(optimizer, crossEntropy(model(x), y)) }
}
do {
  let model = SimpleCNN()
  let optimizer = Adam(model.parameters)
  let x = Tensor.normal(64, 1, 28, 28)
  let y = randomIntegers(below: 10, count: 64)
  measure("SimpleCNN step", count: 10) { step(optimizer, crossEntropy(model(x), y)) }
  if CommandLine.arguments.dropFirst() == ["memory"] {
    measureMemory(from: start) { step(optimizer, crossEntropy(model(x), y)) }
    exit(0)
  }
}
do {
  let model = RNN(64, 128)
  let x = Tensor.normal(50, 32, 64)
  measure("RNN forward and backward", count: 10) {
    model.zeroGradients()
    model(x).output.sum().backward()
  }
}
do {
  let model = TransformerEncoderLayer(128, heads: 4, feedForwardSize: 512, dropout: 0, batchFirst: true)
  let x = Tensor.normal(32, 64, 128)
  measure("Transformer layer forward and backward", count: 5) {
    model.zeroGradients()
    model(x).sum().backward()
  }
}
do {
  let x = Tensor.normal(1_000_000)
  let y = Tensor.normal(1_000_000)
  measure("exp, 1M", count: 50) { _ = exp(x) }
  measure("tanh, 1M", count: 50) { _ = tanh(x) }
  measure("sum, 1M", count: 50) { _ = x.sum() }
  measure("add, 1M", count: 50) { _ = x + y }
}
do {
  let x = Tensor.normal(1024, 1000)
  measure("softmax, 1024 x 1000", count: 30) { _ = softmax(x) }
}
do {
  let x = Tensor.normal(64, 32, 28, 28)
  let layer = BatchNorm2d(32)
  measure("BatchNorm2d, 64 x 32 x 28 x 28", count: 20) { _ = layer(x) }
  measure("maxPool2d, 64 x 32 x 28 x 28", count: 20) { _ = maxPool2d(x, kernelSize: 2) }
}
do {
  let a = Tensor.normal(1024, 1024)
  let b = Tensor.normal(1024, 1024)
  measure("matmul 1024", count: 5) { _ = matmul(a, b) }
}
print("core\t\(blasCoreName)")
