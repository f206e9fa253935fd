import CellKernel
import Chapters
import Diagnostics
import ExecutionCache
import ExecutionRecords
import Foundation
import Handouts
import KernelProtocol
import Weaving

/// Makes a book's pages: reads, compiles, runs, weaves and writes.
///
/// All compile errors of the whole book are reported before the first cell runs, and nothing is written before
/// everything is woven.
public struct BookBuilder: Sendable {
  let book: Book
  let options: BuildOptions
  let kernel: CellKernel
  let weaver: Weaver
  let cache: ExecutionCache?
  let kernels: LiveKernels?
  let memory: BuildMemory
  let report: BuildReporter

  /// - Parameters:
  ///   - kernels: workers that outlive this build, where there will be another; without them the chapters' workers
  ///     end with it.
  ///   - memory: what the build before it left, where there was one.
  /// - Throws: `BookError` or `Diagnostic` for what the command line, the installation or the templates lack.
  public init(
    _ book: Book, _ options: BuildOptions, kernels: LiveKernels? = nil, memory: BuildMemory = BuildMemory(),
    report: @escaping BuildReporter
  ) async throws {
    self.book = book
    self.options = options
    // Without a cache nothing is known of the cells above, so that they run in any case.
    self.kernels = options.usesCache ? kernels : nil
    self.memory = memory
    self.report = report
    let installation = try Installation.current()
    weaver = try memory.weaver(
      templates: try book.templateFolders(options, installation),
      formulas: options.usesCache ? WorkFolder(of: book).cache.appending(path: "formulas.json") : nil)
    kernel = CellKernel(
      installation: installation, toolchain: options.isFrozen ? .absent : try await memory.toolchain(),
      settings: book.configuration.kernel)
    cache =
      options.usesCache
      ? ExecutionCache(folder: WorkFolder(of: book).cache, limit: book.configuration.cacheLimit) : nil
  }

  /// Builds the book. Failing cells and chapters are reported and counted, and don't keep the others from being
  /// written.
  /// - Throws: `BookError` where the output cannot be written; `CancellationError`.
  public func build() async throws -> BuildResult {
    let output = try OutputFolder(options.output)
    let edition = try book.edition(options.edition)
    // Nobody should learn after an hour's run that there is nothing to print with.
    if options.formats.contains(.pdf) { _ = try await Chromium.find() }
    var tally = Tally(report: report)
    tally.add(book.warnings)

    let read = try await book.readChapters(jobs: options.jobs, memory: memory)
    tally.add(read.diagnostics)
    let prepared = options.isFrozen ? accepted(read.runs) : try await compile(read.runs)
    for run in prepared { tally.add(run.diagnostics) }
    // Where no chapter could be compiled at all, something is wrong with more than the book.
    guard prepared.contains(where: { !$0.hasFailed }) else { return tally.result }

    let site = book.site(of: read.chapters, edition: edition)
    let runs = try await run(prepared, in: site)
    for run in runs { tally.add(run.diagnostics + run.chapters.flatMap(\.diagnostics)) }
    weaver.keepFormulas()
    if runs.count > prepared.count(where: \.isReused) { cache?.trim() }
    try Task.checkCancellation()

    let inputs = inputs(of: runs)
    let finished = read.inReadingOrder(runs.flatMap(\.chapters))
    let failed = Set(finished.filter { $0.page == nil }.map(\.file)).union(read.unreadable)
    let assembled = try assemble(finished, of: site, keepsOtherPages: !failed.isEmpty, &tally)
    let handouts = HandoutAssembly(
      options: options, weaver: weaver, files: assembled.files, pages: assembled.pages,
      books: book.handouts(of: finished, chapters: read.chapters, in: site),
      incompleteLanguages: Set(failed.map(\.language)))
    let files = try await handouts.output()
    let kept = failed.flatMap { handouts.paths(of: $0) }
    var result = tally.result
    result.changed = try output.update(files, keeping: Set(kept))
    result.inputs = inputs
    result.chapters = finished.count { $0.page != nil }
    result.reused = prepared.reusedEditions
    return result
  }

  /// What else the pages were made from.
  private func inputs(of runs: [FinishedRun]) -> Set<FileUse> {
    var inputs = book.works.sources
    inputs.insert(FileUse(.contents, of: book.rules.standardizedFileURL.path))
    for run in runs {
      inputs.formUnion(run.inputs)
      for chapter in run.chapters { inputs.formUnion(chapter.linkedSources) }
    }
    return inputs
  }

  /// All files of the site: pages, records, the index, what pages refer to.
  /// - Parameter keepsOtherPages: whether pages of an earlier build stay beside these.
  private func assemble(
    _ chapters: [FinishedChapter], of site: Site, keepsOtherPages: Bool, _ tally: inout Tally
  ) throws -> (files: [String: Data], pages: [String]) {
    var files: [String: Data] = [:]
    var math: MathCharacters?
    let indexes = weaver.indexes(of: site)
    for index in indexes { tally.add(index.diagnostics) }
    for woven in chapters.compactMap(\.page) + indexes {
      if let characters = woven.math {
        math = math ?? MathCharacters()
        math?.formUnion(characters)
      }
      // A chapter named 'index' takes the place of the index page.
      if files[woven.path] == nil { files[woven.path] = Data(woven.contents.utf8) }
    }
    let pages = files.keys.sorted()
    let searched = chapters.compactMap { $0.woven?.searched }
    if keepsOtherPages { math?.areIncomplete = true }
    let assets = try weaver.assets(math: math) + weaver.searchIndexes(of: searched, in: site)
    for asset in assets { files[asset.path] = asset.contents }
    // A book's own rules may stand beside its chapters, without a folder of templates around them.
    if let rules = try? Data(contentsOf: book.rules) {
      files["assets/book.css"] = rules
    }
    for chapter in chapters {
      guard let woven = chapter.woven else { continue }
      files[chapter.file.recordPath] = woven.record
      files.merge(chapter.linkedFiles) { a, _ in a }
    }
    return (files, pages)
  }
}

/// Counts errors and warnings on their way to the user.
struct Tally {
  private var errors = 0
  private var warnings = 0
  private var reported: Set<Diagnostic> = []
  private let report: BuildReporter

  init(report: @escaping BuildReporter) {
    self.report = report
  }

  /// Reports messages; one that several chapters have (their compiler is broken, say) only once.
  mutating func add(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics where reported.insert(diagnostic).inserted {
      switch diagnostic.severity {
      case .error: errors += 1
      case .warning: warnings += 1
      case .note: break
      }
      report(.diagnostic(diagnostic))
    }
  }

  /// A result with these counts.
  var result: BuildResult {
    var result = BuildResult()
    result.errors = errors
    result.warnings = warnings
    return result
  }
}

extension [Diagnostic] {
  /// By their places, file by file.
  var inOrder: [Diagnostic] {
    sorted { ($0.file, $0.line ?? 0, $0.column ?? 0) < ($1.file, $1.line ?? 0, $1.column ?? 0) }
  }
}
