/// The `//|` lines at the head of a cell. `nil` means "not said": the chapter's `execute:`, then the book's, then
/// the default named here decide (see `resolved(over:)`).
public struct CellOptions: Hashable, Sendable {
  public enum CodeFold: String, Hashable, Sendable {
    case closed = "true"
    case open = "show"
    case none = "false"
  }
  public enum ExpectedError: String, Hashable, Sendable { case compile, runtime }
  public enum Edition: String, Hashable, Sendable { case student, instructor }

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
    var result = self
    func fill<Value>(_ option: WritableKeyPath<CellOptions, Value?>) {
      if result[keyPath: option] == nil { result[keyPath: option] = defaults[keyPath: option] }
    }
    fill(\.echo)
    fill(\.eval)
    fill(\.output)
    fill(\.include)
    fill(\.error)
    fill(\.warning)
    fill(\.cache)
    fill(\.codeFold)
    fill(\.codeSummary)
    fill(\.timeout)
    fill(\.edition)
    fill(\.volatile)
    fill(\.tolerance)
    return result
  }
}
