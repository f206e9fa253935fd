import SwiftSyntax

/// Collects what a unit declares at its top level.
final class TopLevelCollector {
  private(set) var declarations: [Declaration] = []
  private(set) var imports: [String] = []
  private(set) var importedModules: [String] = []

  func collect(_ item: CodeBlockItemSyntax) {
    switch item.item {
    case .decl(let declaration): collect(declaration)
    case .stmt(let statement):
      // `guard let x = … else { … }` declares x for what follows.
      if let statement = statement.as(GuardStmtSyntax.self) { collect(statement.conditions) }
    case .expr: break
    }
  }

  private func collect(_ declaration: DeclSyntax) {
    switch declaration.as(DeclSyntaxEnum.self) {
    case .importDecl(let node):
      imports.append(node.trimmedDescription)
      if let module = node.path.first { importedModules.append(module.name.text) }
    case .variableDecl(let node):
      let kind: Declaration.Kind = node.bindingSpecifier.tokenKind == .keyword(.let) ? .let : .var
      for binding in node.bindings { collect(binding.pattern, kind, at: node) }
    case .functionDecl(let node):
      let isOperator = if case .identifier = node.name.tokenKind { false } else { true }
      add(isOperator ? .operatorFunction : .func, node.name, signature: signature(of: node), at: node)
    case .structDecl(let node): add(.struct, node.name, at: node)
    case .classDecl(let node): add(.class, node.name, at: node)
    case .enumDecl(let node): add(.enum, node.name, at: node)
    case .protocolDecl(let node): add(.protocol, node.name, at: node)
    case .actorDecl(let node): add(.actor, node.name, at: node)
    case .typeAliasDecl(let node): add(.typealias, node.name, at: node)
    case .macroDecl(let node): add(.macro, node.name, at: node)
    case .operatorDecl(let node): add(.operator, node.name, signature: node.fixitySpecifier.text, at: node)
    case .precedenceGroupDecl(let node): add(.precedenceGroup, node.name, at: node)
    case .extensionDecl(let node): collect(node)
    case .ifConfigDecl(let node):
      for clause in node.clauses {
        if case .statements(let items)? = clause.elements { items.forEach(collect) }
      }
    default: break
    }
  }

  private func collect(_ conditions: ConditionElementListSyntax) {
    for condition in conditions {
      switch condition.condition {
      case .optionalBinding(let binding): collect(binding.pattern, .let, at: binding)
      case .matchingPattern(let pattern): collect(pattern.pattern, .let, at: pattern)
      default: break
      }
    }
  }

  private func collect(_ pattern: PatternSyntax, _ kind: Declaration.Kind, at node: some SyntaxProtocol) {
    let names = PatternNames(viewMode: .sourceAccurate)
    names.walk(pattern)
    for name in names.tokens { add(kind, name, at: node) }
  }

  private func collect(_ node: ExtensionDeclSyntax) {
    let type = node.extendedType.trimmedDescription
    for member in node.memberBlock.members {
      switch member.decl.as(DeclSyntaxEnum.self) {
      case .functionDecl(let function):
        let signature = "\(type).\(signature(of: function))"
        add(.extensionMember, function.name, signature: signature, at: function)
      case .variableDecl(let variable):
        for binding in variable.bindings {
          guard let name = binding.pattern.as(IdentifierPatternSyntax.self)?.identifier else { continue }
          add(.extensionMember, name, signature: type, at: variable)
        }
      case .subscriptDecl(let node):
        let parameters = types(of: node.parameterClause)
        add(.extensionMember, node.subscriptKeyword, signature: "\(type).\(parameters)", at: node)
      case .initializerDecl(let node):
        let parameters = types(of: node.signature.parameterClause)
        add(.extensionMember, node.initKeyword, signature: "\(type).\(parameters)", at: node)
      default: break
      }
    }
  }

  private func signature(of function: FunctionDeclSyntax) -> String {
    let generics = function.genericParameterClause?.trimmedDescription ?? ""
    let clause = function.genericWhereClause?.trimmedDescription ?? ""
    return "\(generics)\(types(of: function.signature.parameterClause))\(clause)"
  }

  /// Labels and types: `(of:Int,_:String)`.
  private func types(of clause: FunctionParameterClauseSyntax) -> String {
    let parameters = clause.parameters.map { "\($0.firstName.text):\($0.type.trimmedDescription)" }
    return "(\(parameters.joined(separator: ",")))"
  }

  private func add(
    _ kind: Declaration.Kind, _ name: TokenSyntax, signature: String = "", at node: some SyntaxProtocol
  ) {
    declarations.append(
      Declaration(
        kind: kind, name: name.identifier?.name ?? name.text, signature: signature,
        offset: node.positionAfterSkippingLeadingTrivia.utf8Offset))
  }
}

/// The names that a pattern binds.
final class PatternNames: SyntaxVisitor {
  private(set) var tokens: [TokenSyntax] = []

  override func visit(_ node: IdentifierPatternSyntax) -> SyntaxVisitorContinueKind {
    tokens.append(node.identifier)
    return .skipChildren
  }
}
