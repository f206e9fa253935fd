import NeuralNetworks
import Tensors

extension Operations {
  static let normalizations: [String: Function] = [
    "batchNorm": { oracle, inputs in
      let a = oracle.attributes
      let x = try inputs.get("input")
      let layer: BatchNorm =
        x.rank == 4
        ? BatchNorm2d(x.shape[1], epsilon: a["epsilon"].float ?? 1e-5, momentum: a["momentum"].float ?? 0.1)
        : BatchNorm1d(x.shape[1], epsilon: a["epsilon"].float ?? 1e-5, momentum: a["momentum"].float ?? 0.1)
      try load(inputs, into: layer)
      if let mean = inputs["runningMean"] { layer.runningMean = mean.detached }
      if let variance = inputs["runningVariance"] { layer.runningVariance = variance.detached }
      layer.train(a["training"].bool ?? true)
      let output = layer(x)
      return ["output": output, "runningMean": layer.runningMean, "runningVariance": layer.runningVariance]
    },
    "layerNorm": { oracle, inputs in
      let layer = LayerNorm(
        oracle.attributes["normalizedShape"].ints ?? [], epsilon: oracle.attributes["epsilon"].float ?? 1e-5)
      try load(inputs, into: layer)
      return ["output": layer(try inputs.get("input"))]
    },
    "groupNorm": { oracle, inputs in
      let x = try inputs.get("input")
      let layer = GroupNorm(
        oracle.attributes["groups"].int ?? 1, x.shape[1], epsilon: oracle.attributes["epsilon"].float ?? 1e-5)
      try load(inputs, into: layer)
      return ["output": layer(x)]
    },
  ]

  static let attentions: [String: Function] = [
    "scaledDotProductAttention": { oracle, inputs in
      results(
        scaledDotProductAttention(
          try inputs.get("query"), try inputs.get("key"), try inputs.get("value"),
          isCausal: oracle.attributes["causal"].bool ?? false))
    },
    "additiveAttention": { _, inputs in
      results(
        additiveAttention(
          try inputs.get("query"), try inputs.get("key"), try inputs.get("value"),
          queryWeight: try inputs.get("Wq"),
          keyWeight: try inputs.get("Wk"), scoreWeight: try inputs.get("wv")))
    },
    "nadarayaWatson": { _, inputs in
      results(
        nadarayaWatson(
          try inputs.get("query"), try inputs.get("key"), try inputs.get("value"), w: try inputs.get("w")))
    },
    "multiHeadAttention": { oracle, inputs in
      let a = oracle.attributes
      let layer = MultiHeadAttention(a["modelSize"].int ?? 0, heads: a["heads"].int ?? 1, batchFirst: true)
      try load(inputs, into: layer)
      return ["output": layer(try inputs.get("x"), isCausal: a["causal"].bool ?? false)]
    },
    "transformerEncoderLayer": { oracle, inputs in
      let a = oracle.attributes
      let layer = TransformerEncoderLayer(
        a["modelSize"].int ?? 0, heads: a["heads"].int ?? 1, feedForwardSize: a["feedForwardSize"].int ?? 0,
        activation: a["activation"].string == "gelu" ? .gelu : .relu, batchFirst: true,
        normFirst: a["normFirst"].bool ?? false)
      try load(inputs, into: layer)
      layer.eval()
      return ["output": layer(try inputs.get("x"), isCausal: a["causal"].bool ?? false)]
    },
    "transformerDecoderLayer": { oracle, inputs in
      let a = oracle.attributes
      let layer = TransformerDecoderLayer(
        a["modelSize"].int ?? 0, heads: a["heads"].int ?? 1, feedForwardSize: a["feedForwardSize"].int ?? 0,
        activation: a["activation"].string == "gelu" ? .gelu : .relu, batchFirst: true,
        normFirst: a["normFirst"].bool ?? false)
      try load(inputs, into: layer)
      layer.eval()
      let output = layer(
        try inputs.get("x"), memory: try inputs.get("memory"), isCausal: a["causal"].bool ?? false)
      return ["output": output]
    },
    "positionalEncoding": { oracle, _ in
      let a = oracle.attributes
      return ["output": positionalEncoding(length: a["length"].int ?? 0, size: a["modelSize"].int ?? 0)]
    },
  ]

  private static func results(_ attention: AttentionResult) -> [String: Tensor] {
    ["output": attention.output, "weights": attention.weights]
  }

  static let recurrences: [String: Function] = [
    "RNN": recurrence { RNN($0, $1, layers: $2, batchFirst: $3, bidirectional: $4) },
    "GRU": recurrence { GRU($0, $1, layers: $2, batchFirst: $3, bidirectional: $4) },
    "LSTM": recurrence { LSTM($0, $1, layers: $2, batchFirst: $3, bidirectional: $4) },
  ]

  private static func recurrence(
    _ make: @escaping @Sendable (Int, Int, Int, Bool, Bool) -> RecurrentNetwork
  ) -> Function {
    { oracle, inputs in
      let a = oracle.attributes
      let network = make(
        a["inputSize"].int ?? 0, a["hiddenSize"].int ?? 0, a["layers"].int ?? 1,
        a["batchFirst"].bool ?? false,
        a["bidirectional"].bool ?? false)
      try load(inputs, into: network)
      let x = try inputs.get("input")
      switch network {
      case let network as RNN:
        let (output, hidden) = network(x)
        return ["output": output, "finalHidden": hidden]
      case let network as GRU:
        let (output, hidden) = network(x)
        return ["output": output, "finalHidden": hidden]
      case let network as LSTM:
        let (output, state) = network(x)
        return ["output": output, "finalHidden": state.hidden, "finalCell": state.cell]
      default: return [:]
      }
    }
  }
}
