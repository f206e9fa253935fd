import Chapters

/// Two cells' code side by side, comments and blanks left out.
public struct CodeComparison: Sendable {
  /// Where the first token stands that the other cell has not, in each of the two chapters.
  public struct Difference: Hashable, Sendable {
    public var first: SourcePosition
    public var second: SourcePosition
  }

  /// `nil` where only comments and blanks differ.
  public let difference: Difference?

  public init(_ first: Cell, _ second: Cell) {
    let (a, b) = (first.tokens, second.tokens)
    guard a.text != b.text else {
      difference = nil
      return
    }
    let common = zip(a.words, b.words).prefix { $0 == $1 }.count
    difference = Difference(
      first: first.place(ofOffset: a.starts.indices.contains(common) ? a.starts[common] : nil),
      second: second.place(ofOffset: b.starts.indices.contains(common) ? b.starts[common] : nil))
  }
}

extension Cell {
  fileprivate var tokens: CodeTokens { UnitSyntax(parsing: code).tokens }

  /// The place in the chapter of an offset in the code; of the code's end without one.
  fileprivate func place(ofOffset offset: Int?) -> SourcePosition {
    let rows = Unit.rows(of: code)
    let offset = offset ?? rows[rows.count - 1].upperBound
    let row = rows.lastIndex { $0.lowerBound <= offset } ?? 0
    let indentation = columnOffsets.indices.contains(row) ? columnOffsets[row] : 0
    return SourcePosition(line: firstLine + row, column: offset - rows[row].lowerBound + 1 + indentation)
  }
}
