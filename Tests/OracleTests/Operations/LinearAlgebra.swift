import NeuralNetworks
import Tensors

extension Operations {
  static let linearAlgebra: [String: Function] = [
    "matmul": binary { matmul($0, $1) },
    "dot": binary { dot($0, $1) },
    "linear": { oracle, inputs in
      ["output": linear(try inputs.get("x"), try inputs.get("weight"), inputs["bias"])]
    },
    "transpose": unary { x, a in
      let axes = a["axes"].ints ?? [-2, -1]
      return x.transpose(axes[0], axes[1])
    },
    "permute": unary { x, a in x.permute(a["axes"].ints ?? []) },
    "reshape": unary { x, a in x.reshape(a["shape"].ints ?? [-1]) },
    "concatenate": { oracle, inputs in
      [
        "output": concatenate(
          [try inputs.get("x"), try inputs.get("y")], axis: oracle.attributes["axis"].int ?? 0)
      ]
    },
    "stack": { oracle, inputs in
      ["output": stack([try inputs.get("x"), try inputs.get("y")], axis: oracle.attributes["axis"].int ?? 0)]
    },
    "slice": unary { x, a in
      let range = a["range"].ints ?? [0, 0]
      return x.slice(axis: a["axis"].int ?? 0, range[0]..<range[1])
    },
    "pad": unary { x, a in x.pad((a["padding"].array ?? []).compactMap(\.ints).map { ($0[0], $0[1]) }) },
    "embedding": { oracle, inputs in
      ["output": embedding(oracle.integers["indices"].ints ?? [], try inputs.get("weight"))]
    },
  ]

  static let convolutions: [String: Function] = [
    "conv2d": { oracle, inputs in
      let a = oracle.attributes
      return [
        "output": conv2d(
          try inputs.get("input"), try inputs.get("weight"), inputs["bias"], stride: a["stride"].sizes ?? [1],
          padding: a["padding"].sizes ?? [0], dilation: a["dilation"].sizes ?? [1],
          groups: a["groups"].int ?? 1)
      ]
    },
    "conv1d": { oracle, inputs in
      let a = oracle.attributes
      return [
        "output": conv1d(
          try inputs.get("input"), try inputs.get("weight"), inputs["bias"], stride: a["stride"].int ?? 1,
          padding: a["padding"].int ?? 0, dilation: a["dilation"].int ?? 1, groups: a["groups"].int ?? 1)
      ]
    },
    "convTranspose2d": { oracle, inputs in
      let a = oracle.attributes
      return [
        "output": convTranspose2d(
          try inputs.get("input"), try inputs.get("weight"), inputs["bias"], stride: a["stride"].sizes ?? [1],
          padding: a["padding"].sizes ?? [0], outputPadding: a["outputPadding"].sizes ?? [0],
          dilation: a["dilation"].sizes ?? [1], groups: a["groups"].int ?? 1)
      ]
    },
    "maxPool2d": { oracle, inputs in
      let a = oracle.attributes
      return [
        "output": maxPool2d(
          try inputs.get("input"), kernelSize: a["kernelSize"].sizes ?? [2], stride: a["stride"].sizes,
          padding: a["padding"].sizes ?? [0])
      ]
    },
    "avgPool2d": { oracle, inputs in
      let a = oracle.attributes
      return [
        "output": avgPool2d(
          try inputs.get("input"), kernelSize: a["kernelSize"].sizes ?? [2], stride: a["stride"].sizes,
          padding: a["padding"].sizes ?? [0], countIncludesPadding: a["countIncludesPadding"].bool ?? true)
      ]
    },
    "adaptiveAvgPool2d": { oracle, inputs in
      let size = oracle.attributes["outputSize"].sizes ?? [1]
      return ["output": adaptiveAvgPool2d(try inputs.get("input"), outputSize: size)]
    },
  ]
}
