import CellKernel
import Diagnostics
import ExecutionRecords
import Foundation
import Weaving

/// Finds what is wrong with a book without running any of it: options, code, references, formulas, links.
public struct BookChecker: Sendable {
  let builder: BookBuilder
  private var book: Book { builder.book }

  /// - Throws: as `BookBuilder` does.
  public init(_ book: Book, jobs: Int, report: @escaping BuildReporter) async throws {
    var options = BuildOptions()
    options.jobs = jobs
    builder = try await BookBuilder(book, options, report: report)
  }

  /// - Returns: the number of errors and warnings, all reported.
  public func check() async throws -> BuildResult {
    let jobs = builder.options.jobs
    let read = try await book.readChapters(jobs: jobs)
    let identity = builder.kernel.identity
    let plans = try await read.runs.concurrentMap(limit: jobs) { plan(for: $0, kernelIdentity: identity) }
    let total = plans.count { !$0.isComplete }
    let code = try await Array(zip(read.runs, plans)).concurrentMap(limit: jobs) { run, plan in
      try await check(run, plan, total: total)
    }
    let site = book.site(of: read.chapters, edition: try book.edition(nil))
    let pages = try await read.chapters.concurrentMap(limit: jobs) { check($0, in: site) }
    builder.weaver.keepFormulas()
    builder.cache?.trim()
    var tally = Tally(report: builder.report)
    for diagnostics in [book.warnings, read.diagnostics] + code + pages { tally.add(diagnostics) }
    var result = tally.result
    result.chapters = read.chapters.count
    return result
  }

  /// What the compiler was asked before it is not asked again.
  private func plan(for run: ChapterRun, kernelIdentity: String) -> ExecutionPlan {
    let chapter = run.chapter
    let analysis = builder.kernel.analyze(
      chapter, identity: kernelIdentity, folder: book.folder(of: chapter), bookFolder: book.folder)
    return builder.cache?.checkPlan(analysis) ?? ExecutionPlan(analysis)
  }

  /// What is wrong with the code of a chapter and its translations.
  private func check(_ run: ChapterRun, _ plan: ExecutionPlan, total: Int) async throws -> [Diagnostic] {
    let chapter = run.chapter
    var found = plan.knownDiagnostics
    if !plan.isComplete {
      builder.report(.compiling(chapter: chapter.file, total: total))
      defer { builder.report(.compiled(chapter: chapter.file)) }
      do {
        let checked = try await builder.kernel.check(plan)
        found += checked.diagnostics
        keep(checked)
      } catch let error where !(error is CancellationError) {
        try Task.checkCancellation()
        found += BookBuilder.diagnostics(of: error, file: chapter.file)
      }
    }
    return chapter.diagnostics + book.missingDependencies(of: chapter) + run.located(found.inOrder)
  }

  /// What cannot be kept is asked again next time.
  private func keep(_ checked: CheckedChapter) {
    do {
      try WorkFolder(of: book).prepare()
      try builder.cache?.store(checked)
    } catch {}
  }

  /// A page without results still tells whether its references and formulas hold.
  private func check(_ chapter: BookChapter, in site: Site) -> [Diagnostic] {
    let source = chapter.chapter
    let drawnOn = book.resources(of: source, page: chapter.file.page)
    let record = ExecutionRecord(chapter: source.path)
    let woven = builder.weaver.page(for: source, record: record, in: site, resources: drawnOn.resources)
    return (woven.diagnostics + drawnOn.diagnostics).inOrder
  }
}
