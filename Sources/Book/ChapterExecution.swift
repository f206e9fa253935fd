import CellKernel
import Chapters
import Diagnostics
import ExecutionCache
import ExecutionRecords
import Foundation
import KernelProtocol
import Weaving

/// A run whose cells were looked up, and compiled as far as they are to run.
struct PreparedRun: Sendable {
  enum State: Sendable {
    /// What is to run is known, and not compiled yet.
    case planned(ExecutionPlan)
    case compiled(CompiledChapter)
    /// Everything had been run before, or its outputs were accepted.
    case reused(ExecutionRecord)
    /// It cannot be run; `diagnostics` say why.
    case failed
  }

  var run: ChapterRun
  var state: State
  /// What reading and compiling found.
  var diagnostics: [Diagnostic]
  /// The files that the cells depend on, as far as they were run before.
  var inputs: Set<FileUse> = []

  var isReused: Bool {
    if case .reused = state { true } else { false }
  }

  var hasFailed: Bool {
    if case .failed = state { true } else { false }
  }
}

extension [PreparedRun] {
  /// The chapters, each edition counted, that were run before.
  var reusedEditions: Int { reduce(0) { $0 + ($1.isReused ? $1.run.editions.count : 0) } }
}

/// A run that came to its end, with a page for each of its editions.
struct FinishedRun: Sendable {
  var run: ChapterRun
  /// Of all that ran, the values of the translations among it.
  var record: ExecutionRecord
  /// One for each edition.
  var chapters: [FinishedChapter]
  /// The files that the cells depend on.
  var inputs: Set<FileUse>
  /// What running found.
  var diagnostics: [Diagnostic] = []

  /// Of a run that failed.
  init(_ run: ChapterRun, inputs: Set<FileUse>, diagnostics: [Diagnostic] = []) {
    self.run = run
    self.inputs = inputs
    let record = ExecutionRecord(chapter: run.chapter.path)
    self.record = record
    chapters = run.editions.map { FinishedChapter(file: $0.file, chapter: $0.chapter, record: record) }
    self.diagnostics = diagnostics
  }

  init(_ run: ChapterRun, record: ExecutionRecord, inputs: Set<FileUse>) {
    self.run = run
    self.inputs = inputs
    self.record = record
    chapters = zip(run.editions, run.records(of: record)).map {
      FinishedChapter(file: $0.file, chapter: $0.chapter, record: $1)
    }
    diagnostics = run.located(RunVerdict.diagnostics(of: record, for: run.chapter))
  }
}

/// A chapter that was run and woven.
struct FinishedChapter: Sendable {
  var file: ChapterFile
  var chapter: Chapter
  var record: ExecutionRecord
  /// `nil` where the kernel failed.
  var woven: WovenChapter?
  /// Images and other files that the page refers to.
  var linkedFiles: [String: Data] = [:]
  var linkedSources: Set<FileUse> = []
  /// What weaving found.
  var diagnostics: [Diagnostic] = []

  var page: WovenFile? { woven?.page }
}

/// All that a site has of a chapter.
struct WovenChapter: Sendable {
  var page: WovenFile
  /// The record as the file beside the page has it.
  var record: Data
  var searched: SearchedChapter?
}

extension BookBuilder {
  /// Compiles what has to run of the chapters.
  func compile(_ runs: [ChapterRun]) async throws -> [PreparedRun] {
    let identity = cache == nil ? "" : kernel.identity
    let looked = try await runs.concurrentMap(limit: options.jobs) { run in
      lookUp(run, kernelIdentity: identity)
    }
    let total = looked.count { !$0.isReused }
    return try await looked.concurrentMap(limit: options.jobs) { prepared in
      try await compile(prepared, total: total)
    }
  }

  private func lookUp(_ run: ChapterRun, kernelIdentity: String) -> PreparedRun {
    let chapter = run.chapter
    let analysis = kernel.analyze(
      chapter, identity: kernelIdentity, folder: book.folder(of: chapter), bookFolder: book.folder)
    let plan = cache?.plan(analysis, at: place(of: chapter)) ?? ExecutionPlan(analysis)
    let known = ChapterOutcomes(plan)
    return PreparedRun(
      run: run,
      state: plan.isComplete ? .reused(known.record.namingFilesWithinBook(chapter)) : .planned(plan),
      diagnostics: chapter.diagnostics + book.missingDependencies(of: chapter)
        + run.located(plan.knownDiagnostics),
      inputs: known.inputs)
  }

  private func place(of chapter: Chapter) -> ChapterPlace {
    ChapterPlace(chapterFolder: book.folder(of: chapter), bookFolder: book.folder)
  }

  private func compile(_ prepared: PreparedRun, total: Int) async throws -> PreparedRun {
    guard case .planned(let plan) = prepared.state else { return prepared }
    var prepared = prepared
    let file = prepared.run.chapter.file
    report(.compiling(chapter: file, total: total))
    defer { report(.compiled(chapter: file)) }
    do {
      let compiled = try await compile(plan)
      prepared.state = .compiled(compiled)
      prepared.diagnostics += prepared.run.located(compiled.diagnostics)
    } catch let error where !(error is CancellationError) {
      try Task.checkCancellation()
      prepared.state = .failed
      prepared.diagnostics += Self.diagnostics(of: error, file: file)
    }
    return prepared
  }

  private func compile(_ plan: ExecutionPlan) async throws -> CompiledChapter {
    guard let live = await liveKernel(of: plan) else { return try await kernel.compile(plan) }
    return try await live.compile(plan)
  }

  /// The worker that outlives this build, if there is to be one.
  private func liveKernel(of plan: ExecutionPlan) async -> LiveKernel? {
    await kernels?.kernel(of: plan.analysis, in: book.folder(of: plan.analysis.chapter), kernel)
  }

  /// Runs the chapters that need it, and weaves each as soon as it has run.
  func run(_ runs: [PreparedRun], in site: Site) async throws -> [FinishedRun] {
    let total = runs.count { !$0.isReused }
    let timing = CellTiming(
      of: book, running: runs.filter { !$0.isReused && !$0.hasFailed }.map(\.run.chapter))
    report(.expecting(timing.expected))
    defer { timing.keep() }
    return try await runs.concurrentMap(limit: options.jobs) { prepared in
      switch prepared.state {
      case .failed, .planned: return FinishedRun(prepared.run, inputs: prepared.inputs)
      case .reused(let record): return try weave(prepared.run, record, inputs: prepared.inputs, in: site)
      case .compiled(let compiled):
        let outcomes: ChapterOutcomes
        do {
          outcomes = try await run(compiled, total: total, timing)
          try Task.checkCancellation()
        } catch let error where !(error is CancellationError) {
          try Task.checkCancellation()
          return FinishedRun(
            prepared.run, inputs: prepared.inputs,
            diagnostics: Self.diagnostics(of: error, file: prepared.run.chapter.file))
        }
        let record = outcomes.record.namingFilesWithinBook(compiled.chapter)
        return try weave(prepared.run, record, inputs: outcomes.inputs, in: site)
      }
    }
  }

  private func run(_ compiled: CompiledChapter, total: Int, _ timing: CellTiming) async throws
    -> ChapterOutcomes
  {
    let chapter = compiled.chapter
    let start = ContinuousClock.now
    report(.running(chapter: chapter.file, total: total))
    var outcomes = try await outcomes(of: compiled, timing)
    if let cache, !cache.confirms(outcomes, at: place(of: chapter)) {
      // A cell changed a file, say, that a cell below had read: what was known before does not hold any more.
      outcomes = try await self.outcomes(
        of: try await kernel.compile(ExecutionPlan(compiled.analysis)), timing)
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    report(.ran(chapter: chapter.file, cells: chapter.cells.count, seconds: seconds))
    return outcomes
  }

  private func outcomes(of compiled: CompiledChapter, _ timing: CellTiming) async throws -> ChapterOutcomes {
    let chapter = compiled.chapter
    let folder = book.folder(of: chapter)
    let keeper = OutcomeKeeper(
      cache: cache, work: WorkFolder(of: book), place: place(of: chapter), report: report)
    var observer = RunObserver()
    observer.progress = { [report, timing] progress in
      switch progress {
      case .cellStarted(let index, let count, let label):
        report(.cell(chapter: chapter.file, index: index, count: count, label: label))
      case .cellEnded(let index, _, let label, _, let seconds):
        let line = chapter.cells[index].position.line
        timing.note(chapter: chapter.file, label: label, seconds: seconds)
        report(.cellEnded(chapter: chapter.file, line: line, label: label, seconds: seconds))
      }
    }
    observer.outcome = { keeper.keep($1, of: $0, in: $2) }
    guard let live = await liveKernel(of: compiled.plan) else {
      return try await kernel.outcomes(of: compiled, in: folder, observer: observer)
    }
    observer.noCheckpoint = { [report] cell, why in
      let message = "\(cell) \(why), so its state cannot be kept: it runs again after an edit below it"
      report(.diagnostic(Diagnostic(.note, file: chapter.file, message: message)))
    }
    return try await live.run(compiled, observer: observer)
  }

  private func weave(_ run: ChapterRun, _ record: ExecutionRecord, inputs: Set<FileUse>, in site: Site) throws
    -> FinishedRun
  {
    var finished = FinishedRun(run, record: record, inputs: inputs)
    for index in finished.chapters.indices { try weave(&finished.chapters[index], in: site) }
    return finished
  }

  private func weave(_ finished: inout FinishedChapter, in site: Site) throws {
    let (chapter, record) = (finished.chapter, finished.record)
    let drawnOn = book.resources(of: chapter, page: finished.file.page)
    let woven = try memory.woven(chapter, record: record, in: site, resources: drawnOn.resources) {
      WovenChapter(
        page: weaver.page(for: chapter, record: record, in: site, resources: drawnOn.resources),
        record: try record.json(), searched: SearchedChapter(chapter, record: record, in: site))
    }
    finished.woven = woven
    finished.linkedFiles = drawnOn.files
    finished.linkedSources = drawnOn.sources
    finished.diagnostics += (woven.page.diagnostics + drawnOn.diagnostics).inOrder
  }

  static func diagnostics(of error: any Error, file: String) -> [Diagnostic] {
    switch error {
    case let error as Diagnostic: [error]
    case let error as BookError: error.diagnostics
    default: [Diagnostic(.error, file: file, message: "the chapter cannot be run: \(error)")]
    }
  }
}
