import Diagnostics

/// A chapter whose cells were compiled to hear what the compiler says, and for nothing else.
public struct CheckedChapter: Sendable {
  /// The compiler's errors and warnings.
  public let diagnostics: [Diagnostic]
  /// What a run would come to in which every cell that compiles does nothing.
  public let outcomes: ChapterOutcomes

  init(_ compiled: CompiledChapter) {
    diagnostics = compiled.diagnostics
    var outcomes = compiled.outcomesWithoutRunning(RunObserver())
    for unit in compiled.plan.missing where outcomes.new[unit] == nil {
      outcomes.new[unit] = UnitOutcome(status: .ok)
      outcomes.new[unit]?.warnings = compiled.warnings(of: unit)
    }
    self.outcomes = outcomes
  }
}
