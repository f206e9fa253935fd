/// A type whose values a cell displays as something richer than their description.
///
/// A chapter's own type adopts it by naming what it is shown as: figures that there are, one under the other.
///
///     struct Run: CellDisplayable {
///       var losses: [Double]
///       var weights: Tensor
///
///       var cellOutput: CellOutput {
///         lineChart(losses, x: "step", y: "loss")
///         "The weights after \(losses.count) steps:"
///         weights
///       }
///     }
public protocol CellDisplayable {
  @FigureBuilder var cellOutput: CellOutput { get }
}

extension CellOutput: CellDisplayable {
  public var cellOutput: CellOutput { return self }
}

/// Puts figures, texts and `if`, `switch` and `for` together to one output.
///
/// Statements without a value, such as a step of training, run and show nothing.
@resultBuilder public enum FigureBuilder {
  public static func buildExpression(_ output: CellOutput) -> [CellOutput] { [output] }
  public static func buildExpression(_ figure: some CellDisplayable) -> [CellOutput] { [figure.cellOutput] }
  public static func buildExpression(_ text: String) -> [CellOutput] {
    [.text(TextOutput(stream: .value, text: text))]
  }
  public static func buildExpression(_ nothing: Void) -> [CellOutput] { [] }
  public static func buildBlock(_ parts: [CellOutput]...) -> [CellOutput] { parts.flatMap { $0 } }
  public static func buildOptional(_ part: [CellOutput]?) -> [CellOutput] { part ?? [] }
  public static func buildEither(first part: [CellOutput]) -> [CellOutput] { part }
  public static func buildEither(second part: [CellOutput]) -> [CellOutput] { part }
  public static func buildArray(_ parts: [[CellOutput]]) -> [CellOutput] { parts.flatMap { $0 } }
  public static func buildLimitedAvailability(_ part: [CellOutput]) -> [CellOutput] { part }
  public static func buildFinalResult(_ parts: [CellOutput]) -> CellOutput {
    parts.count == 1 ? parts[0] : .group(GroupOutput(parts))
  }
  public static func buildFinalResult(_ parts: [CellOutput]) -> [CellOutput] { parts }
}
