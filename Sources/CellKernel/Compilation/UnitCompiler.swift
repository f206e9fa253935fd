import Chapters
import Foundation

/// Compiles a chapter's units: all that compile, whatever is wrong with the others.
final class UnitCompiler {
  private let compiler: Compiler
  private let workspace: Workspace
  private let map: SourceMap
  private let dependence: Dependence
  /// All of the chapter's units.
  private let units: [Unit]
  /// Whether nothing of it is to run: then there are interfaces alone, which takes half of the time.
  private let isForCheck: Bool
  private var result = Compilation()

  init(compiler: Compiler, workspace: Workspace, units: [Unit], map: SourceMap, isForCheck: Bool) {
    self.compiler = compiler
    self.isForCheck = isForCheck
    self.workspace = workspace
    self.map = map
    self.units = units
    dependence = Dependence(units)
  }

  /// Compiles `units` below `scope`.
  /// - Parameter excluded: units that are known not to run; what needs them is left out.
  func compile(_ units: [Unit], below scope: Scope, excluding excluded: [Int: Exclusion]) async throws
    -> Compilation
  {
    result = Compilation(scope: scope, excluded: excluded)
    for unit in units where result.excluded[unit.index] == nil && !unit.isEvaluated {
      result.excluded[unit.index] = .notEvaluated
    }
    for unit in units where result.excluded[unit.index] == nil && unit.syntax.isBroken {
      result.excluded[unit.index] = try await syntaxErrors(of: unit)
    }
    excludeDependents(among: units)
    for segment in remaining(units).segmented() {
      if segment[0].options.expectError == .compile {
        try await probe(segment[0])
      } else {
        try await compile(segment)
      }
      excludeDependents(among: units)
    }
    return result
  }

  /// The units above `unit` whose imports hold for it: all that are evaluated, since what a file imports does not
  /// depend on the fate of its other lines. A module that does not exist cannot be imported anywhere.
  private func imports(above unit: Unit) -> [(declaration: String, module: String)] {
    let above = units.prefix(unit.index).filter(\.isEvaluated)
    let missing = above.flatMap { missingModules(of: $0) }
    return above.flatMap { Array(zip($0.syntax.imports, $0.syntax.importedModules)) }
      .filter { !missing.contains($0.1) }.map { (declaration: $0.0, module: $0.1) }
  }

  private func missingModules(of unit: Unit) -> [String] {
    let texts: [String] =
      switch result.excluded[unit.index] {
      case .notCompiled(let messages): messages.map(\.text)
      case .known(let outcome): outcome.error?.diagnostics.map(\.message) ?? []
      default: []
      }
    return unit.syntax.importedModules.filter { module in
      texts.contains { $0.contains("no such module '\(module)") }
    }
  }

  private func remaining(_ units: [Unit]) -> [Unit] { units.filter { result.excluded[$0.index] == nil } }

  private func excludeDependents(among units: [Unit]) {
    for unit in units where result.excluded[unit.index] == nil {
      if let (name, needed) = dependence.need(of: unit, among: Set(result.excluded.keys)) {
        result.excluded[unit.index] = .needs(name: name, unit: needed)
      }
    }
  }

  /// Compiles a segment, leaving out unit after unit until the rest compiles.
  private func compile(_ segment: [Unit]) async throws {
    excludeDependents(among: segment)
    var units = remaining(segment)
    while !units.isEmpty {
      let messages = try await compileModule(units)
      if messages.isEmpty { return }
      let errors = errorsByUnit(messages)
      guard !errors.isEmpty else { return try await isolate(units, because: messages) }
      for (unit, messages) in errors { exclude(unit, because: messages, among: units) }
      excludeDependents(among: units)
      units = remaining(units)
    }
  }

  /// Deals with errors at no unit's place (the compiler crashed, say): each unit is compiled alone, and the one at which
  /// it fails again is the one.
  private func isolate(_ units: [Unit], because messages: [Compiler.Message]) async throws {
    if units.count == 1 {
      result.excluded[units[0].index] = .compilerFailed(messages)
    } else {
      for unit in units { try await compile([unit]) }
    }
  }

  /// Returns the errors; none means that the module is there.
  private func compileModule(_ units: [Unit]) async throws -> [Compiler.Message] {
    let name = "__Cells\(workspace.nextNumber())"
    let above = imports(above: units[0])
    let (header, imports) = result.scope.header(for: units, imports: above.map(\.declaration))
    let source = try workspace.write(
      SegmentSource(header: header, units: units, map: map).text, to: name + ".swift")
    let object = workspace.folder.appending(path: name + ".o")
    let (verdict, messages) = try await compiler.compile(
      source, module: name, mode: isForCheck ? .interface : .full(object: object), into: workspace.folder,
      searchPaths: result.scope.searchPaths + [workspace.folder])
    guard verdict == .compiled else { return messages.filter { $0.severity != .warning } }

    if !isForCheck {
      let library = workspace.folder.appending(path: "lib\(name).so")
      let imported = above.map(\.module) + units.flatMap(\.syntax.importedModules)
      try await compiler.link(object, to: library, importing: imported)
      try? FileManager.default.removeItem(at: object)
      result.segments.append(Segment(units: units, library: library, entry: name + "_main"))
    }
    result.warnings += messages.filter { $0.severity == .warning }
    let module = Scope.Module(name: name, units: units, header: header, imports: imports)
    result.scope.append(module)
    try await bringUpToDate(&result.scope)
    return []
  }

  /// The scope of a state in which only `executed` units have run.
  func cut(_ scope: Scope, to executed: [ExecutedUnit]) async throws -> Scope {
    var scope = scope.cut(to: Set(executed.map(\.unit.id)))
    try await bringUpToDate(&scope)
    return scope
  }

  /// Writes the interfaces anew of modules of which units were cut off, or declarations replaced.
  private func bringUpToDate(_ scope: inout Scope) async throws {
    for module in scope.outdated {
      scope.move(module.name, to: try await writeInterface(of: module, below: scope))
    }
  }

  private func writeInterface(of module: Scope.Module, below scope: Scope) async throws -> URL {
    let folder = try workspace.makeFolder("interface-\(workspace.nextNumber())")
    let source = SegmentSource(header: module.header, units: module.units, map: map, retired: module.retired)
    let file = try workspace.write(source.text, to: "\(folder.lastPathComponent)/\(module.name).swift")
    let (verdict, messages) = try await compiler.compile(
      file, module: module.name, mode: .interface, into: folder,
      searchPaths: scope.searchPaths + [workspace.folder])
    // What is compiled against it would be refused for names that are there.
    if verdict == .failed { throw KernelError.compilerFailed(messages.first?.text ?? "") }
    return folder
  }

  // MARK: Errors

  private func exclude(_ unit: Int, because messages: [Compiler.Message], among units: [Unit]) {
    // Where it mentions a name of something that is missing, and the compiler misses that name, that is why.
    if let unit = units.first(where: { $0.index == unit }),
      let (name, needed) = dependence.mention(in: unit, among: Set(result.excluded.keys)),
      messages.contains(where: { $0.text.contains("'\(name)'") })
    {
      result.excluded[unit.index] = .needs(name: name, unit: needed)
    } else {
      result.excluded[unit] = .notCompiled(messages)
    }
  }

  /// The errors with the notes that follow them.
  private func errorsByUnit(_ messages: [Compiler.Message]) -> [Int: [Compiler.Message]] {
    var errors: [Int: [Compiler.Message]] = [:]
    var current: Int?
    for message in messages {
      if message.severity == .error {
        current = map.place(file: message.file, line: message.line, column: message.column)?.unit
      }
      if let current { errors[current, default: []].append(message) }
    }
    return errors
  }

  private func syntaxErrors(of unit: Unit) async throws -> Exclusion {
    let source = try workspace.write(
      SegmentSource(header: [], units: [unit], map: map).text, to: "Broken\(unit.id).swift")
    let (verdict, messages) = try await compiler.compile(
      source, module: "Broken", mode: .parse, into: workspace.folder)
    return verdict == .failed ? .compilerFailed(messages) : .notCompiled(messages)
  }

  /// Compiles a unit that must not compile.
  private func probe(_ unit: Unit) async throws {
    let (header, _) = result.scope.header(for: [unit], imports: imports(above: unit).map(\.declaration))
    let source = try workspace.write(
      SegmentSource(header: header, units: [unit], map: map).text, to: "Probe\(unit.id).swift")
    let (verdict, messages) = try await compiler.compile(
      source, module: "Probe", mode: .typecheck, into: workspace.folder,
      searchPaths: result.scope.searchPaths + [workspace.folder])
    result.excluded[unit.index] =
      switch verdict {
      case .compiled: .compiledUnexpectedly
      case .refused: .notCompiled(messages)
      case .failed: .compilerFailed(messages)
      }
  }
}
