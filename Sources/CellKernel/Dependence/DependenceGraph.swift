/// For each unit, the earlier ones that its results depend on.
///
/// Units that share a name declared in the chapter, directly or through others, form a group, since each of them may
/// have changed what the name stands for. A unit depends on all of its group that stands above it; and on every unit
/// above whose declarations work without being named.
struct DependenceGraph: Sendable {
  /// By unit, in ascending order.
  private(set) var dependencies: [[Int]] = []

  init(_ units: [Unit]) {
    var groups = Groups()
    /// The units that mention a name, and the names that are declared so far.
    var mentions: [String: [Int]] = [:]
    var declared: Set<String> = Set([Self.process])
    var everywhere: [Int] = []
    for unit in units {
      let index = groups.add()
      let names = unit.syntax.sharedNames
      for name in names {
        if declared.contains(name), let other = mentions[name]?.first { groups.join(index, other) }
        mentions[name, default: []].append(index)
      }
      for name in unit.syntax.declaredNames where declared.insert(name).inserted {
        for other in mentions[name] ?? [] { groups.join(index, other) }
      }
      var needed = Set(groups.members(with: index))
      for other in everywhere { needed.formUnion(dependencies[other] + [other]) }
      needed.remove(index)
      dependencies.append(needed.sorted())
      if unit.syntax.worksUnnamed(besides: declared) { everywhere.append(index) }
    }
  }

  /// The name that all code shares which calls what keeps its state in the process.
  static let process = "\u{0}process"

  /// The units needed to run `units`, themselves included.
  func closure(of units: Set<Int>) -> Set<Int> {
    units.reduce(into: units) { $0.formUnion(dependencies[$1]) }
  }
}

/// Disjoint sets of numbers from 0.
private struct Groups {
  private var parents: [Int] = []
  private var lists: [[Int]] = []

  mutating func add() -> Int {
    parents.append(parents.count)
    lists.append([parents.count - 1])
    return parents.count - 1
  }

  private func root(_ number: Int) -> Int {
    var number = number
    while parents[number] != number { number = parents[number] }
    return number
  }

  mutating func join(_ a: Int, _ b: Int) {
    let (a, b) = (root(a), root(b))
    guard a != b else { return }
    let (large, small) = lists[a].count >= lists[b].count ? (a, b) : (b, a)
    parents[small] = large
    lists[large] += lists[small]
    lists[small] = []
  }

  func members(with number: Int) -> [Int] { lists[root(number)] }
}

extension UnitSyntax {
  /// All names that the unit has to do with.
  fileprivate var sharedNames: Set<String> {
    var names = mentionedNames.union(mentionedMembers.map { "." + $0 })
    // A member is named without its dot within its own type.
    names.formUnion(mentionedNames.map { "." + $0 })
    names.formUnion(declaredNames)
    if !mentionedNames.isDisjoint(with: Self.processState) { names.insert(DependenceGraph.process) }
    return names
  }

  fileprivate var declaredNames: Set<String> {
    var names = Set(memberNames.map { "." + $0 })
    for declaration in declarations {
      names.insert(declaration.kind == .extensionMember ? "." + declaration.name : declaration.name)
    }
    return names
  }

  /// Whether it changes what code means that names nothing of it: a conformance or an initializer of a type that
  /// `names` are not of, another type of literals.
  fileprivate func worksUnnamed(besides names: Set<String>) -> Bool {
    !extendedTypes.isSubset(of: names) || declarations.contains { Self.literalTypes.contains($0.name) }
  }

  private static let literalTypes: Set<String> = [
    "IntegerLiteralType", "FloatLiteralType", "BooleanLiteralType", "StringLiteralType",
    "ExtendedGraphemeClusterType", "UnicodeScalarType",
  ]

  /// Names of the C library and Foundation that share state without a name of the chapter's.
  private static let processState: Set<String> = [
    "rand", "srand", "random", "srandom", "drand48", "srand48", "lrand48", "mrand48", "erand48", "setlocale",
    "signal", "sigaction", "atexit", "strtok", "UserDefaults", "NotificationCenter", "URLCache", "setvbuf",
    "Thread", "OperationQueue",
  ]
}
