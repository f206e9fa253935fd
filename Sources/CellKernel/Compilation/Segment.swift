import Foundation

/// A run of units, compiled and linked.
struct Segment: Sendable {
  var units: [Unit]
  var library: URL
  /// The function to call.
  var entry: String
}

/// Why a unit is not run.
enum Exclusion: Sendable {
  /// `eval: false`.
  case notEvaluated
  /// The compiler refused it.
  case notCompiled([Compiler.Message])
  /// The compiler failed itself at it, or found fault with something that is not in the code: a full disk, say. Another
  /// day it may compile.
  case compilerFailed([Compiler.Message])
  /// It needs `name` of a unit that does not run, or did not run to its end.
  case needs(name: String, unit: Int)
  /// It should not have compiled, but did.
  case compiledUnexpectedly
  /// It was run, but not to its end.
  case didNotEnd
  /// It failed in an earlier run, or did not compile then.
  case known(UnitOutcome)
}

/// What compiling some units gave.
struct Compilation: Sendable {
  var segments: [Segment] = []
  /// What the units below the last segment see.
  var scope = Scope()
  var excluded: [Int: Exclusion] = [:]
  var warnings: [Compiler.Message] = []

  /// The units at which the compiler failed itself, and those that need them: it said so, or refused what is known to
  /// compile and was only wanted for its state.
  func compilerFailures(in plan: ExecutionPlan) -> Set<Int> {
    var failures: Set<Int> = []
    for (unit, exclusion) in excluded.sorted(by: { $0.key < $1.key }) {
      let isFailure =
        switch exclusion {
        case .compilerFailed: true
        case .notCompiled: plan.excluded[unit] == nil && !plan.missing.contains(unit)
        case .needs(_, let needed): failures.contains(needed)
        default: false
        }
      if isFailure { failures.insert(unit) }
    }
    return failures
  }
}
