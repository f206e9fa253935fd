import Chapters
import Diagnostics
import ExecutionRecords
import KernelProtocol

/// What all units of a chapter came to: those that ran now, those that had run before, and those that do not run.
public struct ChapterOutcomes: Sendable {
  public let plan: ExecutionPlan
  /// The outcomes of the units that were to run for their results.
  public internal(set) var new: [Int: UnitOutcome] = [:]
  /// The units that ran, for whichever reason.
  public internal(set) var ran: Set<Int> = []
  /// What the units that ran for their state only did with files.
  var stateFiles: [Int: FileUses] = [:]
  /// Whether something came out that a run of the whole chapter may have told otherwise: a unit that ran for its state
  /// only failed this time, or a continuation had to be compiled without the chapter's other units.
  public internal(set) var isDoubtful = false
  /// The units of which the compiler has not said all that it will say, since it failed itself.
  var compilerFailures: Set<Int> = []
  var excluded: [Int: Exclusion]

  /// What is known of a chapter of which nothing has to run.
  public init(_ plan: ExecutionPlan) {
    self.plan = plan
    excluded = plan.excluded
  }

  /// What a unit did with files that ran now.
  public func files(of unit: Int) -> FileUses? { new[unit]?.files ?? stateFiles[unit] }

  /// How a unit fared, now or in an earlier run.
  public func status(of unit: Int) -> CellStatus? { (new[unit] ?? plan.known[unit])?.status }

  /// The files that the cells depend on, as they found them: those that they declare, and those that they were seen
  /// reading and that none of them writes.
  public var inputs: Set<FileUse> {
    let uses: [FileUses] = plan.analysis.units.compactMap {
      files(of: $0.index) ?? plan.known[$0.index]?.files
    }
    let written = Set(uses.flatMap(\.writes).map(\.path))
    let read = uses.flatMap(\.reads).filter { read in
      !written.contains(read.path) && !(read.isOfList && written.contains { $0.hasPrefix(read.path + "/") })
    }
    return plan.analysis.declaredFiles.union(read)
  }

  /// Whether the compiler would say the same of `unit`, whose outcome this is, another time. What it refuses it may refuse
  /// because of what it failed at.
  public func isSettled(_ outcome: UnitOutcome, of unit: Int) -> Bool {
    switch outcome.status {
    case .notCompiled, .skipped: compilerFailures.isEmpty
    default: !compilerFailures.contains(unit)
    }
  }

  public var record: ExecutionRecord {
    let chapter = plan.analysis.chapter
    var record = ExecutionRecord(chapter: chapter.path)
    for unit in plan.analysis.units {
      let outcome = outcome(of: unit.index)
      switch unit.kind {
      case .cell(let index):
        let cell = chapter.cells[index]
        record.cells.append(
          CellRecord(
            label: cell.label, line: cell.position.line, status: outcome.status, outputs: outcome.outputs,
            error: outcome.error, warnings: outcome.warnings))
      case .inlineValue(let index):
        let value = chapter.inlineValues[index]
        record.inlineValues.append(
          InlineRecord(
            expression: value.expression, line: value.position.line, status: outcome.status,
            text: outcome.text,
            error: outcome.error))
      }
    }
    return record
  }

  private func outcome(of unit: Int) -> UnitOutcome {
    switch excluded[unit] {
    case .needs(let name, let needed):
      var outcome = new[unit] ?? plan.known[unit] ?? UnitOutcome(status: .skipped)
      let needed = plan.analysis.units[needed]
      outcome.error = CellError(
        message: "not run: it needs `\(name)` of \(needed.name), which \(why(needed.index))")
      return outcome
    case .notEvaluated: return UnitOutcome(status: .skipped)
    default: return new[unit] ?? plan.known[unit] ?? UnitOutcome(status: .skipped)
    }
  }

  private func why(_ unit: Int) -> String {
    switch (excluded[unit], (new[unit] ?? plan.known[unit])?.status) {
    case (.notEvaluated, _): "is not evaluated"
    case (.needs, _): "was not run either"
    case (_, .failed): "failed"
    case (_, .crashed): "crashed"
    case (_, .timedOut): "ran out of time"
    default: "did not compile"
    }
  }
}

extension CompiledChapter {
  /// What came of a chapter of which nothing is left to run, because of what the compiler said.
  func outcomesWithoutRunning(_ observer: RunObserver) -> ChapterOutcomes {
    var outcomes = ChapterOutcomes(plan)
    outcomes.excluded = compilation.excluded
    outcomes.compilerFailures = compilerFailures
    outcomes.new = refused(by: compilation)
    for (unit, outcome) in outcomes.new { observer.outcome(unit, outcome, outcomes) }
    return outcomes
  }

  /// The outcomes of the units that were to run and were not, because of what the compiler said.
  func refused(by compilation: Compilation) -> [Int: UnitOutcome] {
    var outcomes: [Int: UnitOutcome] = [:]
    for (unit, exclusion) in compilation.excluded where plan.missing.contains(unit) {
      switch exclusion {
      case .notCompiled(let messages), .compilerFailed(let messages):
        outcomes[unit] = UnitOutcome(status: .notCompiled)
        outcomes[unit]?.error = error(of: unit, from: messages)
      case .compiledUnexpectedly:
        outcomes[unit] = UnitOutcome(status: .failed)
        outcomes[unit]?.error = CellError(message: "it says `expect-error: compile`, but it compiles")
      case .needs(let name, let needed):
        outcomes[unit] = UnitOutcome(status: .skipped)
        outcomes[unit]?.need = UnitOutcome.Need(name: name, unit: needed)
      default: break
      }
    }
    return outcomes
  }
}
