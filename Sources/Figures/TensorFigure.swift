public import CellOutputs
public import Tensors

extension Tensor: CellDisplayable {
  /// The numbers as a table with the shape, summarised as PyTorch summarises.
  public var cellOutput: CellOutput {
    let shown = count > Tensor.summaryThreshold ? corners() : detached
    var special: [Int: String] = [:]
    let values = shown.scalars.enumerated().map { i, value -> Float? in
      if value.isFinite { return value }
      special[i] = value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
      return nil
    }
    return .tensor(
      TensorOutput(
        shape: shape, values: values, shown: shown.shape == shape ? nil : shown.shape,
        special: special.isEmpty ? nil : special, text: text(indent: 0)))
  }
}
