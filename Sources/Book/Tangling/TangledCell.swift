import SwiftParser
import SwiftSyntax

/// A cell's code by its top-level statements and declarations.
struct TangledCell {
  private let items: [CodeBlockItemSyntax]
  let names: DeclaredNames

  init(_ code: String) {
    items = Array(Parser.parse(source: code).statements)
    var names = DeclaredNames()
    for item in items { names.insert(item) }
    self.names = names
  }

  struct Split {
    /// What stands at the file's top level.
    var fileScope = ""
    /// What stands in the `do { … }`.
    var rest = ""
    /// Types that are extended where they cannot be.
    var misplacedExtensions: [String] = []
  }

  /// - Parameter kept: types that an earlier cell declared: one of the same name has to hide it where it stands.
  func split(keepingInPlace kept: Set<String>) -> Split {
    var split = Split()
    var ownTypes: Set<String> = []
    for item in items {
      let text = item.description
      if let type = item.declaredType, kept.contains(type) {
        ownTypes.insert(type)
        split.rest += text
      } else if item.wantsFileScope {
        split.fileScope += text
        if let type = item.extendedType, ownTypes.contains(type) { split.misplacedExtensions.append(type) }
      } else {
        split.rest += text
      }
    }
    return split
  }
}

/// The names that cells declare at their top level.
struct DeclaredNames {
  private(set) var types: Set<String> = []
  private var variables: Set<String> = []
  /// By base name, with each signature: functions may share a name and differ in it.
  private var functions: [String: Set<String>] = [:]

  mutating func insert(_ item: CodeBlockItemSyntax) {
    if let type = item.declaredType { types.insert(type) }
    if let function = item.item.as(FunctionDeclSyntax.self) {
      functions[function.name.text, default: []].insert(function.signature.trimmedDescription)
    }
    if let variable = item.item.as(VariableDeclSyntax.self) {
      for binding in variable.bindings { insert(binding.pattern) }
    }
    if let condition = item.item.as(GuardStmtSyntax.self)?.conditions {
      for element in condition {
        if let binding = element.condition.as(OptionalBindingConditionSyntax.self) { insert(binding.pattern) }
      }
    }
  }

  private mutating func insert(_ pattern: PatternSyntax) {
    for token in pattern.tokens(viewMode: .sourceAccurate) {
      if token.parent?.is(IdentifierPatternSyntax.self) == true { variables.insert(token.text) }
    }
  }

  /// Whether `later` declares a name again in a way that one file does not allow.
  func redeclares(_ later: DeclaredNames) -> Bool {
    let own = types.union(variables)
    let others = later.types.union(later.variables)
    return !own.isDisjoint(with: others) || !own.isDisjoint(with: later.functions.keys)
      || !others.isDisjoint(with: functions.keys)
      || later.functions.contains { name, signatures in !signatures.isDisjoint(with: functions[name] ?? []) }
  }

  mutating func formUnion(_ other: DeclaredNames) {
    types.formUnion(other.types)
    variables.formUnion(other.variables)
    functions.merge(other.functions) { $0.union($1) }
  }
}

extension CodeBlockItemSyntax {
  var declaredType: String? {
    guard let declaration = item.as(DeclSyntax.self) else { return nil }
    switch declaration.as(DeclSyntaxEnum.self) {
    case .structDecl(let type): return type.name.text
    case .classDecl(let type): return type.name.text
    case .enumDecl(let type): return type.name.text
    case .actorDecl(let type): return type.name.text
    case .protocolDecl(let type): return type.name.text
    case .typeAliasDecl(let type): return type.name.text
    default: return nil
    }
  }

  /// A local type sees no local variable either, so a type loses nothing by moving to the file's top level.
  var wantsFileScope: Bool {
    guard let declaration = item.as(DeclSyntax.self) else { return false }
    switch declaration.as(DeclSyntaxEnum.self) {
    case .importDecl, .extensionDecl, .operatorDecl, .precedenceGroupDecl: return true
    case .functionDecl(let function): return function.name.tokenKind.isOperator
    default: return declaredType != nil
    }
  }

  var extendedType: String? {
    item.as(ExtensionDeclSyntax.self)?.extendedType.trimmedDescription
  }
}

extension TokenKind {
  fileprivate var isOperator: Bool {
    switch self {
    case .binaryOperator, .prefixOperator, .postfixOperator: true
    default: false
    }
  }
}
