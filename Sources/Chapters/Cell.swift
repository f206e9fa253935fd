/// A fenced `swift-run` block.
public struct Cell: Hashable, Sendable {
  /// The label that the author gave, or `cell-` and the cell's number in the chapter, counted from 1.
  public var label: String
  public var options: CellOptions
  /// The code without the block's indentation or quotation marks, its option lines blanked, so that line *i* of
  /// `code` is line `firstLine + i` of the chapter. Ends without a line end.
  public var code: String
  /// The chapter's line of the code's first line (the line after the opening fence).
  public var firstLine: Int
  /// For each line of `code`, the bytes of indentation and quotation marks that stand before it in the chapter:
  /// column in the chapter = column in `code` + `columnOffsets[i]`.
  public var columnOffsets: [Int]
  /// Where the opening fence stands.
  public var position: SourcePosition
  /// The chapter, relative to the book's folder, that the code and its lines are of, where it is not the one that the
  /// cell stands in but the one that this is a translation of.
  public var codePath: String?

  public init(
    label: String, options: CellOptions = CellOptions(), code: String, firstLine: Int,
    columnOffsets: [Int], position: SourcePosition
  ) {
    self.label = label
    self.options = options
    self.code = code
    self.firstLine = firstLine
    self.columnOffsets = columnOffsets
    self.position = position
  }
}

/// `` `{swift} expression` `` in prose.
public struct InlineValue: Hashable, Sendable {
  public var expression: String
  /// Where the expression's first character stands.
  public var position: SourcePosition

  public init(expression: String, position: SourcePosition) {
    self.expression = expression
    self.position = position
  }
}
