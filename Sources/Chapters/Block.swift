/// A block of a chapter's text, as cmark-gfm finds it.
public indirect enum Block: Hashable, Sendable {
  case heading(Heading)
  case paragraph([Inline])
  case quotation([Block])
  case callout(Callout)
  case list(List)
  case codeBlock(CodeBlock)
  /// An index into the chapter's cells.
  case cell(Int)
  case table(Table)
  /// A displayed formula: `$$…$$` on its own, or a ```` ```math ```` block.
  case math(Formula)
  case html(RawHTML)
  case thematicBreak
}

public struct Heading: Hashable, Sendable {
  /// 1 to 6.
  public var level: Int
  public var content: [Inline]
  /// Unique within the chapter, made from the text, or given by `{#sec-id}` at the heading's end.
  public var id: String
  /// Whether it takes a number where sections have numbers; `{.unnumbered}` and `{-}` say no.
  public var isNumbered: Bool
  public var position: SourcePosition
  public init(level: Int, content: [Inline], id: String, isNumbered: Bool = true, position: SourcePosition) {
    self.level = level
    self.content = content
    self.id = id
    self.isNumbered = isNumbered
    self.position = position
  }
}

/// A GitHub alert: `> [!NOTE]`.
public struct Callout: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case note, tip, important, warning, caution, exam, exercise, solution

    /// What the labels of such callouts begin with, by Quarto's names; `nil` for those without numbers.
    public var labelPrefix: String? {
      switch self {
      case .note: "nte-"
      case .tip: "tip-"
      case .important: "imp-"
      case .warning: "wrn-"
      case .caution: "cau-"
      case .exercise: "exr-"
      case .exam, .solution: nil
      }
    }
  }
  public var kind: Kind
  /// What follows the marker on its line, if anything does.
  public var title: [Inline]
  /// `{#exr-id}` at the end of that line.
  public var label: String?
  public var blocks: [Block]
  public var position: SourcePosition
  public init(
    kind: Kind, title: [Inline] = [], label: String? = nil, blocks: [Block], position: SourcePosition
  ) {
    self.kind = kind
    self.title = title
    self.label = label
    self.blocks = blocks
    self.position = position
  }
}

public struct List: Hashable, Sendable {
  public struct Item: Hashable, Sendable {
    /// For a task list's item, whether it is done.
    public var isDone: Bool?
    public var blocks: [Block]
    public init(isDone: Bool? = nil, blocks: [Block]) {
      self.isDone = isDone
      self.blocks = blocks
    }
  }
  /// The first number of an ordered list; `nil` for bullets.
  public var start: Int?
  /// Whether the items' paragraphs stand without space between them.
  public var isTight: Bool
  public var items: [Item]
  public init(start: Int? = nil, isTight: Bool, items: [Item]) {
    self.start = start
    self.isTight = isTight
    self.items = items
  }
}

/// A code block that is not a cell.
public struct CodeBlock: Hashable, Sendable {
  /// The whole info string; its first word is the language.
  public var info: String
  public var code: String
  /// `{#lst-id}` in the info string.
  public var label: String?
  /// `lst-cap="…"` there.
  public var caption: String?
  public var position: SourcePosition
  public init(
    info: String, code: String, label: String? = nil, caption: String? = nil, position: SourcePosition
  ) {
    self.info = info
    self.code = code
    self.label = label
    self.caption = caption
    self.position = position
  }
  public var language: String? { info.split(separator: " ").first.map(String.init) }
}

public struct Table: Hashable, Sendable {
  public enum Alignment: Hashable, Sendable { case left, center, right }
  public var alignments: [Alignment?]
  public var header: [[Inline]]
  public var rows: [[[Inline]]]
  /// What stands in the paragraph `: Caption {#tbl-id}` behind it; empty where there is none.
  public var caption: [Inline]
  public var label: String?
  public var position: SourcePosition
  public init(
    alignments: [Alignment?], header: [[Inline]], rows: [[[Inline]]], caption: [Inline] = [],
    label: String? = nil, position: SourcePosition = SourcePosition(line: 1, column: 1)
  ) {
    self.alignments = alignments
    self.header = header
    self.rows = rows
    self.caption = caption
    self.label = label
    self.position = position
  }
}

public struct Formula: Hashable, Sendable {
  public var tex: String
  public var isDisplayed: Bool
  /// `{#eq-id}` after a displayed formula.
  public var label: String?
  /// Where the TeX begins.
  public var position: SourcePosition
  public init(tex: String, isDisplayed: Bool, label: String? = nil, position: SourcePosition) {
    self.tex = tex
    self.isDisplayed = isDisplayed
    self.label = label
    self.position = position
  }
}

public struct RawHTML: Hashable, Sendable {
  public var html: String
  public var position: SourcePosition
  public init(html: String, position: SourcePosition) {
    self.html = html
    self.position = position
  }
}

public struct Footnote: Hashable, Sendable {
  public var label: String
  public var blocks: [Block]
  public init(label: String, blocks: [Block]) {
    self.label = label
    self.blocks = blocks
  }
}
