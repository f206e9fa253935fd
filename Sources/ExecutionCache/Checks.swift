import CellKernel
import KernelProtocol

/// What the compiler said of units that were only checked, kept beside the outcomes of those that ran.
///
/// It knows nothing of files that cells read and holds for cells, too, whose results are never kept.
extension ExecutionCache {
  /// What is to be compiled of a chapter for a check: all that neither was checked before nor has run to its end.
  public func checkPlan(_ analysis: ChapterAnalysis) -> ExecutionPlan {
    var footings: [Int: Footing] = [:]
    return ExecutionPlan(analysis) { unit in
      if let checked = stored(for: checkKey(of: unit, in: analysis)),
        let outcome = analysis.outcome(checked, of: unit)
      {
        return outcome
      }
      guard let ran = stored(for: key(of: unit, in: analysis) { footings[$0] }),
        let outcome = analysis.outcome(ran, of: unit), outcome.status == .ok
      else { return nil }
      footings[unit] = Footing(status: outcome.status, reads: outcome.files.reads)
      return outcome
    }
  }

  public func store(_ checked: CheckedChapter) throws {
    let outcomes = checked.outcomes
    let analysis = outcomes.plan.analysis
    for (unit, outcome) in outcomes.new where outcomes.isSettled(outcome, of: unit) {
      if let stored = analysis.stored(outcome, of: unit) {
        try store(stored, for: checkKey(of: unit, in: analysis))
      }
    }
  }

  private func checkKey(of unit: Int, in analysis: ChapterAnalysis) -> Digest {
    Digest(["checked", analysis.keys[unit].description])
  }
}
