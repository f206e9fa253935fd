import Foundation

/// The worker of one chapter that is being written: it outlives builds, and keeps the states after the chapter's cells.
///
/// A build resumes from the deepest state whose cells are all what they were. Since a state is a process that waits, a
/// cell that took a minute takes it once.
public actor LiveKernel {
  private let kernel: CellKernel
  private let folder: URL
  private var worker: Worker?
  /// Runs under way, which change the worker's states while this actor attends to others.
  private var runs = 0

  /// - Parameter folder: the working directory of the chapter's cells.
  public init(_ kernel: CellKernel, folder: URL) {
    self.kernel = kernel
    self.folder = folder
  }

  /// Compiles the units that are to run, as the continuation of the best state there is.
  public func compile(_ plan: ExecutionPlan) async throws -> CompiledChapter {
    let worker = try currentWorker()
    let best = worker.checkpoints.compactMap { resumePoint($0, for: plan, in: worker) }.max { a, b in
      (a.seconds, a.executed.count) < (b.seconds, b.executed.count)
    }
    let start =
      best
      ?? ResumePoint(
        checkpoint: worker.checkpoints.first { $0.unit == -1 }, executed: [], workspace: worker.workspace,
        firstID: worker.takeIDs(plan.analysis.unitCount))
    return try await CompiledChapter(plan, kernel: kernel, start: start)
  }

  /// Runs what `compile` made; a build that was compiled elsewhere runs in a worker of its own.
  public func run(_ compiled: CompiledChapter, observer: RunObserver = RunObserver()) async throws
    -> ChapterOutcomes
  {
    guard let worker, compiled.start?.workspace === worker.workspace else {
      return try await kernel.outcomes(of: compiled, in: folder, observer: observer)
    }
    guard !compiled.compilation.segments.isEmpty else { return compiled.outcomesWithoutRunning(observer) }
    runs += 1
    defer { runs -= 1 }
    worker.session.renew()
    do {
      return try await kernel.run(compiled, in: worker, observer: observer, thenClosing: false)
    } catch KernelError.workerLost {
      // Its states are gone with it; the chapter itself is none the worse.
      self.worker = nil
      return try await kernel.outcomes(of: kernel.compile(compiled.plan), in: folder, observer: observer)
    }
  }

  public func close() async {
    await worker?.close()
    worker = nil
  }

  /// Ends the worker, unless it is running.
  public func closeWhereIdle() async {
    if runs == 0 { await close() }
  }

  private func currentWorker() throws -> Worker {
    if let worker, worker.session.isAlive { return worker }
    let new = try Worker(kernel, workspace: try Workspace(), folder: folder, keepsAll: true)
    worker = new
    return new
  }

  /// A state is of use where all that was run for it is, in this order, known and unchanged, and stands above all that
  /// is left to run.
  private func resumePoint(_ checkpoint: Checkpoint, for plan: ExecutionPlan, in worker: Worker)
    -> ResumePoint?
  {
    guard checkpoint.unit >= 0, let executed = checkpoint.executed(in: plan) else { return nil }
    let rest = plan.running().subtracting(executed.map(\.now))
    guard let next = rest.min(), (executed.last?.now ?? -1) < next else { return nil }
    return ResumePoint(
      checkpoint: checkpoint, executed: executed, workspace: worker.workspace,
      firstID: worker.takeIDs(plan.analysis.unitCount))
  }

  // MARK: Memory

  /// Bytes that the worker's processes take together; not counted while one of them runs.
  public var memory: Int {
    guard runs == 0 else { return 0 }
    return worker.map { $0.checkpoints.reduce(0) { $0 + Self.memory(of: $1.link.pid) } } ?? 0
  }

  /// Lets states go until the rest takes at most `budget` bytes: first those that `plan` has no use for, then those that
  /// save least.
  public func trim(to budget: Int, after plan: ExecutionPlan) {
    guard let worker else { return }
    var total = memory
    while let least = leastUseful(in: worker, for: plan),
      total > budget || worker.checkpoints.count > Self.mostStates
    {
      total -= Self.memory(of: least.link.pid)
      worker.drop(least)
    }
    worker.removeUnusedFiles()
  }

  private static let mostStates = 96

  private func leastUseful(in worker: Worker, for plan: ExecutionPlan) -> Checkpoint? {
    let states = worker.checkpoints.filter { $0.unit >= 0 }
    let useful = states.filter { $0.executed(in: plan) != nil }
    if let useless = states.first(where: { state in !useful.contains { $0.link === state.link } }) {
      return useless
    }
    let bySeconds = useful.sorted { $0.seconds < $1.seconds }
    // What is saved by a state is the time since the state before it.
    let gains = bySeconds.indices.map { index in
      bySeconds[index].seconds - (index == 0 ? 0 : bySeconds[index - 1].seconds)
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
  /// Its units by their numbers in the chapter as it is now; `nil` where one of them is not there any more as it was,
  /// or is to run for its results.
  fileprivate func executed(in plan: ExecutionPlan) -> [ExecutedUnit]? {
    var result: [ExecutedUnit] = []
    var next = 0
    for unit in self.executed {
      guard let state = unit.state,
        let now = (next..<max(next, plan.analysis.unitCount)).first(where: { index in
          plan.known[index].map { $0.status == .ok && plan.analysis.state(of: index, $0.files) == state }
            ?? false
        })
      else { return nil }
      var unit = unit
      unit.now = now
      result.append(unit)
      next = now + 1
    }
    return result
  }
}

extension ResumePoint {
  fileprivate var seconds: Double { checkpoint?.seconds ?? 0 }
}

extension Worker {
  /// Removes the files of modules that no state has loaded.
  fileprivate func removeUnusedFiles() {
    var used: Set<String> = []
    for checkpoint in checkpoints {
      for module in checkpoint.scope.cut(to: Set(checkpoint.executed.map(\.unit.id))).scope.modules {
        used.insert(module.name)
        if let folder = module.folder { used.insert(folder.lastPathComponent) }
      }
    }
    for file in (try? FileManager.default.contentsOfDirectory(atPath: workspace.folder.path)) ?? [] {
      let name = file.prefix { $0 != "." }
      let module = name.hasPrefix("lib") ? name.dropFirst(3) : name
      if file != "kernel", !used.contains(String(module)) {
        try? FileManager.default.removeItem(at: workspace.folder.appending(path: file))
      }
    }
  }
}
