import Chapters
import ExecutionRecords
import Foundation
import KernelProtocol

/// One run of a compiled chapter.
///
/// It sends the worker segment after segment, and notes what each unit put out. When a unit fails, the checkpoint
/// above it takes over: what is left is compiled anew as the continuation of that state, without the unit and
/// without what needs it.
final class Execution {
  private let compiled: CompiledChapter
  private let kernel: CellKernel
  private let worker: Worker
  private let symbolizer: Symbolizer
  private let observer: RunObserver

  /// Segments still to run.
  private var segments: [Segment]
  private var compilation: Compilation
  private var outcomes: ChapterOutcomes
  /// The unit with that id.
  private let units: [Int: Unit]

  /// What the process that has the word is running.
  private var running: (unit: Unit, since: ContinuousClock.Instant)?
  /// What it has run.
  private var executed: [ExecutedUnit]
  /// The last state to which the run can return.
  private var checkpoint: Checkpoint?
  private var timedOut = false

  init(_ compiled: CompiledChapter, kernel: CellKernel, worker: Worker, observer: RunObserver) {
    self.compiled = compiled
    self.kernel = kernel
    self.worker = worker
    self.observer = observer
    symbolizer = Symbolizer(toolchain: kernel.toolchain)
    segments = compiled.compilation.segments
    compilation = compiled.compilation
    outcomes = ChapterOutcomes(compiled.plan)
    outcomes.compilerFailures = compiled.compilerFailures
    units = Dictionary(uniqueKeysWithValues: compiled.units.map { ($0.id, $0) })
    checkpoint = compiled.start?.checkpoint
    executed = checkpoint?.executed ?? []
  }

  func run() async throws -> ChapterOutcomes {
    do {
      try await runSegments()
    } catch {
      await worker.stop()
      throw error
    }
    await worker.stop()
    outcomes.excluded = compilation.excluded
    outcomes.compilerFailures.formUnion(compilation.compilerFailures(in: compiled.plan))
    let refused = compiled.refused(by: compilation).filter { outcomes.new[$0.key] == nil }
    // Whether one of them can be kept is seen from all of them.
    outcomes.new.merge(refused) { first, _ in first }
    for (unit, outcome) in refused { keep(outcome, of: unit) }
    return outcomes
  }

  private func runSegments() async throws {
    guard !segments.isEmpty else { return }
    worker.begin(at: checkpoint)
    var mayEnd = checkpoint != nil && runNextSegment()
    while !mayEnd { mayEnd = try await handle(try await worker.next(until: deadline)) }
  }

  /// - Returns: whether everything has run.
  private func handle(_ event: Worker.Event) async throws -> Bool {
    switch event {
    case .deadline:
      worker.interrupt(force: timedOut)
      timedOut = true
    case .kept(let link, let id):
      let new = Checkpoint(link: link, unit: id, executed: executed, scope: compilation.scope)
      worker.keep(new)
      checkpoint = new
      // At the top it waits for the first segment; after a unit its child goes on.
      return id == -1 && runNextSegment()
    case .unitStarted(let id):
      guard let unit = units[id] else { break }
      running = (unit, .now)
      report(started: unit)
    case .unitEnded(let id, let outputs, let files):
      if let unit = units[id] { finish(unit, outputs, files) }
    case .noCheckpoint(let id, let leftovers):
      if let unit = units[id] { observer.noCheckpoint(unit.name, leftovers.words) }
    case .segmentEnded: return runNextSegment()
    case .failed(let outputs, let files, let failure): return try await resume(after: failure, outputs, files)
    case .cannotLoad(let reason): throw KernelError.workerLost(reason)
    }
    return false
  }

  private func runNextSegment() -> Bool {
    guard let segment = segments.first else { return true }
    worker.run(segment)
    return false
  }

  private func finish(_ unit: Unit, _ outputs: CapturedOutputs, _ files: FileUses) {
    let seconds = running.map { (ContinuousClock.now - $0.since) / .seconds(1) } ?? 0
    running = nil
    executed.append(
      ExecutedUnit(
        unit: unit, now: unit.index, state: compiled.analysis.state(of: unit.index, files), seconds: seconds))
    note(UnitOutcome(.ok, OutputDecoding(outputs), files, seconds), of: unit)
    if segments.first?.units.last?.id == unit.id { segments.removeFirst() }
  }

  /// A unit that is run again, to get back to the state after it, has been noted before.
  private func note(_ outcome: UnitOutcome, of unit: Unit) {
    let index = unit.index
    guard outcomes.ran.insert(index).inserted else { return }
    report(ended: unit, outcome.status, outcome.seconds)
    if compiled.plan.missing.contains(index) {
      var outcome = outcome
      outcome.warnings = compiled.warnings(of: index)
      keep(outcome, of: index)
    } else {
      outcomes.stateFiles[index] = outcome.files
      if outcome.status != .ok { outcomes.isDoubtful = true }
    }
  }

  private func keep(_ outcome: UnitOutcome, of unit: Int) {
    let outcome = compiled.analysis.naming?.named(outcome) ?? outcome
    outcomes.new[unit] = outcome
    observer.outcome(unit, outcome, outcomes)
  }

  // MARK: Failures

  private var deadline: ContinuousClock.Instant? {
    guard let running else { return nil }
    let limit = running.since + .seconds(running.unit.timeLimit)
    // A process that does not answer to the polite signal gets the other one.
    return timedOut ? limit + .seconds(3) : limit
  }

  private func resume(
    after failure: Failure, _ outputs: CapturedOutputs, _ files: FileUses
  ) async throws -> Bool {
    guard let checkpoint else { throw KernelError.workerLost("the state before a failure is gone") }
    // Where it ended between two units, the one to come is to blame: its library could not even be set up.
    let next = segments.first?.units.first { unit in !executed.contains { $0.unit.id == unit.id } }
    guard let unit = running?.unit ?? next else { return true }
    let seconds = running.map { (ContinuousClock.now - $0.since) / .seconds(1) } ?? 0
    var decoded = OutputDecoding(outputs)
    let report = await FailureReport(
      failure, fatalError: decoded.takeFatalError(), timeLimit: timedOut ? unit.timeLimit : nil,
      memoryLimit: kernel.settings.memoryLimit, map: compiled.map, symbolizer: symbolizer)
    // Where the run was cancelled meanwhile, the places of the failure may never have been asked for to the end: a report
    // without them must not be kept.
    try Task.checkCancellation()
    var outcome = UnitOutcome(report.status, decoded, files, seconds)
    outcome.error = report.error
    note(outcome, of: unit)
    failed.insert(unit.index)
    running = nil
    timedOut = false
    executed = checkpoint.executed
    try await recompile()
    return runNextSegment()
  }

  /// The units that ran now, and not to their end.
  private var failed: Set<Int> = []

  /// Compiles what is left as the continuation of the last state that is kept.
  private func recompile() async throws {
    let compiler = compiled.compiler(for: kernel)
    let scope = try await compiler.cut(compilation.scope, to: executed)
    var excluded = compilation.excluded
    for unit in failed { excluded[unit] = .didNotEnd }
    let running = compiled.plan.running()
    let covered = Set(executed.map(\.now))
    let rest = compiled.units.filter {
      running.contains($0.index) && !covered.contains($0.index) && excluded[$0.index] == nil
    }
    compilation = try await compiler.compile(rest, below: scope, excluding: excluded)
    segments = compilation.segments
    // What the compiler refuses now, it refuses without having seen the units that do not run.
    if !compiled.plan.isWhole, compilation.excluded.contains(where: { excluded[$0.key] == nil }) {
      outcomes.isDoubtful = true
    }
  }

  // MARK: Progress

  private func report(started unit: Unit) {
    guard case .cell(let cell) = unit.kind, !outcomes.ran.contains(unit.index) else { return }
    let cells = compiled.chapter.cells
    observer.progress(.cellStarted(index: cell, count: cells.count, label: cells[cell].label))
  }

  private func report(ended unit: Unit, _ status: CellStatus, _ seconds: Double) {
    guard case .cell(let cell) = unit.kind else { return }
    let cells = compiled.chapter.cells
    observer.progress(
      .cellEnded(index: cell, count: cells.count, label: cells[cell].label, status: status, seconds: seconds))
  }
}

extension Unit {
  /// Seconds that it may run.
  var timeLimit: Double { options.timeout ?? 120 }
}

extension Leftovers {
  fileprivate var words: String {
    switch threads {
    case ...0: "leaves a pipe or a connection open"
    case 1: "leaves a thread behind"
    default: "leaves \(threads) threads behind"
    }
  }
}

extension UnitOutcome {
  fileprivate init(_ status: CellStatus, _ outputs: OutputDecoding, _ files: FileUses, _ seconds: Double) {
    self.init(status: status)
    self.outputs = outputs.outputs
    text = outputs.inlineText
    self.files = files
    self.seconds = seconds
  }
}

/// Told of what happens in a run, while it happens.
public struct RunObserver: Sendable {
  public var progress: @Sendable (KernelProgress) -> Void = { _ in }
  /// A unit that was to run for its results has them; the last argument is what came of the units so far.
  public var outcome: @Sendable (Int, UnitOutcome, ChapterOutcomes) -> Void = { _, _, _ in }
  /// No checkpoint could be taken after a unit, because of what it does, in words: "leaves a thread behind".
  public var noCheckpoint: @Sendable (_ unit: String, _ why: String) -> Void = { _, _ in }

  public init() {}
}
