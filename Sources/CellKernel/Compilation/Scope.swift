import Foundation

/// What stands above a segment: the modules of the segments before it, as its compiler sees them.
struct Scope: Sendable {
  struct Module: Sendable {
    var name: String
    var units: [Unit]
    /// The lines before the units' code in its source.
    var header: [String]
    /// Where its `.swiftmodule` lies, if it was written anew: a folder of its own, before all others.
    private(set) var folder: URL?
    /// The modules that it imports, by name.
    var imports: Set<String>
    /// Overloads of it that a later unit has declared again, by the unit's id.
    fileprivate(set) var retired: [Int: Set<Int>] = [:]
    /// What its `.swiftmodule` tells of.
    private var written: Interface

    private struct Interface: Equatable {
      var units: [Int]
      var retired: [Int: Set<Int>]
    }

    init(name: String, units: [Unit], header: [String], imports: Set<String>) {
      self.name = name
      self.units = units
      self.header = header
      self.imports = imports
      written = Interface(units: units.map(\.id), retired: [:])
    }

    private var interface: Interface { Interface(units: units.map(\.id), retired: retired) }
    fileprivate var isOutdated: Bool { interface != written }

    fileprivate mutating func move(to folder: URL) {
      self.folder = folder
      written = interface
    }

    var declarations: [Declaration] { units.flatMap(\.syntax.declarations) }
    var names: Set<String> {
      units.reduce(into: []) { names, unit in
        names.formUnion(unit.syntax.declarations.map(\.name))
        names.formUnion(unit.syntax.memberNames)
      }
    }
  }

  private(set) var modules: [Module] = []

  /// The folders in which modules were written anew, to be searched before the one where all were written first.
  var searchPaths: [URL] { modules.compactMap(\.folder) }

  /// Modules whose interface is to be written anew.
  var outdated: [Module] { modules.filter(\.isOutdated) }

  /// Adds a module, which may declare something of the others again.
  mutating func append(_ module: Module) {
    for declaration in module.declarations where declaration.canBeOverloaded {
      for index in modules.indices {
        for unit in modules[index].units {
          for old in unit.syntax.declarations where old.isReplaced(by: declaration) {
            modules[index].retired[unit.id, default: []].insert(old.offset)
          }
        }
      }
    }
    modules.append(module)
  }

  mutating func move(_ name: String, to folder: URL) {
    guard let index = modules.firstIndex(where: { $0.name == name }) else { return }
    modules[index].move(to: folder)
  }

  /// The first lines of the source of a segment of `units`, and the modules that they import.
  /// - Parameter imports: the `import` declarations of the units above.
  func header(for units: [Unit], imports: [String]) -> (lines: [String], imports: Set<String>) {
    let used = units.reduce(into: Set<String>()) { $0.formUnion($1.syntax.usedNames) }
    // A type's members are found only where the type's own module is imported, and code can use them without
    // naming the type: so what a needed module imports is imported too.
    var needed: Set<String> = []
    for module in modules where !module.names.isDisjoint(with: used) {
      needed.insert(module.name)
      needed.formUnion(module.imports)
    }
    var lines = imports
    for module in modules where needed.contains(module.name) {
      lines.append("@testable import \(module.name)")
    }
    for (name, declarations) in declarers(of: used, in: needed) where declarations.count > 1 {
      // Declared in several modules, and visible from each: importing the last one by name settles it.
      guard let (module, last) = declarations.last, !last.canBeOverloaded, let kind = last.importKind else {
        continue
      }
      lines.append("@testable import \(kind) \(module).\(name)")
    }
    return (lines, needed)
  }

  private func declarers(
    of names: Set<String>, in needed: Set<String>
  ) -> [(String, [(module: String, declaration: Declaration)])] {
    var result: [String: [(module: String, declaration: Declaration)]] = [:]
    for module in modules where needed.contains(module.name) {
      for declaration in module.declarations where names.contains(declaration.name) {
        if declaration.kind == .extensionMember { continue }
        result[declaration.name, default: []].append((module.name, declaration))
      }
    }
    return result.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The scope in which only `executed` units (by their ids) have run: without the others, and without what these have
  /// replaced.
  func cut(to executed: Set<Int>) -> Scope {
    var scope = Scope()
    for module in modules {
      var kept = module
      kept.units = module.units.filter { executed.contains($0.id) }
      kept.retired = [:]
      if !kept.units.isEmpty { scope.append(kept) }
    }
    return scope
  }
}
