public import CellOutputs
import Figures
import Tensors

/// A translated sentence, and where the model looked while it wrote.
public struct Translation: CellDisplayable, CustomStringConvertible, Sendable {
  /// The words that went in.
  public let source: [String]
  /// The words that came out.
  public let target: [String]
  /// The log-probability, divided by the length to the power 0.75.
  public let score: Double
  /// The attention weights of each head, [heads, target, source]; `nil` for a model without attention.
  public let heads: Tensor?

  /// The mean of the heads' attention weights, [target, source]: how much each word that was written took from each
  /// word that was read.
  public var attention: Tensor? { heads?.mean(axis: 0) }

  /// The words that came out, parted by spaces.
  public var text: String { target.joined(separator: " ") }

  /// The attention weights: a row for each word written, a column for each word read.
  public var attentionTable: Table {
    guard let attention else {
      stop("attentionTable: the model that wrote “\(text)” has no attention")
    }
    return Figures.table(
      [""] + source.enumerated().map { source[..<$0].contains($1) ? "\($1) " : $1 },
      zip(target, attention.unstack()).map { word, row in [word] + row.scalars.map { $0 as any TableCell } },
      decimals: 2, rowHeaders: true)
  }

  public var cellOutput: CellOutput { .text(TextOutput(stream: .value, text: description)) }
  public var description: String { "\(source.joined(separator: " ")) → \(text)" }
}
