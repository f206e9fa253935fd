import Chapters

/// A cell's code, to be set beside another's with comments and blanks left out.
public struct CellCode: Sendable {
  private let unit: Unit

  public init(of cell: Int, in chapter: Chapter) {
    unit = Unit.cells([cell], of: chapter)[0]
  }

  /// Where the first token stands that the other cell has not, in each of the two chapters.
  public struct Difference: Hashable, Sendable {
    public var first: SourcePosition
    public var second: SourcePosition
  }

  /// `nil` where only comments and blanks differ.
  public func difference(from other: CellCode) -> Difference? {
    let (a, b) = (unit.syntax.tokens, other.unit.syntax.tokens)
    guard a.text != b.text else { return nil }
    let common = zip(a.words, b.words).prefix { $0 == $1 }.count
    return Difference(first: place(ofToken: common), second: other.place(ofToken: common))
  }

  /// The place of a token in the chapter; of the code's end, where there are not so many.
  private func place(ofToken token: Int) -> SourcePosition {
    let starts = unit.syntax.tokens.starts
    return unit.place(ofOffset: starts.indices.contains(token) ? starts[token] : unit.code.utf8.count)
  }
}
