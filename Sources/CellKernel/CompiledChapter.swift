import Chapters
import Diagnostics
import ExecutionRecords

/// A chapter whose cells were compiled. Its files are removed when the last copy goes away.
public struct CompiledChapter: Sendable {
  public let chapter: Chapter
  /// The compiler's errors and warnings, at the chapter's own lines and columns. An error that a cell expects
  /// (`expect-error: compile`) or allows (`error: true`) is not among them; it is in the record.
  public let diagnostics: [Diagnostic]

  let units: [Unit]
  let map: SourceMap
  let workspace: Workspace
  let compilation: Compilation

  init(_ chapter: Chapter, kernel: CellKernel) async throws {
    self.chapter = chapter
    units = Unit.all(of: chapter, seed: kernel.settings.seed)
    map = SourceMap(chapter: chapter, units: units)
    workspace = try Workspace()
    let compiler = UnitCompiler(
      compiler: Compiler(toolchain: kernel.toolchain, installation: kernel.installation),
      workspace: workspace, units: units, map: map)
    compilation = try await compiler.compile(units, below: Scope(), excluding: [:])
    diagnostics = Self.diagnostics(of: compilation, units: units, map: map, chapter: chapter)
  }

  /// A compiler for the continuation of this chapter.
  func compiler(for kernel: CellKernel) -> UnitCompiler {
    UnitCompiler(
      compiler: Compiler(toolchain: kernel.toolchain, installation: kernel.installation),
      workspace: workspace, units: units, map: map)
  }

  // MARK: Messages

  private static func diagnostics(
    of compilation: Compilation, units: [Unit], map: SourceMap, chapter: Chapter
  ) -> [Diagnostic] {
    var diagnostics = MessageMapping(map: map, chapter: chapter).diagnostics(from: compilation.warnings)
    for (index, exclusion) in compilation.excluded.sorted(by: { $0.key < $1.key }) {
      let unit = units[index]
      switch exclusion {
      case .notCompiled(let messages)
      where unit.options.expectError != .compile && unit.options.error != true:
        diagnostics += MessageMapping(map: map, chapter: chapter).diagnostics(from: messages)
      case .compiledUnexpectedly:
        diagnostics.append(
          Diagnostic(
            .error, file: chapter.file, line: unit.firstLine,
            message: "this cell says `expect-error: compile`, but it compiles",
            hint: "Take the option away, or put the mistake in that it is to show."))
      default: break
      }
    }
    return diagnostics.sorted { ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0) }
  }

  func warnings(of unit: Unit) -> [Diagnostic] {
    let messages = compilation.warnings.filter {
      map.place(file: $0.file, line: $0.line, column: $0.column)?.unit == unit.index
    }
    return MessageMapping(map: map, chapter: chapter).diagnostics(from: messages)
  }

  func error(from messages: [Compiler.Message]) -> CellError {
    let diagnostics = MessageMapping(map: map, chapter: chapter).diagnostics(from: messages)
    let first = diagnostics.first { $0.severity == .error }
    return CellError(
      message: first?.message ?? "it does not compile", line: first?.line, column: first?.column,
      diagnostics: diagnostics)
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
