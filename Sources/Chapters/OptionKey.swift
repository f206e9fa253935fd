/// The keys of a cell's option lines, as they are written.
enum OptionKey: String, CaseIterable {
  case label, echo, eval, output, include, error, warning, cache
  case codeFold = "code-fold"
  case codeSummary = "code-summary"
  case figCap = "fig-cap"
  case figAlt = "fig-alt"
  case tblCap = "tbl-cap"
  case lstCap = "lst-cap"
  case timeout, depends
  case expectError = "expect-error"
  case edition, volatile, tolerance
  case sameAs = "same-as"

  /// What an option says, and where it is kept.
  enum Value {
    case flag(WritableKeyPath<CellOptions, Bool?>)
    case text(WritableKeyPath<CellOptions, String?>)
    case label(WritableKeyPath<CellOptions, String?>)
    case seconds(WritableKeyPath<CellOptions, Double?>)
    case tolerance(WritableKeyPath<CellOptions, Double?>)
    case files(WritableKeyPath<CellOptions, [String]?>)
    case choice([String], (inout CellOptions, String) -> Void)
  }

  var value: Value {
    switch self {
    case .label: .label(\.label)
    case .echo: .flag(\.echo)
    case .eval: .flag(\.eval)
    case .output: .flag(\.output)
    case .include: .flag(\.include)
    case .error: .flag(\.error)
    case .warning: .flag(\.warning)
    case .cache: .flag(\.cache)
    case .volatile: .flag(\.volatile)
    case .codeSummary: .text(\.codeSummary)
    case .figCap: .text(\.figCap)
    case .figAlt: .text(\.figAlt)
    case .tblCap: .text(\.tblCap)
    case .lstCap: .text(\.lstCap)
    case .timeout: .seconds(\.timeout)
    case .tolerance: .tolerance(\.tolerance)
    case .depends: .files(\.depends)
    case .sameAs: .label(\.sameAs)
    case .codeFold: .choice(["true", "false", "show"]) { $0.codeFold = .init(rawValue: $1) }
    case .expectError: .choice(["compile", "runtime"]) { $0.expectError = .init(rawValue: $1) }
    case .edition: .choice(["student", "instructor"]) { $0.edition = .init(rawValue: $1) }
    }
  }

  /// Whether `execute:` may set it for all cells of a chapter or book. The others are about one cell alone.
  var isSharable: Bool {
    switch self {
    case .echo, .eval, .output, .include, .error, .warning, .cache, .codeFold, .codeSummary, .timeout,
      .edition, .volatile, .tolerance:
      true
    case .label, .figCap, .figAlt, .tblCap, .lstCap, .depends, .expectError, .sameAs: false
    }
  }

  static var names: [String] { allCases.map(\.rawValue) }
  static var sharableNames: [String] { allCases.filter(\.isSharable).map(\.rawValue) }
}
