extension [Unit] {
  /// The compiler's time for one module grows faster than its length: 200 cells took 3.3 s at once, and 8 times 0.26 s
  /// in eight parts.
  private static var longestSegment: Int { 25 }

  /// Cuts the units into runs that are compiled as one module each.
  ///
  /// Within a module Swift lets code see every declaration, above and below; and it allows each name once. So a cut
  /// is made where a unit declares a name that its module already declares, or already uses (that use must go on
  /// meaning what stood above it), and before every unit that changes what code above means without being named by
  /// it: one with an extension or an `import`.
  func segmented() -> [[Unit]] {
    var segments: [[Unit]] = []
    var declared: [String: [Declaration]] = [:]
    var used: Set<String> = []
    var imports = 0
    for unit in self {
      let clashes = unit.syntax.declarations.contains { declaration in
        used.contains(declaration.name)
          || declared[declaration.name, default: []].contains { $0.isReplaced(by: declaration) }
      }
      let isFull = segments.last.map { $0.count >= Self.longestSegment } ?? true
      // A unit that is not run this time may stand between, and may have imported something.
      let seesOtherImports = unit.importsAbove != imports
      if isFull || clashes || unit.standsAlone || segments.last?.last?.standsAlone == true || seesOtherImports
        || !unit.syntax.imports.isEmpty || !unit.syntax.extendedTypes.isEmpty
      {
        segments.append([])
        declared = [:]
        used = []
        imports = unit.importsAbove
      }
      segments[segments.count - 1].append(unit)
      imports += unit.syntax.imports.count
      for declaration in unit.syntax.declarations {
        declared[declaration.name, default: []].append(declaration)
      }
      used.formUnion(unit.syntax.mentionedNames)
    }
    return segments
  }
}

extension Unit {
  /// One that must not compile would spoil its segment.
  var standsAlone: Bool { options.expectError == .compile }
}

/// Which units need which.
struct Dependence {
  private let units: [Unit]

  init(_ units: [Unit]) {
    self.units = units
  }

  /// The unit, among `candidates`, whose names `unit` needs for certain: the nearest above that declares them.
  func need(of unit: Unit, among candidates: Set<Int>) -> (name: String, unit: Int)? {
    for name in unit.syntax.freeNames.sorted() {
      let declarer = units.last { other in
        other.index < unit.index && other.syntax.declarations.contains { $0.name == name }
      }
      if let declarer, candidates.contains(declarer.index) { return (name, declarer.index) }
    }
    return nil
  }

  /// The unit, among `candidates`, of which `unit` mentions any name at all, be it a member's.
  func mention(in unit: Unit, among candidates: Set<Int>) -> (name: String, unit: Int)? {
    for other in units where other.index < unit.index && candidates.contains(other.index) {
      let names = other.syntax.memberNames.union(other.syntax.declarations.map(\.name))
      if let name = names.intersection(unit.syntax.usedNames).min() { return (name, other.index) }
    }
    return nil
  }
}
