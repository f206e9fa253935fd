import AcceptedOutputs
import CellKernel
import Chapters
import Diagnostics
import ExecutionRecords
import Foundation
import Weaving

/// Runs a book and compares what its cells put out with what was accepted.
public struct BookTester: Sendable {
  let builder: BookBuilder
  private var book: Book { builder.book }
  private let report: BuildReporter

  /// - Throws: as `BookBuilder` does.
  public init(_ book: Book, _ options: BuildOptions, report: @escaping BuildReporter) async throws {
    builder = try await BookBuilder(book, options, report: report)
    self.report = report
  }

  /// What came of a test.
  public struct Result: Sendable {
    public var build = BuildResult()
    /// Cells and inline values that were compared, and how many of them are not as accepted.
    public var compared = 0
    public var differing = 0
    /// The files of accepted outputs that were written or removed.
    public var accepted: [String] = []
  }

  /// Runs and compares. With `isAccepting`, what differs is accepted instead of reported.
  public func test(isAccepting: Bool) async throws -> Result {
    var tally = Tally(report: report)
    tally.add(book.warnings)
    let read = try await book.readChapters(jobs: builder.options.jobs, memory: builder.memory)
    tally.add(read.diagnostics)
    let prepared = try await builder.compile(read.runs)
    for run in prepared { tally.add(run.diagnostics) }
    let site = book.site(of: read.chapters, edition: try book.edition(nil))
    let finished = try await builder.run(prepared, in: site)
    for run in finished { tally.add(run.diagnostics + run.chapters.flatMap(\.diagnostics)) }
    builder.weaver.keepFormulas()

    var result = Result()
    for (prepared, run) in zip(prepared, finished) where run.chapters.allSatisfy({ $0.page != nil }) {
      let found = prepared.diagnostics + run.diagnostics + run.chapters.flatMap(\.diagnostics)
      let isSound = found.allSatisfy { $0.severity != .error }
      let different = try compare(run, in: site, isSound: isSound, isAccepting: isAccepting, &result)
      tally.add(run.run.located(different))
    }
    let stale = try staleFiles(besides: read, isAccepting: isAccepting)
    tally.add(stale.diagnostics)
    result.accepted += stale.removed
    result.build = tally.result
    result.build.chapters = read.chapters.count
    result.build.reused = prepared.reusedEditions
    return result
  }

  // MARK: One chapter

  /// Compares a chapter with what was accepted of it; what its translations show is the same, and their own values
  /// stand among the chapter's.
  private func compare(
    _ finished: FinishedRun, in site: Site, isSound: Bool, isAccepting: Bool, _ result: inout Result
  ) throws -> [Diagnostic] {
    let chapter = finished.run.chapter
    guard !chapter.cells.isEmpty || !chapter.inlineValues.isEmpty else { return [] }
    let accepted: AcceptedChapter?
    do throws(Diagnostic) {
      accepted = try book.acceptedOutputs(of: chapter)
    } catch {
      guard isAccepting else { return [error] }
      accepted = nil
    }
    let new = try AcceptedChapter(
      finished.record, of: chapter, seed: book.configuration.kernel.seed, folder: book.folder(of: chapter))
    var comparison = ChapterComparison(of: new, with: accepted, chapter: chapter, in: book)
    result.compared += comparison.compared
    guard isAccepting else {
      result.differing += comparison.differing
      return comparison.diagnostics
    }
    guard isSound else {
      let hint = "Mend what is wrong with it first."
      return comparison.diagnostics.isEmpty
        ? []
        : [Diagnostic(.error, file: chapter.file, message: "the outputs were not accepted", hint: hint)]
    }
    guard accepted == nil || !comparison.isEqual else { return [] }
    let rounded = try rounded(new, of: finished, in: site)
    comparison = ChapterComparison(of: rounded, with: accepted, chapter: chapter, in: book)
    try book.accept(accepted.map { comparison.merged(rounded, with: $0) } ?? rounded, of: chapter)
    result.accepted.append(AcceptedChapter.path(for: chapter.file))
    return []
  }

  /// The outputs with each cell's numbers as short as they can be without a page becoming another.
  private func rounded(
    _ exact: AcceptedChapter, of finished: FinishedRun, in site: Site
  ) throws -> AcceptedChapter {
    let chapter = finished.run.chapter
    let resources = finished.chapters.map { book.resources(of: $0.chapter, page: $0.file.page).resources }
    func isShownEqually(_ accepted: AcceptedChapter) throws -> Bool {
      let records = finished.run.records(of: try accepted.record(for: chapter))
      return zip(finished.chapters, zip(records, resources)).allSatisfy { finished, new in
        let page = builder.weaver.page(for: finished.chapter, record: new.0, in: site, resources: new.1)
        return page.contents == finished.page?.contents
      }
    }
    var rounded = exact
    for cell in chapter.cells { rounded.round(cell.label, toDigits: 6) }
    if try isShownEqually(rounded) { return rounded }
    rounded = exact
    for cell in chapter.cells {
      for digits in [6, 9] {
        var shorter = rounded
        shorter.round(cell.label, toDigits: digits)
        guard try isShownEqually(shorter) else { continue }
        rounded = shorter
        break
      }
    }
    return rounded
  }

  // MARK: Files without a chapter

  private func staleFiles(
    besides read: ReadChapters, isAccepting: Bool
  ) throws -> (diagnostics: [Diagnostic], removed: [String]) {
    let chapters = read.runs.map(\.original.file) + read.unreadable
    let expected = Set(chapters.map { AcceptedChapter.path(for: $0.path) })
    let folders = Set(book.chapters.map { RelativePath.folder(of: $0.path) ?? "" })
    var stale: (diagnostics: [Diagnostic], removed: [String]) = ([], [])
    for folder in folders.sorted() {
      let url = folder.isEmpty ? book.folder : book.folder.appending(path: folder)
      let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
      for name in names.sorted() where name.hasSuffix(".\(AcceptedChapter.fileExtension)") {
        let path = folder.isEmpty ? name : "\(folder)/\(name)"
        guard !expected.contains(path), !book.isSingleChapter else { continue }
        let chapter = RelativePath.withoutExtension(path) + ".md"
        // A chapter that is only left out of the book for now shall find its outputs again.
        if isAccepting, !FileManager.default.fileExists(atPath: book.folder.appending(path: chapter).path) {
          try FileManager.default.removeItem(at: book.folder.appending(path: path))
          stale.removed.append(book.displayed(path))
        } else {
          stale.diagnostics.append(
            Diagnostic(
              isAccepting ? .warning : .error, file: book.displayed(path),
              message: "accepted outputs of a chapter that is not in the book",
              hint: "Remove the file, or let `lectern test --accept` do so."))
        }
      }
    }
    return stale
  }
}

extension BookTester.Result {
  /// `12 chapters: 240 outputs as accepted, in 3.2 s`.
  public func summary(time: String) -> String {
    let chapters = "\(build.chapters) chapter\(build.chapters == 1 ? "" : "s")"
    if !accepted.isEmpty {
      return "\(chapters): accepted anew: \(accepted.joined(separator: ", ")), in \(time)\(build.problems)"
    }
    let outputs =
      differing == 0
      ? "\(compared) cells and values as accepted"
      : "\(differing) of \(compared) cells and values are not as accepted"
    return "\(chapters): \(outputs), in \(time)\(build.problems)"
  }
}
