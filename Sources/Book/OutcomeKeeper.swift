import CellKernel
import Diagnostics
import ExecutionCache

/// Keeps a chapter's outcomes as they come, so that a build which is stopped loses nothing that was finished.
struct OutcomeKeeper: Sendable {
  var cache: ExecutionCache?
  var work: WorkFolder
  var place: ChapterPlace
  var report: BuildReporter

  /// An outcome that cannot be kept is no reason to fail: the next build runs the cell again.
  func keep(_ outcome: UnitOutcome, of unit: Int, in outcomes: ChapterOutcomes) {
    guard let cache else { return }
    do {
      try work.prepare()
      try cache.store(outcome, of: unit, in: outcomes, at: place)
    } catch {
      let file = DisplayedPath.of(cache.folder.path)
      report(
        .diagnostic(
          Diagnostic(.note, file: file, message: "the run cannot be kept: \(SystemError.reason(of: error))")))
    }
  }
}
