import SwiftSyntax

/// Finds the `await` expressions that stand outside of functions and closures.
///
/// The compiler would make the whole file asynchronous for them, and every variable in it the main actor's, so that
/// the cells below could not use them. So the kernel waits for each instead.
final class TopLevelAwaits: SyntaxVisitor {
  struct Await: Hashable, Sendable {
    var range: Range<Int>
    /// Whether `try` stands before it.
    var isTried: Bool
  }

  private var awaits: [Await] = []

  static func all(in file: SourceFileSyntax) -> [Await] {
    let visitor = TopLevelAwaits(viewMode: .sourceAccurate)
    visitor.walk(file)
    return visitor.awaits
  }

  override func visit(_ node: AwaitExprSyntax) -> SyntaxVisitorContinueKind {
    awaits.append(
      Await(
        range: node.positionAfterSkippingLeadingTrivia
          .utf8Offset..<node.endPositionBeforeTrailingTrivia.utf8Offset,
        isTried: node.parent?.is(TryExprSyntax.self) == true))
    return .skipChildren
  }

  override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: ClosureExprSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: StructDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: ClassDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: EnumDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: ActorDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: ExtensionDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: AccessorBlockSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
}
