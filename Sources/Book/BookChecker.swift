import CellKernel
import ExecutionRecords
import Foundation
import Weaving

/// Finds what is wrong with a book without running any of it: options, code, references, formulas, links.
public struct BookChecker: Sendable {
  let builder: BookBuilder

  /// - Throws: as `BookBuilder` does.
  public init(_ book: Book, jobs: Int, report: @escaping BuildReporter) async throws {
    var options = BuildOptions()
    options.jobs = jobs
    options.usesCache = false
    builder = try await BookBuilder(book, options, report: report)
  }

  /// - Returns: the number of errors and warnings, all reported.
  public func check() async throws -> BuildResult {
    let book = builder.book
    let read = try await book.readChapters(jobs: builder.options.jobs)
    let prepared = try await builder.compile(read.runs)
    let site = book.site(of: read.chapters, edition: try book.edition(nil))
    var tally = Tally(report: builder.report)
    tally.add(book.warnings + read.diagnostics)
    for run in prepared { tally.add(run.diagnostics) }
    for chapter in read.chapters {
      let page = chapter.file.page
      let source = chapter.chapter
      // A page without results still tells whether its references and formulas hold.
      let record = ExecutionRecord(chapter: source.path)
      let drawnOn = book.resources(of: source, page: page)
      let woven = builder.weaver.page(for: source, record: record, in: site, resources: drawnOn.resources)
      tally.add((woven.diagnostics + drawnOn.diagnostics).inOrder)
    }
    var result = tally.result
    result.chapters = read.chapters.count
    return result
  }
}
