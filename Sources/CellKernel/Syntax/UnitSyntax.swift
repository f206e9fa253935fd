import SwiftParser
import SwiftSyntax

/// What the kernel knows of a unit's code without compiling it: the names that tie units together, and its last
/// expression.
///
/// Where it cannot know, it errs towards more dependence: a name that is only a label or a local variable counts
/// as used.
struct UnitSyntax: Sendable {
  /// What the unit declares at its top level.
  var declarations: [Declaration] = []
  /// The names of members that its extensions and types declare.
  var memberNames: Set<String> = []
  /// Every identifier and operator in the code.
  var usedNames: Set<String> = []
  /// The used names that can refer to something at the top level: neither members (`x.name`) nor labels, and not
  /// declared by the unit itself, be it locally.
  var freeNames: Set<String> = []
  /// The names that may tie the unit to others, and those of them behind a dot: more than there are, if anything.
  var mentionedNames: Set<String> = []
  var mentionedMembers: Set<String> = []
  var extendedTypes: Set<String> = []
  var tokens: CodeTokens
  /// The unit's `import` declarations, as written, and the modules they name.
  var imports: [String] = []
  var importedModules: [String] = []
  /// Whether the code has a syntax error, so that it cannot stand in one file with other units.
  var isBroken = false
  /// The `await` expressions at the top level, in UTF-8 offsets, and whether each is tried.
  var awaits: [TopLevelAwaits.Await] = []
  /// Where the last expression stands, in UTF-8 offsets, if the unit is to display it.
  var displayedExpression: Range<Int>?

  /// Where the last statement begins, in UTF-8 bytes.
  var lastStatement = 0

  init(parsing code: String) {
    let file = Parser.parse(source: code)
    tokens = CodeTokens(of: file)
    isBroken = file.hasError
    let mentions = MentionCollector(viewMode: .sourceAccurate)
    mentions.walk(file)
    mentionedNames = mentions.names
    mentionedMembers = mentions.members
    extendedTypes = mentions.extendedTypes
    let names = NameCollector(viewMode: .sourceAccurate)
    names.walk(file)
    let topLevel = TopLevelCollector()
    for item in file.statements { topLevel.collect(item) }
    declarations = topLevel.declarations
    memberNames = names.memberNames
    usedNames = names.used
    freeNames = names.references.subtracting(names.locals)
    imports = topLevel.imports
    importedModules = topLevel.importedModules
    awaits = TopLevelAwaits.all(in: file)
    displayedExpression = Self.displayedExpression(in: file)
    lastStatement = file.statements.last?.positionAfterSkippingLeadingTrivia.utf8Offset ?? 0
  }

  /// An expression alone, as an inline value has it.
  init(parsingExpression code: String) {
    self.init(parsing: code)
    // `if` and `switch` are statements where they stand alone, and expressions here.
    displayedExpression = nil
  }

  private static func displayedExpression(in file: SourceFileSyntax) -> Range<Int>? {
    guard let last = file.statements.last, last.semicolon == nil, case .expr(let expression) = last.item,
      !isAssignment(expression)
    else { return nil }
    return expression.positionAfterSkippingLeadingTrivia
      .utf8Offset..<expression.endPositionBeforeTrailingTrivia.utf8Offset
  }

  private static func isAssignment(_ expression: ExprSyntax) -> Bool {
    let expression = expression.as(TryExprSyntax.self)?.expression ?? expression
    guard let sequence = expression.as(SequenceExprSyntax.self) else { return false }
    return sequence.elements.contains { $0.is(AssignmentExprSyntax.self) }
  }
}

/// Something declared at a unit's top level.
struct Declaration: Hashable, Sendable {
  enum Kind: String, Sendable {
    case `var`, `let`, `func`, `struct`, `class`, `enum`, `protocol`, `typealias`, actor, operatorFunction
    case `operator`, precedenceGroup, macro
    /// A member that an extension adds.
    case extensionMember
  }

  var kind: Kind
  var name: String
  /// For what can be overloaded: labels, parameter types, generics. Two of equal name and signature are one
  /// declared twice.
  var signature: String
  /// Where it begins in the unit's code, after its comments: UTF-8 offset.
  var offset: Int

  /// Whether others of the same name can stand beside it.
  var canBeOverloaded: Bool {
    switch kind {
    case .func, .operatorFunction, .extensionMember: true
    default: false
    }
  }

  /// Whether `later`, in a later unit, takes this one's place.
  func isReplaced(by later: Declaration) -> Bool {
    guard name == later.name else { return false }
    switch (kind, later.kind) {
    case (.extensionMember, .extensionMember), (.func, .func), (.operatorFunction, .operatorFunction):
      return signature == later.signature
    case (.extensionMember, _), (_, .extensionMember): return false
    case (.operator, .operatorFunction), (.operatorFunction, .operator): return false
    case (.precedenceGroup, let other): return other == .precedenceGroup
    default: return true
    }
  }

  /// The word that imports it alone: `import struct Module.Name`.
  var importKind: String? {
    switch kind {
    case .struct, .class, .enum, .protocol, .typealias, .func, .var, .let: kind.rawValue
    case .actor: "class"
    default: nil
    }
  }
}
