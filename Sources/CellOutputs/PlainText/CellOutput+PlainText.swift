extension CellOutput {
  /// The output as text alone: what a terminal, a comparison of two runs, and a screen reader get.
  public var plainText: String {
    switch self {
    case .text(let output): output.plainText
    case .tensor(let output): output.plainText
    case .table(let output): output.plainText
    case .chart(let output): output.plainText
    case .featureMap(let output): output.plainText
    case .graph(let output): output.plainText
    }
  }

  /// What the output shows, in a sentence made from its data: for a picture's alternative text.
  public var altText: String {
    switch self {
    case .text(let output): output.text
    case .tensor(let output): output.altText
    case .table(let output): output.altText
    case .chart(let output): output.altText
    case .featureMap(let output): output.altText
    case .graph(let output): output.altText
    }
  }
}
