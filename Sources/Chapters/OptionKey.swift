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
    case choice(Choice)
  }

  /// One of the values of an enumeration, by their names.
  struct Choice {
    let names: [String]
    let field: Field
    let set: (inout CellOptions, String) -> Void

    fileprivate init<Value: RawRepresentable & CaseIterable & Equatable>(
      _ option: WritableKeyPath<CellOptions, Value?>
    ) where Value.RawValue == String {
      names = Value.allCases.map(\.rawValue)
      field = Field(option)
      set = { $0[keyPath: option] = Value(rawValue: $1) }
    }
  }

  /// An option of whatever type, to be looked at and handed on.
  struct Field {
    let isSaid: (CellOptions) -> Bool
    let isEqual: (CellOptions, CellOptions) -> Bool
    let copy: (CellOptions, inout CellOptions) -> Void

    fileprivate init<Value: Equatable>(_ option: WritableKeyPath<CellOptions, Value?>) {
      isSaid = { $0[keyPath: option] != nil }
      isEqual = { $0[keyPath: option] == $1[keyPath: option] }
      copy = { $1[keyPath: option] = $0[keyPath: option] }
    }
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
    case .codeFold: .choice(Choice(\.codeFold))
    case .expectError: .choice(Choice(\.expectError))
    case .edition: .choice(Choice(\.edition))
    }
  }

  var field: Field {
    switch value {
    case .flag(let option): Field(option)
    case .text(let option), .label(let option): Field(option)
    case .seconds(let option), .tolerance(let option): Field(option)
    case .files(let option): Field(option)
    case .choice(let choice): choice.field
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

  /// Whether it is about how the cell runs, which is the same in all editions of a chapter.
  var isExecution: Bool {
    switch self {
    case .eval, .error, .cache, .timeout, .depends, .expectError, .volatile, .tolerance: true
    case .label, .echo, .output, .include, .warning, .codeFold, .codeSummary, .figCap, .figAlt, .tblCap,
      .lstCap, .edition, .sameAs:
      false
    }
  }

  /// Whether it is a text for the reader, which each edition has in its own language.
  var isCaption: Bool {
    switch self {
    case .figCap, .figAlt, .tblCap, .lstCap: true
    default: false
    }
  }

  static var names: [String] { allCases.map(\.rawValue) }
  static var sharableNames: [String] { allCases.filter(\.isSharable).map(\.rawValue) }
}
