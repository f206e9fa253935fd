import CellKernel
import Chapters
import Diagnostics
import ExecutionCache
import ExecutionRecords
import Foundation
import Weaving

/// A chapter whose cells were looked up, and compiled as far as they are to run.
struct PreparedChapter: Sendable {
  enum State: Sendable {
    case compiled(CompiledChapter)
    /// Everything had been run before.
    case reused(ExecutionRecord)
    /// The kernel itself failed; `diagnostics` say why.
    case failed
  }

  var chapter: BookChapter
  /// `nil` where accepted outputs stand in the place of a run.
  var plan: ExecutionPlan?
  var state = State.failed
  /// What reading and compiling found.
  var diagnostics: [Diagnostic]
  /// Files that the cells were seen reading, as far as they were run before.
  var observedFiles: Set<String> = []

  var isReused: Bool {
    if case .reused = state { true } else { false }
  }

  var hasFailed: Bool {
    if case .failed = state { true } else { false }
  }
}

/// A chapter that was run and woven.
struct FinishedChapter: Sendable {
  var file: ChapterFile
  var chapter: Chapter
  var record: ExecutionRecord
  /// `nil` where the kernel failed.
  var page: WovenFile?
  /// Images and other files that the page refers to.
  var linkedFiles: [String: Data] = [:]
  var linkedSources: Set<String> = []
  /// Files that the cells were seen reading.
  var observedFiles: Set<String> = []
  /// What running and weaving found.
  var diagnostics: [Diagnostic]
}

extension BookBuilder {
  /// Compiles what has to run of the chapters.
  func compile(_ chapters: [BookChapter]) async throws -> [PreparedChapter] {
    let identity = cache == nil ? "" : kernel.identity
    let looked = try await chapters.concurrentMap(limit: options.jobs) { chapter in
      lookUp(chapter, kernelIdentity: identity)
    }
    let total = looked.count { !$0.isReused }
    return try await looked.concurrentMap(limit: options.jobs) { prepared in
      guard !prepared.isReused else { return prepared }
      return try await compile(prepared, total: total)
    }
  }

  private func lookUp(_ chapter: BookChapter, kernelIdentity: String) -> PreparedChapter {
    let analysis = kernel.analyze(
      chapter.chapter, identity: kernelIdentity, folder: book.folder(of: chapter.chapter),
      bookFolder: book.folder)
    let plan = cache?.plan(analysis, at: place(of: chapter.chapter)) ?? ExecutionPlan(analysis)
    var prepared = PreparedChapter(
      chapter: chapter, plan: plan,
      diagnostics: chapter.chapter.diagnostics + book.missingDependencies(of: chapter.chapter)
        + plan.knownDiagnostics)
    let outcomes = ChapterOutcomes(plan)
    prepared.observedFiles = outcomes.inputs
    if plan.isComplete {
      prepared.state = .reused(outcomes.record.namingFilesWithinBook(chapter.chapter))
    }
    return prepared
  }

  private func place(of chapter: Chapter) -> ChapterPlace {
    ChapterPlace(chapterFolder: book.folder(of: chapter), bookFolder: book.folder)
  }

  private func compile(_ prepared: PreparedChapter, total: Int) async throws -> PreparedChapter {
    var prepared = prepared
    let chapter = prepared.chapter.chapter
    report(.compiling(chapter: chapter.file, total: total))
    defer { report(.compiled(chapter: chapter.file)) }
    do {
      guard let plan = prepared.plan else { return prepared }
      let compiled = try await compile(plan)
      prepared.state = .compiled(compiled)
      prepared.diagnostics += compiled.diagnostics
    } catch let error where !(error is CancellationError) {
      try Task.checkCancellation()
      prepared.diagnostics += Self.diagnostics(of: error, file: chapter.file)
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
  func run(_ chapters: [PreparedChapter], in site: Site) async throws -> [FinishedChapter] {
    let total = chapters.count { !$0.isReused }
    let timing = CellTiming(
      of: book, running: chapters.filter { !$0.isReused && !$0.hasFailed }.map(\.chapter))
    report(.expecting(timing.expected))
    defer { timing.keep() }
    return try await chapters.concurrentMap(limit: options.jobs) { prepared in
      let chapter = prepared.chapter.chapter
      var finished = FinishedChapter(
        file: prepared.chapter.file, chapter: chapter, record: ExecutionRecord(chapter: chapter.path),
        diagnostics: [])
      finished.observedFiles = prepared.observedFiles
      switch prepared.state {
      case .failed: return finished
      case .reused(let record): finished.record = record
      case .compiled(let compiled):
        do {
          let outcomes = try await run(compiled, total: total, timing)
          finished.record = outcomes.record.namingFilesWithinBook(chapter)
          finished.observedFiles = outcomes.inputs
        } catch let error where !(error is CancellationError) {
          try Task.checkCancellation()
          finished.diagnostics = Self.diagnostics(of: error, file: chapter.file)
          return finished
        }
        try Task.checkCancellation()
      }
      finished.diagnostics = RunVerdict.diagnostics(of: finished.record, for: chapter)
      weave(&finished, in: site)
      return finished
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

  private func weave(_ finished: inout FinishedChapter, in site: Site) {
    let (chapter, record) = (finished.chapter, finished.record)
    let drawnOn = book.resources(of: chapter, page: finished.file.page)
    let page = memory.page(for: chapter, record: record, in: site, resources: drawnOn.resources) {
      weaver.page(for: chapter, record: record, in: site, resources: drawnOn.resources)
    }
    finished.page = page
    finished.linkedFiles = drawnOn.files
    finished.linkedSources = drawnOn.sources
    finished.diagnostics += (page.diagnostics + drawnOn.diagnostics).inOrder
  }

  static func diagnostics(of error: any Error, file: String) -> [Diagnostic] {
    switch error {
    case let error as Diagnostic: [error]
    case let error as BookError: error.diagnostics
    default: [Diagnostic(.error, file: file, message: "the chapter cannot be run: \(error)")]
    }
  }
}
