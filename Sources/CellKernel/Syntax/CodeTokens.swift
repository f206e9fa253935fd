import SwiftSyntax

/// A unit's code without its comments and blanks, and the way between the two.
struct CodeTokens: Sendable {
  /// Equal for two pieces of code that mean the same because only comments, blanks and line ends differ.
  private(set) var text = ""
  /// Where each token begins in the code: UTF-8 offsets.
  private(set) var starts: [Int] = []
  /// Whether the code asks where it stands: `#line`, `#file` and their like.
  private(set) var asksForPlace = false

  init(of file: SourceFileSyntax) {
    let collector = TokenCollector(viewMode: .sourceAccurate)
    collector.walk(file)
    text = collector.text
    starts = collector.starts
    asksForPlace = collector.asksForPlace
  }

  /// The tokens one by one, as `text` has them.
  var words: [Substring] { text.split(omittingEmptySubsequences: true) { $0 == "\u{1}" || $0 == "\u{2}" } }

  /// A place that survives changes of comments and blanks: a token, and the bytes from its beginning.
  struct Anchor: Hashable {
    var token: Int
    var bytes: Int
  }

  /// The anchor of a place that is not before the beginning of `row`, an offset too.
  func anchor(of offset: Int, inRowFrom row: Int, to rowEnd: Int) -> Anchor? {
    guard !starts.isEmpty else { return nil }
    let next = starts.firstIndex { $0 > offset } ?? starts.count
    // Before the first token of its row it belongs to that one, else to the last token that began before it.
    if next < starts.count, starts[next] < rowEnd, next == 0 || starts[next - 1] < row {
      return Anchor(token: next, bytes: offset - starts[next])
    }
    return next == 0 ? nil : Anchor(token: next - 1, bytes: offset - starts[next - 1])
  }

  func offset(of anchor: Anchor) -> Int? {
    starts.indices.contains(anchor.token) ? max(0, starts[anchor.token] + anchor.bytes) : nil
  }
}

private final class TokenCollector: SyntaxVisitor {
  var text = ""
  var starts: [Int] = []
  var asksForPlace = false
  private var beginsStatement = false

  // Line ends separate statements: where one begins is a part of the code.
  override func visit(_ node: CodeBlockItemSyntax) -> SyntaxVisitorContinueKind {
    beginsStatement = true
    return .visitChildren
  }

  override func visit(_ node: MemberBlockItemSyntax) -> SyntaxVisitorContinueKind {
    beginsStatement = true
    return .visitChildren
  }

  override func visit(_ node: MacroExpansionExprSyntax) -> SyntaxVisitorContinueKind {
    asksForPlace = true
    return .visitChildren
  }

  override func visit(_ node: PoundSourceLocationSyntax) -> SyntaxVisitorContinueKind {
    asksForPlace = true
    return .visitChildren
  }

  override func visit(_ token: TokenSyntax) -> SyntaxVisitorContinueKind {
    guard token.presence == .present, token.tokenKind != .endOfFile else { return .skipChildren }
    text += beginsStatement ? "\u{1}" : "\u{2}"
    beginsStatement = false
    // Blanks decide what an operator is: `a -b` is not `a - b`.
    switch token.tokenKind {
    case .prefixOperator: text += "p"
    case .postfixOperator: text += "q"
    case .binaryOperator: text += "b"
    default: break
    }
    text += token.text
    starts.append(token.positionAfterSkippingLeadingTrivia.utf8Offset)
    return .skipChildren
  }
}
