import Foundation

/// What stands above a segment: the modules of the segments before it, as its compiler sees them.
struct Scope: Sendable {
  struct Module: Sendable {
    var name: String
    var units: [Unit]
    /// The lines before the units' code in its source.
    var header: [String]
    /// Where its `.swiftmodule` lies, if it was written anew: a folder of its own, before all others.
    var folder: URL?
    /// The modules that it imports, by name.
    var imports: Set<String>
    /// Overloads of it that a later unit has declared again, by the unit's id.
    var retired: [Int: Set<Int>] = [:]

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

  /// Adds a module. Returns the modules of which something is now declared again, to be written anew.
  mutating func append(_ module: Module) -> [Module] {
    var changed: [Int] = []
    for declaration in module.declarations where declaration.canBeOverloaded {
      for index in modules.indices {
        for unit in modules[index].units {
          for old in unit.syntax.declarations where old.isReplaced(by: declaration) {
            modules[index].retired[unit.id, default: []].insert(old.offset)
            if !changed.contains(index) { changed.append(index) }
          }
        }
      }
    }
    modules.append(module)
    return changed.map { modules[$0] }
  }

  mutating func move(_ name: String, to folder: URL) {
    guard let index = modules.firstIndex(where: { $0.name == name }) else { return }
    modules[index].folder = folder
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

  /// The scope in which only `executed` units (by their ids) have run: a module is cut off behind the last of them.
  ///
  /// - Returns: the scope, and the module that was cut and is to be written anew.
  func cut(to executed: Set<Int>) -> (scope: Scope, cut: Module?) {
    var scope = Scope()
    var cut: Module?
    for module in modules {
      var kept = module
      kept.units = module.units.filter { executed.contains($0.id) }
      if kept.units.isEmpty { continue }
      if kept.units.count < module.units.count { cut = kept }
      scope.modules.append(kept)
    }
    return (scope, cut)
  }
}
