import Foundation
import KernelProtocol

/// The worker of one chapter that is being written: it outlives builds, and keeps the states after the chapter's cells.
///
/// A build resumes from the state that saves most among those whose cells are all what they were. Since a state is a
/// process that waits, a cell that took a minute takes it once.
public actor LiveKernel {
  private let kernel: CellKernel
  private let folder: URL
  private var worker: Worker?
  private var isRunning = false
  /// Of the last run; tells which states may be of use again.
  private var lastPlan: ExecutionPlan?

  /// - Parameter folder: the working directory of the chapter's cells.
  public init(_ kernel: CellKernel, folder: URL) {
    self.kernel = kernel
    self.folder = folder
  }

  /// Compiles the units that are to run, as the continuation of the best state there is.
  public func compile(_ plan: ExecutionPlan) async throws -> CompiledChapter {
    guard let worker = try await idleWorker(),
      let best = worker.checkpoints.compactMap({ $0.numbered(by: plan) }).max(by: {
        ($0.seconds, $0.executed.count) < ($1.seconds, $1.executed.count)
      })
    else { return try await CompiledChapter(plan, kernel: kernel) }
    let start = ResumePoint(
      checkpoint: best, workspace: worker.workspace, firstID: worker.takeIDs(plan.analysis.unitCount))
    let compiled = try await CompiledChapter(plan, kernel: kernel, start: start)
    worker.note(compiled.startingScope, of: best.link)
    return compiled
  }

  /// Runs what `compile` made. Where the state that it was to continue is gone meanwhile, the chapter begins at its top.
  public func run(_ compiled: CompiledChapter, observer: RunObserver = RunObserver()) async throws
    -> ChapterOutcomes
  {
    lastPlan = compiled.plan
    guard !compiled.compilation.segments.isEmpty else { return compiled.outcomesWithoutRunning(observer) }
    isRunning = true
    defer { isRunning = false }
    guard let start = compiled.start else { return try await runAnew(compiled, observer) }
    if let worker, worker.session.isAlive,
      worker.checkpoints.contains(where: { $0.link === start.checkpoint.link })
    {
      do {
        return try await run(compiled, in: worker, observer)
      } catch KernelError.workerLost {
        // The chapter itself is none the worse.
      }
    }
    return try await runAnew(CompiledChapter(compiled.plan, kernel: kernel), observer)
  }

  private func runAnew(_ compiled: CompiledChapter, _ observer: RunObserver) async throws -> ChapterOutcomes {
    await close()
    let new = try Worker(kernel, workspace: compiled.workspace, folder: folder, keepsAll: true)
    // So that no unit of a later run has the number of one of these.
    _ = new.takeIDs(compiled.analysis.unitCount)
    worker = new
    return try await run(compiled, in: new, observer)
  }

  private func run(_ compiled: CompiledChapter, in worker: Worker, _ observer: RunObserver) async throws
    -> ChapterOutcomes
  {
    do {
      return try await kernel.run(compiled, in: worker, observer: observer)
    } catch KernelError.workerLost(let reason) {
      self.worker = nil
      throw KernelError.workerLost(reason)
    }
  }

  /// Ends the worker, and all states with it.
  public func close() async {
    let old = worker
    worker = nil
    await old?.close()
  }

  /// The worker, if it is still there and of use, after all that it said since its last run.
  private func idleWorker() async throws -> Worker? {
    guard let worker else { return nil }
    do {
      if worker.session.isAlive, worker.hasRoom {
        try await worker.settle()
        return worker
      }
    } catch KernelError.workerLost {}
    await close()
    return nil
  }

  // MARK: Memory

  /// Lets states go until the rest takes at most `budget` bytes: first those that are of no use to the chapter as it is
  /// now, then those that save least. Where not even the first state is within the budget, the worker ends.
  /// - Returns: the bytes that the rest takes.
  public func trim(to budget: Int) async -> Int {
    guard let worker, !isRunning, let lastPlan else { return 0 }
    var sizes = worker.checkpoints.map { (checkpoint: $0, size: Self.memory(of: $0.link.pid)) }
    var total: Int { sizes.reduce(0) { $0 + $1.size } }
    while total > budget || sizes.count > Self.mostStates {
      guard let index = Self.leastUseful(of: sizes.map(\.checkpoint), for: lastPlan) else { break }
      worker.drop(sizes.remove(at: index).checkpoint)
    }
    guard total <= budget else {
      await close()
      return 0
    }
    worker.removeUnusedFiles()
    return total
  }

  /// Each is a process, with a connection.
  private static let mostStates = 48

  /// The top is never among them, since every state stands on it.
  private static func leastUseful(of checkpoints: [Checkpoint], for plan: ExecutionPlan) -> Int? {
    let states = checkpoints.indices.filter { checkpoints[$0].unit >= 0 }
    if let useless = states.first(where: { checkpoints[$0].units(in: plan) == nil }) { return useless }
    let bySeconds = states.sorted { checkpoints[$0].seconds < checkpoints[$1].seconds }
    // What is saved by a state is the time since the state before it.
    let gains = bySeconds.enumerated().map { rank, state in
      checkpoints[state].seconds - (rank == 0 ? 0 : checkpoints[bySeconds[rank - 1]].seconds)
    }
    return gains.indices.min { gains[$0] < gains[$1] }.map { bySeconds[$0] }
  }

  /// A process's share of the memory that it has in common with others, and all that it has alone.
  private static func memory(of process: Int32) -> Int {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/smaps_rollup", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("Pss:") }),
      let kilobytes = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { return 0 }
    return kilobytes << 10
  }
}

extension Checkpoint {
  /// The same state for a run of `plan`, if it is of use to it: all that was run for it must be, in this order, known
  /// and unchanged, and stand above all that is left to run.
  fileprivate func numbered(by plan: ExecutionPlan) -> Checkpoint? {
    guard let units = units(in: plan) else { return nil }
    if let last = units.last, let next = plan.running().subtracting(units.map(\.now)).min(), next < last.now {
      return nil
    }
    var checkpoint = self
    checkpoint.executed = units
    return checkpoint
  }

  /// Its units by their numbers in the chapter as it is now; `nil` where one of them is not there any more as it was,
  /// or is to run for its results.
  fileprivate func units(in plan: ExecutionPlan) -> [ExecutedUnit]? {
    var result: [ExecutedUnit] = []
    var rest = 0..<plan.analysis.unitCount
    for unit in executed {
      guard let state = unit.state,
        let now = rest.first(where: {
          plan.known[$0].map { $0.status == .ok } == true && plan.state(of: $0) == state
        })
      else { return nil }
      var unit = unit
      unit.now = now
      result.append(unit)
      rest = (now + 1)..<rest.upperBound
    }
    return result
  }
}

extension ExecutionPlan {
  fileprivate func state(of unit: Int) -> Digest? {
    known[unit].flatMap { analysis.state(of: unit, $0.files) }
  }
}

extension Worker {
  /// Whether the memory that its processes share has room for the libraries of more runs.
  fileprivate var hasRoom: Bool { workspace.count < 12_000 }

  /// Removes the files of modules that no state has loaded.
  fileprivate func removeUnusedFiles() {
    var used: Set<String> = []
    for checkpoint in checkpoints {
      for module in checkpoint.scope.cut(to: Set(checkpoint.executed.map(\.unit.id))).modules {
        used.insert(module.name)
        if let folder = module.folder { used.insert(folder.lastPathComponent) }
      }
    }
    for file in (try? FileManager.default.contentsOfDirectory(atPath: workspace.folder.path)) ?? [] {
      let name = file.prefix { $0 != "." }
      let module = name.hasPrefix("lib") ? name.dropFirst(3) : name
      if file != WorkerSession.socketName, !used.contains(String(module)) {
        try? FileManager.default.removeItem(at: workspace.folder.appending(path: file))
      }
    }
  }
}
