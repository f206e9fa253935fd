/// The `//|` lines at the head of a cell. `nil` means "not said": the chapter's `execute:`, then the book's, then
/// the default named here decide (see `resolved(over:)`).
public struct CellOptions: Hashable, Sendable {
  public enum CodeFold: String, Hashable, Sendable, CaseIterable {
    case closed = "true"
    case none = "false"
    case open = "show"
  }
  public enum ExpectedError: String, Hashable, Sendable, CaseIterable { case compile, runtime }
  public enum Edition: String, Hashable, Sendable, CaseIterable { case student, instructor }

  public var label: String?
  /// Show the code. Default true.
  public var echo: Bool?
  /// Run the cell. Default true.
  public var eval: Bool?
  /// Show the outputs. Default true.
  public var output: Bool?
  /// Show anything at all. Default true.
  public var include: Bool?
  /// A failure of this cell is part of the lesson: it is shown, and the build does not fail. Default false.
  public var error: Bool?
  /// Show what the cell writes to standard error, and the compiler's warnings. Default true.
  public var warning: Bool?
  /// Keep the cell's results. Default true.
  public var cache: Bool?
  public var codeFold: CodeFold?
  public var codeSummary: String?
  public var figCap: String?
  public var figAlt: String?
  public var tblCap: String?
  public var lstCap: String?
  /// Seconds that the cell may run. Default 120.
  public var timeout: Double?
  /// Files that the cell reads.
  public var depends: [String]?
  public var expectError: ExpectedError?
  public var edition: Edition?
  /// The outputs differ from run to run. Default false.
  public var volatile: Bool?
  /// How far numbers may move from the accepted ones: see `Tolerance` in `AcceptedOutputs`. Default 0.0001.
  public var tolerance: Double?
  /// The label of the cell, in the other edition of this chapter, whose code this cell is.
  public var sameAs: String?

  public init() {}

  /// These options where they say something, `defaults` elsewhere.
  public func resolved(over defaults: CellOptions) -> CellOptions {
    filled(from: defaults) { $0.isSharable }
  }

  private func filled(from other: CellOptions, where isMeant: (OptionKey) -> Bool) -> CellOptions {
    var result = self
    for key in OptionKey.allCases where isMeant(key) && !key.field.isSaid(result) {
      key.field.copy(other, &result)
    }
    return result
  }
}

// MARK: Editions

/// A cell runs once for all editions of its chapter, as the original says, and is shown by each in its own words.
extension CellOptions {
  /// These options with the original's as to how the cell runs, and its label and captions where these have none.
  package func translating(_ original: CellOptions) -> CellOptions {
    var result = filled(from: original) { $0.isCaption || $0 == .label }
    for key in OptionKey.allCases where key.isExecution { key.field.copy(original, &result) }
    return result
  }

  /// The options about how the cell runs of which these say something else than the original; what they leave open is the
  /// original's to say.
  package func executionOptions(otherThan original: CellOptions) -> [String] {
    OptionKey.allCases.filter {
      $0.isExecution && $0.field.isSaid(self) && !$0.field.isEqual(self, original)
    }.map(\.rawValue)
  }

  /// The captions that the original has and these lack.
  package func missingCaptions(besides original: CellOptions) -> [String] {
    OptionKey.allCases.filter { $0.isCaption && !$0.field.isSaid(self) && $0.field.isSaid(original) }
      .map(\.rawValue)
  }
}
