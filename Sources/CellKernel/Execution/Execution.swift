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

  /// The process that runs cells, and what it is running.
  private var runner: WorkerSession.Link?
  private var running: (unit: Unit, since: ContinuousClock.Instant)?
  /// What the process that runs cells has run.
  private var executed: [ExecutedUnit]
  /// The process that keeps the last state to which the run can return.
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
    units = Dictionary(uniqueKeysWithValues: compiled.units.map { ($0.id, $0) })
    executed = compiled.start?.executed ?? []
    checkpoint = compiled.start?.checkpoint
  }

  func run() async throws -> ChapterOutcomes {
    do {
      try await runSegments()
    } catch {
      // Whatever it still says is about this run.
      if let runner { worker.dismiss(runner) }
      throw error
    }
    if let runner { worker.dismiss(runner) }
    outcomes.excluded = compilation.excluded
    for (unit, outcome) in compiled.refused(by: compilation) where outcomes.new[unit] == nil {
      keep(outcome, of: unit)
    }
    return outcomes
  }

  private func runSegments() async throws {
    var mayEnd = segments.isEmpty
    if !mayEnd, let checkpoint { mayEnd = try sendNextSegment(to: checkpoint.link) }
    while !mayEnd {
      switch try await worker.session.next(until: deadline, runner: runner?.pid, keepsOthers: worker.keepsAll)
      {
      case .deadline: interrupt()
      case .closed(let link): try forget(link)
      case .message(let message, let link): mayEnd = try await handle(message, from: link)
      }
    }
  }

  /// A process is gone. If it ran cells, its checkpoint will say how it ended; if nobody can, the run is lost.
  private func forget(_ link: WorkerSession.Link) throws {
    worker.forget(link)
    if link === checkpoint?.link { checkpoint = nil }
    guard link === runner else { return }
    runner = nil
    if checkpoint == nil { throw KernelError.workerLost("its processes were killed from outside") }
  }

  // MARK: Messages

  /// - Returns: whether everything has run.
  private func handle(_ message: WorkerMessage, from link: WorkerSession.Link) async throws -> Bool {
    switch message {
    case .hello(let pid, let checkpoint):
      worker.welcome(pid)
      if checkpoint >= -1 { runner = link }
    case .keeping(let unit):
      if unit == -1 {
        runner = nil
        let top = Checkpoint(link: link, unit: -1)
        worker.keep(top)
        checkpoint = top
        return try sendNextSegment(to: link)
      }
      keep(link, after: Int(unit))
    case .unitStarted(let id):
      guard let unit = units[Int(id)] else { break }
      runner = link
      running = (unit, .now)
      report(started: unit)
    case .unitEnded(let id, let outputs, let files):
      if let unit = units[Int(id)] { finish(unit, outputs, files) }
    case .noCheckpoint(let id, let threads):
      if let unit = units[Int(id)] { observer.noCheckpoint(unit.name, Int(threads)) }
    case .segmentEnded:
      runner = link
      return try sendNextSegment(to: link)
    case .childEnded(let pid, let outputs, let files, let failure):
      guard !worker.hasDismissed(pid), checkpoint?.link === link else { break }
      return try await resume(after: failure, outputs, files, at: link)
    case .cannotLoad(let reason): throw KernelError.workerLost(reason)
    }
    return false
  }

  /// Two processes may say out of order that they keep a state.
  private func keep(_ link: WorkerSession.Link, after id: Int) {
    guard let count = executed.firstIndex(where: { $0.unit.id == id }) else { return }
    let new = Checkpoint(link: link, unit: id, executed: Array(executed[...count]), scope: compilation.scope)
    worker.keep(new)
    if let old = checkpoint, old.executed.count >= new.executed.count { return }
    checkpoint = new
  }

  private func sendNextSegment(to link: WorkerSession.Link) throws -> Bool {
    guard let segment = segments.first else { return true }
    try link.connection.send(.run(library: segment.library.path, entry: segment.entry))
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

  private func interrupt() {
    guard let runner else { return }
    kill(runner.pid, timedOut ? SIGKILL : SIGQUIT)
    timedOut = true
  }

  private func resume(
    after failure: Failure, _ outputs: CapturedOutputs, _ files: FileUses, at link: WorkerSession.Link
  ) async throws -> Bool {
    guard let checkpoint else { return false }
    // Where it ended between two units, the one to come is to blame: its library could not even be set up.
    guard let unit = running?.unit ?? segments.first?.units.first else { return true }
    let seconds = running.map { (ContinuousClock.now - $0.since) / .seconds(1) } ?? 0
    var decoded = OutputDecoding(outputs)
    let report = await FailureReport(
      failure, fatalError: decoded.takeFatalError(), timeLimit: timedOut ? unit.timeLimit : nil,
      memoryLimit: kernel.settings.memoryLimit, map: compiled.map, symbolizer: symbolizer)
    var outcome = UnitOutcome(report.status, decoded, files, seconds)
    outcome.error = report.error
    note(outcome, of: unit)
    failed.insert(unit.index)
    running = nil
    runner = nil
    timedOut = false
    executed = checkpoint.executed
    try await recompile()
    return try sendNextSegment(to: link)
  }

  /// The units that ran now, and not to their end.
  private var failed: Set<Int> = []

  /// Compiles what is left as the continuation of the last state that is kept.
  private func recompile() async throws {
    let compiler = compiled.compiler(for: kernel)
    let done = Set(executed.map(\.unit.id))
    var (scope, cut) = compilation.scope.cut(to: done)
    if let cut { scope.move(cut.name, to: try await compiler.writeInterface(of: cut, below: scope)) }
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
  /// No checkpoint could be taken after a unit, which left that many threads behind.
  public var noCheckpoint: @Sendable (String, Int) -> Void = { _, _ in }

  public init() {}
}
