import SwiftSyntax

/// Collects every name by which a unit may reach something that another unit declares. Where it cannot know it counts
/// the name: a local variable, too.
final class MentionCollector: SyntaxVisitor {
  /// Names that can refer to something at the top level.
  private(set) var names: Set<String> = []
  /// Names behind a dot.
  private(set) var members: Set<String> = []
  /// The types that the unit's extensions are of, as far as their first name goes.
  private(set) var extendedTypes: Set<String> = []

  /// Parameters of the functions and closures around the current place.
  private var parameters: [Set<String>] = []

  override func visit(_ token: TokenSyntax) -> SyntaxVisitorContinueKind {
    let name = token.identifier?.name ?? token.text
    switch token.tokenKind {
    case .binaryOperator, .prefixOperator, .postfixOperator: names.insert(name)
    case .dollarIdentifier: names.insert(String(name.dropFirst()))
    case .identifier:
      if isMember(token) {
        members.insert(name)
      } else if !isLabel(token), !parameters.contains(where: { $0.contains(name) }) {
        names.insert(name)
      }
    default: break
    }
    return .skipChildren
  }

  private func isMember(_ token: TokenSyntax) -> Bool {
    guard let parent = token.parent else { return false }
    if parent.is(MemberTypeSyntax.self) { return true }
    guard let reference = parent.as(DeclReferenceExprSyntax.self) else { return false }
    return reference.parent?.as(MemberAccessExprSyntax.self)?.declName.id == reference.id
  }

  private func isLabel(_ token: TokenSyntax) -> Bool {
    guard let parent = token.parent else { return false }
    if let argument = parent.as(LabeledExprSyntax.self) { return argument.label?.id == token.id }
    return parent.is(FunctionParameterSyntax.self) || parent.is(DeclNameArgumentSyntax.self)
      || parent.is(TupleTypeElementSyntax.self) || parent.is(EnumCaseParameterSyntax.self)
  }

  override func visit(_ node: ExtensionDeclSyntax) -> SyntaxVisitorContinueKind {
    if let first = node.extendedType.firstToken(viewMode: .sourceAccurate) {
      extendedTypes.insert(first.identifier?.name ?? first.text)
    }
    return .visitChildren
  }

  // MARK: Parameters

  override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind {
    names.insert(node.name.identifier?.name ?? node.name.text)
    enter(node.signature.parameterClause)
    return .visitChildren
  }

  override func visitPost(_ node: FunctionDeclSyntax) { parameters.removeLast() }

  override func visit(_ node: ClosureExprSyntax) -> SyntaxVisitorContinueKind {
    var bound: Set<String> = []
    switch node.signature?.parameterClause {
    case .simpleInput(let list): for parameter in list { bound.insert(parameter.name.text) }
    case .parameterClause(let clause):
      for parameter in clause.parameters { bound.insert((parameter.secondName ?? parameter.firstName).text) }
    case nil: break
    }
    // What is captured is named outside.
    if node.signature?.capture != nil { bound = [] }
    parameters.append(bound)
    return .visitChildren
  }

  override func visitPost(_ node: ClosureExprSyntax) { parameters.removeLast() }

  private func enter(_ clause: FunctionParameterClauseSyntax) {
    // A default value stands outside of the function, where the same name may mean something else.
    let hasDefault = clause.parameters.contains { $0.defaultValue != nil }
    parameters.append(
      hasDefault ? [] : Set(clause.parameters.map { ($0.secondName ?? $0.firstName).text }))
  }
}
