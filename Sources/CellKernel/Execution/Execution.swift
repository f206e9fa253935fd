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
  private let session: WorkerSession
  private let symbolizer: Symbolizer
  private let progress: @Sendable (KernelProgress) -> Void

  /// Segments still to run.
  private var segments: [Segment]
  private var compilation: Compilation
  private var results: [Int: UnitResult] = [:]

  /// The process that runs cells, and what it is running.
  private var runner: WorkerSession.Link?
  private var running: (unit: Int, since: ContinuousClock.Instant)?
  /// The process that keeps the last state to which the run can return, and the unit after which that is.
  private var checkpoint: (link: WorkerSession.Link, unit: Int)?
  private var timedOut = false

  init(
    _ compiled: CompiledChapter, kernel: CellKernel, session: WorkerSession,
    progress: @escaping @Sendable (KernelProgress) -> Void
  ) {
    self.compiled = compiled
    self.kernel = kernel
    self.session = session
    self.progress = progress
    symbolizer = Symbolizer(toolchain: kernel.toolchain)
    segments = compiled.compilation.segments
    compilation = compiled.compilation
  }

  func run() async throws -> [Int: UnitResult] {
    var mayEnd = segments.isEmpty
    while !mayEnd {
      switch try await session.next(until: deadline) {
      case .deadline: interrupt()
      case .closed(let link): try forget(link)
      case .message(let message, let link): mayEnd = try await handle(message, from: link)
      }
    }
    return results.merging(compiled.excludedResults(of: compilation, after: results)) { ran, _ in ran }
  }

  /// A process is gone. If it ran cells, its checkpoint will say how it ended; if nobody can, the run is lost.
  private func forget(_ link: WorkerSession.Link) throws {
    if link === checkpoint?.link { checkpoint = nil }
    guard link === runner else { return }
    runner = nil
    if checkpoint == nil { throw KernelError.workerLost("its processes were killed from outside") }
  }

  // MARK: Messages

  /// - Returns: whether everything has run.
  private func handle(_ message: WorkerMessage, from link: WorkerSession.Link) async throws -> Bool {
    switch message {
    case .hello: break
    case .keeping(let unit):
      keep(link, after: Int(unit))
      if unit == -1 { return try sendNextSegment(to: link) }
    case .unitStarted(let unit):
      runner = link
      running = (Int(unit), .now)
      report(started: Int(unit))
    case .unitEnded(let unit, let outputs): finish(Int(unit), outputs)
    case .noCheckpoint: break
    case .segmentEnded:
      runner = link
      return try sendNextSegment(to: link)
    case .childEnded(_, let outputs, let failure): return try await resume(after: failure, outputs, at: link)
    case .cannotLoad(let reason): throw KernelError.workerLost(reason)
    }
    return false
  }

  /// Only the last state is needed. Two processes may say out of order that they keep one.
  private func keep(_ link: WorkerSession.Link, after unit: Int) {
    guard let old = checkpoint, old.link !== link else {
      checkpoint = (link, unit)
      return
    }
    let older = old.unit < unit ? old.link : link
    try? older.connection.send(.exit)
    if older === old.link { checkpoint = (link, unit) }
  }

  private func sendNextSegment(to link: WorkerSession.Link) throws -> Bool {
    guard let segment = segments.first else { return true }
    try link.connection.send(.run(library: segment.library.path, entry: segment.entry))
    return false
  }

  private func finish(_ unit: Int, _ outputs: CapturedOutputs) {
    let seconds = running.map { (ContinuousClock.now - $0.since) / .seconds(1) } ?? 0
    running = nil
    // A unit that is run again, to get back to the state after it, has been noted before.
    if results[unit] == nil {
      results[unit] = UnitResult(status: .ok, outputs: OutputDecoding(outputs))
      report(ended: unit, .ok, seconds)
    }
    if segments.first?.units.last?.index == unit { segments.removeFirst() }
  }

  // MARK: Failures

  private var deadline: ContinuousClock.Instant? {
    guard let running else { return nil }
    let limit = running.since + .seconds(timeLimit(of: running.unit))
    // A process that does not answer to the polite signal gets the other one.
    return timedOut ? limit + .seconds(3) : limit
  }

  private func timeLimit(of unit: Int) -> Double { compiled.units[unit].options.timeout ?? 120 }

  private func interrupt() {
    guard let runner else { return }
    kill(runner.pid, timedOut ? SIGKILL : SIGQUIT)
    timedOut = true
  }

  private func resume(after failure: Failure, _ outputs: CapturedOutputs, at link: WorkerSession.Link)
    async throws
    -> Bool
  {
    guard let checkpoint, checkpoint.link === link else { return false }
    // Where it ended between two units, the one to come is to blame: its library could not even be set up.
    guard let unit = running?.unit ?? segments.first?.units.first?.index else { return true }
    let seconds = running.map { (ContinuousClock.now - $0.since) / .seconds(1) } ?? 0
    var decoded = OutputDecoding(outputs)
    let report = await FailureReport(
      failure, fatalError: decoded.takeFatalError(), timeLimit: timedOut ? timeLimit(of: unit) : nil,
      memoryLimit: kernel.settings.memoryLimit, map: compiled.map, symbolizer: symbolizer)
    results[unit] = UnitResult(status: report.status, outputs: decoded, error: report.error)
    self.report(ended: unit, report.status, seconds)
    running = nil
    timedOut = false
    try await recompile(after: checkpoint.unit)
    return try sendNextSegment(to: link)
  }

  /// Compiles what is left as the continuation of the state after `unit`.
  private func recompile(after unit: Int) async throws {
    let compiler = compiled.compiler(for: kernel)
    var (scope, cut) = compilation.scope.cut(after: unit)
    if let cut { scope.move(cut.name, to: try await compiler.writeInterface(of: cut, below: scope)) }
    var excluded = compilation.excluded
    for (unit, result) in results where result.status != .ok { excluded[unit] = .didNotEnd }
    let rest = compiled.units.filter { $0.index > unit && excluded[$0.index] == nil }
    compilation = try await compiler.compile(rest, below: scope, excluding: excluded)
    segments = compilation.segments
  }

  // MARK: Progress

  private func report(started unit: Int) {
    guard case .cell(let cell) = compiled.units[unit].kind, results[unit] == nil else { return }
    let cells = compiled.chapter.cells
    progress(.cellStarted(index: cell, count: cells.count, label: cells[cell].label))
  }

  private func report(ended unit: Int, _ status: CellStatus, _ seconds: Double) {
    guard case .cell(let cell) = compiled.units[unit].kind else { return }
    let cells = compiled.chapter.cells
    progress(
      .cellEnded(index: cell, count: cells.count, label: cells[cell].label, status: status, seconds: seconds))
  }
}

/// How a unit fared.
struct UnitResult {
  var status: CellStatus
  var outputs = OutputDecoding(CapturedOutputs())
  var error: CellError?
}
