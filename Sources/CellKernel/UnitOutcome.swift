import CellOutputs
import Diagnostics
import ExecutionRecords
import KernelProtocol

/// How a cell or an inline value fared: all that a record says of it, and what it had to do with files.
public struct UnitOutcome: Codable, Hashable, Sendable {
  public var status: CellStatus
  public var outputs: [CellOutput] = []
  /// An inline value's text.
  public var text: String?
  public var error: CellError?
  /// The compiler's warnings.
  public var warnings: [Diagnostic] = []
  /// Why it was not run, where it was the compiler who found out.
  var need: Need?
  public var files = FileUses()
  /// How long it ran.
  public var seconds = 0.0

  struct Need: Codable, Hashable, Sendable {
    var name: String
    /// The unit that declares it.
    var unit: Int
  }

  public init(status: CellStatus) {
    self.status = status
  }

  /// Whether the run of another day might end otherwise, whatever it depends on.
  public var isUncertain: Bool {
    status == .timedOut || files.isUnrepeatable || files.isUnseen
      || error?.message.hasPrefix("ran out of memory") == true
  }
}

/// An outcome apart from the lines and columns of the chapter, so that it can be told wherever its cells stand later.
public struct StoredOutcome: Codable, Hashable, Sendable {
  var outcome: UnitOutcome
  /// Where messages are about the code as it was written, comments and all: its digest, which must be the same.
  var wording: String?
}

extension ChapterAnalysis {
  /// The units that messages about `unit` can speak of, itself before all others: two inline values of one text share an
  /// outcome, and each has its own place. What the compiler refuses it refuses in view of all others.
  private func scope(of unit: Int, _ status: CellStatus) -> [Int] {
    switch status {
    case .notCompiled, .skipped: [unit] + units.indices
    default: [unit] + graph.dependencies[unit]
    }
  }

  public func stored(_ outcome: UnitOutcome, of unit: Int) -> StoredOutcome? {
    let scope = scope(of: unit, outcome.status)
    let isWorded = outcome.status == .notCompiled || outcome.status == .skipped || !outcome.warnings.isEmpty
    let places = AnchoredPlaces(units: scope.map { units[$0] }, isWorded: isWorded)
    var stored = outcome
    guard places.anchor(&stored) else { return nil }
    return StoredOutcome(outcome: stored, wording: isWorded ? wording(of: scope).description : nil)
  }

  /// The outcome at the places where the chapter's units stand now; `nil` where that cannot be told without running.
  public func outcome(_ stored: StoredOutcome, of unit: Int) -> UnitOutcome? {
    let scope = scope(of: unit, stored.outcome.status)
    if let old = stored.wording, old != wording(of: scope).description { return nil }
    let places = AnchoredPlaces(units: scope.map { units[$0] }, isWorded: stored.wording != nil)
    var outcome = stored.outcome
    return places.place(&outcome, in: chapter) ? outcome : nil
  }
}
