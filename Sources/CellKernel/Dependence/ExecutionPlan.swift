import KernelProtocol

/// Which units of a chapter are to run: those without results, and those whose state these need.
public struct ExecutionPlan: Sendable {
  public let analysis: ChapterAnalysis
  /// The outcomes that are known without running.
  public private(set) var known: [Int: UnitOutcome] = [:]
  /// The units that run for their results.
  public private(set) var missing: Set<Int> = []
  /// The units that do not run whatever comes, and why.
  private(set) var excluded: [Int: Exclusion] = [:]

  /// A plan to run everything.
  public init(_ analysis: ChapterAnalysis) {
    self.init(analysis) { _ in nil }
  }

  /// - Parameter outcome: what is known of a unit; asked only where all that the unit depends on is known too.
  public init(_ analysis: ChapterAnalysis, outcome: (Int) -> UnitOutcome?) {
    self.analysis = analysis
    let dependence = Dependence(analysis.units)
    for unit in analysis.units {
      let index = unit.index
      if !unit.isEvaluated {
        excluded[index] = .notEvaluated
      } else if missing.isDisjoint(with: analysis.graph.dependencies[index]), let outcome = outcome(index) {
        known[index] = outcome
        if let need = outcome.need {
          excluded[index] = .needs(name: need.name, unit: need.unit)
        } else if outcome.status != .ok {
          excluded[index] = .known(outcome)
        }
      } else if let (name, needed) = dependence.need(of: unit, among: Set(excluded.keys)) {
        excluded[index] = .needs(name: name, unit: needed)
      } else {
        missing.insert(index)
      }
    }
  }

  /// Whether nothing is to run.
  public var isComplete: Bool { missing.isEmpty }

  /// Whether everything runs that can.
  public var isWhole: Bool { known.isEmpty }

  /// The units that run, for their results or their state.
  func running() -> Set<Int> {
    analysis.graph.closure(of: missing).filter { excluded[$0] == nil }
  }
}
