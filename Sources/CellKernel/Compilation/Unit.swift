import Chapters

/// A cell or an inline value on its way through the compiler.
struct Unit: Sendable {
  /// Its number among the chapter's units.
  let index: Int
  /// What generated code calls it: a number that no other unit in the same worker has.
  var id: Int
  /// How many `import` declarations stand in units above it.
  var importsAbove = 0
  /// Whether its results may tell where it stands, because it, or code that it depends on, asks for that.
  var isPlaced = false
  let kind: ExecutionUnit
  let code: String
  /// The code's lines, in UTF-8 offsets.
  let rows: [Range<Int>]
  /// The chapter's line of the code's first line.
  let firstLine: Int
  /// Bytes that stand before each line of the code in the chapter.
  let columnOffsets: [Int]
  /// How messages about other units name it: "the cell `train`, line 42".
  let name: String
  /// Its own options over the chapter's.
  let options: CellOptions
  let syntax: UnitSyntax
  /// Where its random numbers start.
  let seed: UInt64

  /// The units of a chapter, in the order in which they run.
  static func all(of chapter: Chapter, seed: UInt64) -> [Unit] {
    chapter.units.enumerated().map { index, kind in
      switch kind {
      case .cell(let number): Unit(index, kind, chapter.cells[number], of: chapter, seed: seed)
      case .inlineValue(let number):
        Unit(index, kind, chapter.inlineValues[number], of: chapter, seed: seed)
      }
    }
  }

  /// Some of a chapter's cells, for the places in them alone.
  static func cells(_ numbers: [Int], of chapter: Chapter) -> [Unit] {
    numbers.enumerated().map { Unit($0, .cell($1), chapter.cells[$1], of: chapter, seed: 0) }
  }

  private init(_ index: Int, _ kind: ExecutionUnit, _ cell: Cell, of chapter: Chapter, seed: UInt64) {
    self.index = index
    id = index
    self.kind = kind
    code = cell.code
    rows = Self.rows(of: cell.code)
    firstLine = cell.firstLine
    columnOffsets = cell.columnOffsets
    name = "the cell `\(cell.label)`, line \(cell.position.line)"
    options = cell.options.resolved(over: chapter.frontMatter.execute)
    syntax = UnitSyntax(parsing: cell.code)
    self.seed = stableHash(cell.label, seed: seed)
  }

  private init(
    _ index: Int, _ kind: ExecutionUnit, _ value: InlineValue, of chapter: Chapter, seed: UInt64
  ) {
    self.index = index
    id = index
    self.kind = kind
    code = value.expression
    rows = Self.rows(of: value.expression)
    firstLine = value.position.line
    columnOffsets = [value.position.column - 1]
    name = "the value `\(value.expression)`, line \(value.position.line)"
    options = CellOptions().resolved(over: chapter.frontMatter.execute)
    syntax = UnitSyntax(parsingExpression: value.expression)
    self.seed = stableHash(value.expression, seed: seed)
  }

  var isInlineValue: Bool { if case .inlineValue = kind { true } else { false } }

  var lines: ClosedRange<Int> { firstLine...(firstLine + max(1, columnOffsets.count) - 1) }

  /// Whether its code is run at all.
  var isEvaluated: Bool { options.eval ?? true }

  /// What generated code adds to the unit's own: calls around its displayed expression and its awaited ones.
  var insertions: [Insertion] {
    var opening: [Insertion] = []
    var closing: [Insertion] = []
    func wrap(_ range: Range<Int>, in call: String, _ end: String) {
      opening.append(Insertion(offset: range.lowerBound, text: call))
      closing.insert(Insertion(offset: range.upperBound, text: end), at: 0)
    }
    if isInlineValue {
      wrap(0..<code.utf8.count, in: "lecternInlineValue(", ")")
    } else if let expression = syntax.displayedExpression {
      wrap(expression, in: "lecternDisplay(", ")")
    }
    for expression in syntax.awaits {
      wrap(expression.range, in: expression.isTried ? "lecternAwait({ try " : "lecternAwait({ ", " })")
    }
    // Where one range ends and another begins at the same place, the first is closed before the second is opened.
    return (closing + opening).enumerated()
      .sorted { ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset) }.map(\.element)
  }
}

/// Text that is added to a unit's code.
struct Insertion: Hashable, Sendable {
  /// In UTF-8 bytes.
  var offset: Int
  var text: String
}

/// FNV-1a: the same number for the same text, in every process and on every machine.
func stableHash(_ text: String, seed: UInt64) -> UInt64 {
  var hash = 0xCBF2_9CE4_8422_2325 ^ seed
  for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
  return hash
}
