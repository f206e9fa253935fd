import CellKernel
import ExecutionRecords
import KernelProtocol

/// What other units build on of a unit: how it fared, and what it found in files.
struct Footing {
  var status: CellStatus
  /// By portable paths.
  var reads: [FileUse]
}

extension ExecutionCache {
  /// What an outcome is kept under: the unit's key, and what those it depends on came to. Their keys know nothing of the
  /// files that they read.
  func key(of unit: Int, in analysis: ChapterAnalysis, on footing: (Int) -> Footing?) -> Digest {
    var parts: [String] = []
    for above in analysis.dependencies(of: unit) {
      guard let footing = footing(above), footing.status != .ok || !footing.reads.isEmpty else { continue }
      parts += [analysis.keys[above].description, footing.status.rawValue]
      parts += footing.reads.flatMap { [$0.path, "\($0.aspect)", $0.state] }
    }
    return parts.isEmpty ? analysis.keys[unit] : Digest([analysis.keys[unit].description] + parts)
  }

  /// What is to run of a chapter: all that is not kept, or not kept for the files as they are now.
  public func plan(_ analysis: ChapterAnalysis, at place: ChapterPlace) -> ExecutionPlan {
    var files = FileStates()
    var footings: [Int: Footing] = [:]
    // Below a unit that did what cannot be watched, nothing is known of the state that cells start from.
    var isBlind = false
    let plan = ExecutionPlan(analysis) { unit in
      guard !isBlind, analysis.mayBeKept(unit) != false,
        let stored = stored(for: key(of: unit, in: analysis) { footings[$0] }),
        var outcome = analysis.outcome(stored, of: unit)
      else { return nil }
      footings[unit] = Footing(status: outcome.status, reads: outcome.files.reads)
      outcome.files = place.absolute(outcome.files)
      guard !outcome.isUncertain || analysis.isVouchedFor(unit), files.match(outcome.files.reads) else {
        isBlind = outcome.files.isUnseen && !analysis.isVouchedFor(unit)
        return nil
      }
      files.leave(outcome.files.writes)
      return outcome
    }
    // A file that a cell wrote is not as it was left: all that have to do with such files run again.
    return files.areThere ? plan : ExecutionPlan(analysis)
  }

  /// Whether the outcomes that were known before a run still hold after it.
  public func confirms(_ outcomes: ChapterOutcomes, at place: ChapterPlace) -> Bool {
    let plan = outcomes.plan
    guard !plan.isWhole else { return true }
    guard !outcomes.isDoubtful else { return false }
    var files = FileStates()
    var isBlind = false
    var hasWritten = false
    for unit in 0..<plan.analysis.unitCount {
      if let used = outcomes.files(of: unit) {
        files.leave(used.writes)
        hasWritten = hasWritten || !used.writes.isEmpty
        isBlind = isBlind || (used.isUnseen && !plan.analysis.isVouchedFor(unit))
      } else if let known = plan.known[unit] {
        if isBlind || hasWritten && !files.match(known.files.reads) { return false }
        files.leave(known.files.writes)
      }
    }
    return !hasWritten || files.areThere
  }

  /// Keeps an outcome, unless it is of no use another time.
  public func store(
    _ outcome: UnitOutcome, of unit: Int, in outcomes: ChapterOutcomes, at place: ChapterPlace
  ) throws {
    let analysis = outcomes.plan.analysis
    guard analysis.mayBeKept(unit) != false, outcome.status != .timedOut else { return }
    guard outcomes.isSettled(outcome, of: unit) else { return }
    let isBlind = (0..<unit).contains { above in
      !analysis.isVouchedFor(above) && outcomes.files(of: above)?.isUnseen == true
    }
    var portable = outcome
    portable.files = place.portable(outcome.files)
    guard !isBlind, let stored = analysis.stored(portable, of: unit) else { return }
    let key = key(of: unit, in: analysis) { above in
      let files = outcomes.files(of: above) ?? outcomes.plan.known[above]?.files ?? FileUses()
      return outcomes.status(of: above).map { Footing(status: $0, reads: place.portable(files).reads) }
    }
    try store(stored, for: key)
  }
}

extension ChapterAnalysis {
  /// Whether the author says that the unit's results may be kept, or which files it reads, whatever it was seen doing.
  fileprivate func isVouchedFor(_ unit: Int) -> Bool { mayBeKept(unit) == true || declaresFiles(unit) }
}
