import NeuralNetworks
import Tensors

extension Operations {
  static let losses: [String: Function] = [
    "crossEntropy": { oracle, inputs in
      [
        "output": crossEntropy(
          try inputs.get("logits"), oracle.integers["labels"].ints ?? [],
          ignoreIndex: oracle.attributes["ignoreIndex"].int ?? -100,
          labelSmoothing: oracle.attributes["labelSmoothing"].float ?? 0, reduction: reduction(oracle))
      ]
    },
    "negativeLogLikelihood": { oracle, inputs in
      [
        "output": negativeLogLikelihood(
          try inputs.get("logProbabilities"), oracle.integers["labels"].ints ?? [],
          reduction: reduction(oracle))
      ]
    },
    "meanSquaredError": regression { meanSquaredError($0, $1, reduction: $2) },
    "meanAbsoluteError": regression { meanAbsoluteError($0, $1, reduction: $2) },
    "huber": regression { huber($0, $1, reduction: $2) },
    "smoothL1": regression { smoothL1($0, $1, reduction: $2) },
    "binaryCrossEntropy": regression { binaryCrossEntropy($0, $1, reduction: $2) },
    "binaryCrossEntropyWithLogits": { oracle, inputs in
      [
        "output": binaryCrossEntropyWithLogits(
          try inputs.get("logits"), try inputs.get("target"), reduction: reduction(oracle))
      ]
    },
    "hinge": regression { hinge($0, sign($1), reduction: $2) },
    "klDivergence": { oracle, inputs in
      let name = oracle.attributes["reduction"].string ?? "batchMean"
      return [
        "output": klDivergence(
          logSoftmax(try inputs.get("logPredicted")), logSoftmax(try inputs.get("logTarget")),
          reduction: DivergenceReduction(rawValue: name) ?? .batchMean)
      ]
    },
  ]

  private static func reduction(_ oracle: OracleCase) -> Reduction {
    Reduction(rawValue: oracle.attributes["reduction"].string ?? "mean") ?? .mean
  }

  private static func regression(_ f: @escaping @Sendable (Tensor, Tensor, Reduction) -> Tensor) -> Function {
    { ["output": f(try $1.get("prediction"), try $1.get("target"), reduction($0))] }
  }
}
