import CellKernel
import Chapters
import Diagnostics
import ExecutionCache
import ExecutionRecords
import Foundation
import Weaving

/// A chapter that is ready to run, or was run before.
struct PreparedChapter: Sendable {
  enum State: Sendable {
    case compiled(CompiledChapter)
    case reused(ExecutionRecord)
    /// The kernel itself failed; `diagnostics` say why.
    case failed
  }

  var chapter: BookChapter
  var key: RunKey?
  var state: State
  /// What reading and compiling found.
  var diagnostics: [Diagnostic]
  var compilerDiagnostics: [Diagnostic] = []

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
  /// What running and weaving found.
  var diagnostics: [Diagnostic]
}

extension BookBuilder {
  /// Compiles the chapters that were not run before as they are now.
  func compile(_ chapters: [BookChapter]) async throws -> [PreparedChapter] {
    let identity = cache == nil ? nil : try kernel.identity
    let looked = try await chapters.concurrentMap(limit: options.jobs) { chapter in
      try lookUp(chapter, kernelIdentity: identity)
    }
    let total = looked.count { !$0.isReused }
    return try await looked.concurrentMap(limit: options.jobs) { prepared in
      guard !prepared.isReused else { return prepared }
      return try await compile(prepared, total: total)
    }
  }

  private func lookUp(_ chapter: BookChapter, kernelIdentity: String?) throws -> PreparedChapter {
    let missing = book.missingDependencies(of: chapter.chapter)
    var prepared = PreparedChapter(
      chapter: chapter, state: .failed, diagnostics: chapter.chapter.diagnostics + missing)
    guard let cache, let kernelIdentity else { return prepared }
    let key = try RunKey(
      chapter: chapter.chapter, kernelIdentity: kernelIdentity, settings: kernel.settings,
      folder: book.folder(of: chapter.chapter))
    prepared.key = key
    if let run = cache.run(for: key, of: chapter.chapter) {
      prepared.state = .reused(run.record)
      prepared.compilerDiagnostics = run.diagnostics
      prepared.diagnostics += run.diagnostics
    }
    return prepared
  }

  private func compile(_ prepared: PreparedChapter, total: Int) async throws -> PreparedChapter {
    var prepared = prepared
    let file = prepared.chapter.chapter.file
    report(.compiling(chapter: file, total: total))
    defer { report(.compiled(chapter: file)) }
    do {
      let compiled = try await kernel.compile(prepared.chapter.chapter)
      prepared.state = .compiled(compiled)
      prepared.compilerDiagnostics = compiled.diagnostics
      prepared.diagnostics += compiled.diagnostics
    } catch let error where !(error is CancellationError) {
      try Task.checkCancellation()
      prepared.diagnostics += Self.diagnostics(of: error, file: file)
    }
    return prepared
  }

  /// Runs the chapters that need it, and weaves each as soon as it has run.
  func run(_ chapters: [PreparedChapter], in site: Site) async throws -> [FinishedChapter] {
    let total = chapters.count { !$0.isReused }
    return try await chapters.concurrentMap(limit: options.jobs) { prepared in
      let chapter = prepared.chapter.chapter
      var finished = FinishedChapter(
        file: prepared.chapter.file, chapter: chapter, record: ExecutionRecord(chapter: chapter.path),
        diagnostics: [])
      switch prepared.state {
      case .failed: return finished
      case .reused(let record): finished.record = record
      case .compiled(let compiled):
        do {
          finished.record = try await run(compiled, total: total)
        } catch let error where !(error is CancellationError) {
          try Task.checkCancellation()
          finished.diagnostics = Self.diagnostics(of: error, file: chapter.file)
          return finished
        }
        try Task.checkCancellation()
        keep(finished.record, of: prepared)
      }
      finished.diagnostics = RunVerdict.diagnostics(of: finished.record, for: chapter)
      weave(&finished, chapter, in: site)
      return finished
    }
  }

  private func run(_ compiled: CompiledChapter, total: Int) async throws -> ExecutionRecord {
    let chapter = compiled.chapter
    let start = ContinuousClock.now
    report(.running(chapter: chapter.file, total: total))
    let record = try await kernel.run(compiled, in: book.folder(of: chapter)) { progress in
      guard case .cellStarted(let index, let count, let label) = progress else { return }
      report(.cell(chapter: chapter.file, index: index, count: count, label: label))
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    report(.ran(chapter: chapter.file, cells: chapter.cells.count, seconds: seconds))
    return record.namingFilesWithinBook(chapter)
  }

  /// A run that cannot be kept is no reason to fail: the next build runs the chapter again.
  private func keep(_ record: ExecutionRecord, of prepared: PreparedChapter) {
    guard let cache, let key = prepared.key else { return }
    let run = ChapterRun(diagnostics: prepared.compilerDiagnostics, record: record)
    do {
      try WorkFolder(of: book).prepare()
      try cache.store(run, for: key, of: prepared.chapter.chapter)
    } catch {
      let file = DisplayedPath.of(cache.folder.path)
      report(
        .diagnostic(
          Diagnostic(
            .note, file: file, message: "the run cannot be kept: \(SystemError.reason(of: error))")))
    }
  }

  private func weave(_ finished: inout FinishedChapter, _ chapter: Chapter, in site: Site) {
    let page = weaver.page(for: chapter, record: finished.record, in: site)
    let linked = LinkedFiles(of: chapter, page: finished.file.page, in: book)
    finished.page = page
    finished.linkedFiles = linked.files
    finished.diagnostics += page.diagnostics + linked.diagnostics
  }

  static func diagnostics(of error: any Error, file: String) -> [Diagnostic] {
    switch error {
    case let error as Diagnostic: [error]
    case let error as BookError: error.diagnostics
    default: [Diagnostic(.error, file: file, message: "the chapter cannot be run: \(error)")]
    }
  }
}
