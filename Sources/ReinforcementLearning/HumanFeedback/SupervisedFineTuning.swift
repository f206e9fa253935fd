import NeuralNetworks
import Tensors

/// The first stage: a model learns to answer as people demonstrated, by the cross-entropy of every next word.
///
/// - Returns: the loss of each epoch, in nats a word.
@discardableResult
public func supervisedFineTuning(
  _ model: LanguageModel, on demonstrations: [Answer], epochs: Int = 60, batchSize: Int = 64,
  learningRate: Float = 0.01,
  seed: Int? = nil
) -> [Double] {
  var random = PCG64(seed: seed ?? seedFromLibrary())
  let optimizer = Adam(model.parameters, learningRate: learningRate)
  return (0..<epochs).map { _ in
    var total = 0.0
    var words = 0
    let order = demonstrations.shuffled(using: &random)
    for start in stride(from: 0, to: order.count, by: batchSize) {
      let logs = model.logProbabilities(Array(order[start..<min(start + batchSize, order.count)]))
      optimizer.descend(-logs.mean())
      total -= Double(logs.sum().item)
      words += logs.count
    }
    return total / Double(max(words, 1))
  }
}
