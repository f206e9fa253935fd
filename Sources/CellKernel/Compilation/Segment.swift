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
}
