import Chapters
import Diagnostics
import ExecutionRecords

/// A chapter whose cells were compiled, as far as they are to run. Its files are removed when the last copy goes away.
public struct CompiledChapter: Sendable {
  public let plan: ExecutionPlan
  /// The compiler's errors and warnings, at the chapter's own lines and columns. An error that a cell expects
  /// (`expect-error: compile`) or allows (`error: true`) is not among them; it is in the record.
  public let diagnostics: [Diagnostic]

  let units: [Unit]
  let map: SourceMap
  let workspace: Workspace
  let compilation: Compilation
  /// The state that the run begins from; without one, a worker of its own begins at the top.
  let start: ResumePoint?
  /// What the first segment sees.
  let startingScope: Scope
  /// What the compiler says of the units that are to run, with all of the chapter before its eyes.
  private let messages: CompilerMessages

  public var analysis: ChapterAnalysis { plan.analysis }
  public var chapter: Chapter { plan.analysis.chapter }

  /// - Parameter isForCheck: whether nothing of it is to run.
  init(_ plan: ExecutionPlan, kernel: CellKernel, start: ResumePoint? = nil, isForCheck: Bool = false)
    async throws
  {
    self.plan = plan
    self.start = start
    units = start?.units(of: plan.analysis) ?? plan.analysis.units
    let executed = start?.checkpoint.executed ?? []
    map = SourceMap(
      chapter: plan.analysis.chapter, units: units, loaded: executed.map { ($0.unit, $0.now) })
    workspace = try start?.workspace ?? Workspace()
    let compiler = UnitCompiler(
      compiler: Compiler(toolchain: kernel.toolchain, installation: kernel.installation),
      workspace: workspace, units: units, map: map, isForCheck: isForCheck)
    startingScope = try await compiler.cut(start?.checkpoint.scope ?? Scope(), to: executed)
    let running = plan.running().subtracting(executed.map(\.now))
    compilation = try await compiler.compile(
      units.filter { running.contains($0.index) }, below: startingScope, excluding: plan.excluded)
    messages = try await Self.messages(of: compilation, plan, map, kernel)
    diagnostics = Self.diagnostics(of: plan, messages, units)
  }

  /// A compiler for the continuation of this chapter.
  func compiler(for kernel: CellKernel) -> UnitCompiler {
    UnitCompiler(
      compiler: Compiler(toolchain: kernel.toolchain, installation: kernel.installation),
      workspace: workspace, units: units, map: map, isForCheck: false)
  }

  // MARK: Messages

  /// The compiler's words depend on all that it sees: a name that it suggests may be of a unit that is not to run. So
  /// where it has anything to say, it is asked again with the whole chapter.
  private static func messages(
    of compilation: Compilation, _ plan: ExecutionPlan, _ map: SourceMap, _ kernel: CellKernel
  ) async throws -> CompilerMessages {
    let own = CompilerMessages(compilation, plan, map)
    guard !plan.isWhole, !own.isEmpty else { return own }
    var messages = try await CompiledChapter(
      ExecutionPlan(plan.analysis), kernel: kernel, isForCheck: true
    ).messages
    for unit in own.failures where messages.failures.insert(unit).inserted {
      messages.errors[unit] = messages.errors[unit] ?? own.errors[unit]
    }
    return messages
  }

  private static func diagnostics(
    of plan: ExecutionPlan, _ messages: CompilerMessages, _ units: [Unit]
  ) -> [Diagnostic] {
    let file = plan.analysis.chapter.file
    var diagnostics: [Diagnostic] = []
    for unit in units {
      // That a cell may fail, or is not wanted for its results, is no excuse for the compiler.
      let hasFailed = messages.failures.contains(unit.index)
      if hasFailed || plan.missing.contains(unit.index) && !unit.isAccepting {
        diagnostics += messages.errors[unit.index]?.diagnostics ?? []
      }
      guard plan.missing.contains(unit.index) else { continue }
      diagnostics += messages.warnings[unit.index] ?? []
      if messages.unexpected.contains(unit.index) { diagnostics.append(unit.compiledUnexpectedly(in: file)) }
    }
    return diagnostics.sorted { ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0) }
  }

  func warnings(of unit: Int) -> [Diagnostic] { messages.warnings[unit] ?? [] }

  /// The units of which the compiler has not said all that it will say, since it failed itself.
  var compilerFailures: Set<Int> { messages.failures }

  /// What is wrong with a unit that the compiler refused.
  func error(of unit: Int, from later: [Compiler.Message]) -> CellError {
    messages.errors[unit] ?? MessageMapping(map: map, chapter: chapter).error(from: later)
  }
}

extension ExecutionPlan {
  /// What the compiler said of the units whose outcomes are known.
  public var knownDiagnostics: [Diagnostic] {
    known.sorted { $0.key < $1.key }.flatMap { index, outcome -> [Diagnostic] in
      let unit = analysis.units[index]
      switch outcome.status {
      case .notCompiled where !unit.isAccepting: return outcome.warnings + (outcome.error?.diagnostics ?? [])
      case .failed where unit.options.expectError == .compile:
        return [unit.compiledUnexpectedly(in: analysis.chapter.file)]
      default: return outcome.warnings
      }
    }
  }
}

extension Unit {
  /// Whether it may, or shall, not compile.
  fileprivate var isAccepting: Bool { options.expectError == .compile || options.error == true }

  fileprivate func compiledUnexpectedly(in file: String) -> Diagnostic {
    Diagnostic(
      .error, file: file, line: firstLine,
      message: "this cell says `expect-error: compile`, but it compiles",
      hint: "Take the option away, or put the mistake in that it is to show.")
  }
}

/// The compiler's messages by unit.
struct CompilerMessages: Sendable {
  var warnings: [Int: [Diagnostic]] = [:]
  var errors: [Int: CellError] = [:]
  /// Units that should not have compiled.
  var unexpected: Set<Int> = []
  /// Units of which the compiler has not said all that it will say, since it failed itself.
  var failures: Set<Int> = []

  var isEmpty: Bool { warnings.isEmpty && errors.isEmpty }

  init(_ compilation: Compilation, _ plan: ExecutionPlan, _ map: SourceMap) {
    let mapping = MessageMapping(map: map, chapter: plan.analysis.chapter)
    for (unit, messages) in mapping.byUnit(compilation.warnings) {
      warnings[unit] = mapping.diagnostics(from: messages)
    }
    for (unit, exclusion) in compilation.excluded where plan.excluded[unit] == nil {
      switch exclusion {
      case .notCompiled(let messages), .compilerFailed(let messages):
        errors[unit] = mapping.error(from: messages)
      case .compiledUnexpectedly: unexpected.insert(unit)
      default: break
      }
    }
    failures = compilation.compilerFailures(in: plan)
  }
}

/// Turns the compiler's messages into diagnostics at the chapter's own places.
struct MessageMapping {
  private let map: SourceMap
  private let chapter: Chapter
  private let lines: [Substring]

  init(map: SourceMap, chapter: Chapter) {
    self.map = map
    self.chapter = chapter
    lines = chapter.source.split(separator: "\n", omittingEmptySubsequences: false)
  }

  func diagnostics(from messages: [Compiler.Message]) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    for message in messages where !isOfOurMaking(message) {
      let diagnostic = diagnostic(from: message)
      if message.severity != .note {
        if !diagnostics.contains(diagnostic) { diagnostics.append(diagnostic) }
      } else if diagnostic.line != nil, !diagnostics.isEmpty {
        diagnostics[diagnostics.count - 1].notes.append(diagnostic)
      }
    }
    return diagnostics
  }

  /// Where a unit's last statement never ends, it is the call that we put after it that is never executed.
  private func isOfOurMaking(_ message: Compiler.Message) -> Bool {
    guard message.text == "will never be executed",
      let place = map.place(file: message.file, line: message.line, column: message.column)
    else { return false }
    return map.isLastStatement(place)
  }

  func byUnit(_ messages: [Compiler.Message]) -> [Int: [Compiler.Message]] {
    messages.reduce(into: [:]) { result, message in
      let place = map.place(file: message.file, line: message.line, column: message.column)
      if let place { result[place.unit, default: []].append(message) }
    }
  }

  func error(from messages: [Compiler.Message]) -> CellError {
    let diagnostics = diagnostics(from: messages)
    let first = diagnostics.first { $0.severity == .error }
    return CellError(
      message: first?.message ?? "it does not compile", line: first?.line, column: first?.column,
      diagnostics: diagnostics)
  }

  private func diagnostic(from message: Compiler.Message) -> Diagnostic {
    // The name of the message's group says nothing to a reader.
    let text = OutputDecoding.withoutModuleNames(message.text).replacing(/\s\[#[\w-]+\]$/, with: "")
    guard let place = map.place(file: message.file, line: message.line, column: message.column) else {
      return Diagnostic(message.severity, file: chapter.file, message: text)
    }
    let sourceLine = lines.indices.contains(place.line - 1) ? String(lines[place.line - 1]) : nil
    return Diagnostic(
      message.severity, file: chapter.file, line: place.line, column: place.column, message: text,
      sourceLine: sourceLine)
  }
}
