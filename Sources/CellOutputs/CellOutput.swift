/// One thing that a cell put out, as data: never as HTML, so that the same run can be woven light or dark,
/// as plain text, into one file, or again after a template changed.
///
/// In JSON each output is an object with a `kind`: `{"kind": "tensor", "shape": [2, 3], "values": […]}`.
public enum CellOutput: Hashable, Sendable {
  /// What the program printed, or the description of a cell's last expression.
  case text(TextOutput)
  case tensor(TensorOutput)
  case table(TableOutput)
  case chart(ChartOutput)
  case featureMap(FeatureMapOutput)
  case graph(GraphOutput)
}

/// A type whose values a cell displays as something richer than their description.
///
///     struct Confusion: CellDisplayable {
///       var cellOutput: CellOutput { .table(…) }
///     }
public protocol CellDisplayable {
  var cellOutput: CellOutput { get }
}

extension CellOutput: CellDisplayable {
  public var cellOutput: CellOutput { self }
}
