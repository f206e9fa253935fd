import Diagnostics

/// One Markdown file, read: its front matter, its text as a tree, its cells and its inline values.
public struct Chapter: Hashable, Sendable {
  /// The file relative to the book's folder, with forward slashes: `en/11-training.md`. The record's name for it.
  public var path: String
  /// The file as diagnostics name it: `chapters/en/11-training.md`.
  public var file: String
  /// The text, as read (a byte-order mark removed, line ends made `\n`).
  public var source: String
  public var frontMatter: FrontMatter
  public var blocks: [Block]
  /// The footnotes that are referred to, in the order of their first reference.
  public var footnotes: [Footnote]
  public var cells: [Cell]
  public var inlineValues: [InlineValue]
  /// Cells and inline values in the order in which they stand, which is the order in which they run.
  public var units: [ExecutionUnit]
  /// Errors and warnings found while reading. A chapter with errors is still complete enough to be woven.
  public var diagnostics: [Diagnostic]

  public init(
    path: String, file: String, source: String, frontMatter: FrontMatter = FrontMatter(),
    blocks: [Block] = [], footnotes: [Footnote] = [], cells: [Cell] = [], inlineValues: [InlineValue] = [],
    units: [ExecutionUnit] = [], diagnostics: [Diagnostic] = []
  ) {
    self.path = path
    self.file = file
    self.source = source
    self.frontMatter = frontMatter
    self.blocks = blocks
    self.footnotes = footnotes
    self.cells = cells
    self.inlineValues = inlineValues
    self.units = units
    self.diagnostics = diagnostics
  }
}

/// Something that runs: an index into the chapter's cells or inline values.
public enum ExecutionUnit: Hashable, Sendable {
  case cell(Int)
  case inlineValue(Int)
}

/// A place in a chapter: line counted from 1, column in UTF-8 bytes counted from 1.
public struct SourcePosition: Hashable, Sendable, Comparable, Codable {
  public var line: Int
  public var column: Int
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
  public static func < (a: Self, b: Self) -> Bool { (a.line, a.column) < (b.line, b.column) }
}

/// The YAML between two lines of `---` at the head of a chapter.
public struct FrontMatter: Hashable, Sendable {
  public var title: String?
  public var subtitle: String?
  public var author: String?
  public var date: String?
  public var description: String?
  /// BCP 47: `en`, `zh-Hans`.
  public var language: String?
  /// What `@sec-…` calls the chapter as a whole.
  public var label: String?
  /// Files of works to cite, relative to the chapter's folder, with their places.
  public var bibliography: [NamedFile]
  /// Whether sections have numbers; `nil` for what the book says.
  public var numbersSections: Bool?
  /// `execute:`, the defaults of this chapter's cell options.
  public var execute: CellOptions

  public init(
    title: String? = nil, subtitle: String? = nil, author: String? = nil, date: String? = nil,
    description: String? = nil, language: String? = nil, label: String? = nil, bibliography: [NamedFile] = [],
    numbersSections: Bool? = nil, execute: CellOptions = CellOptions()
  ) {
    self.title = title
    self.subtitle = subtitle
    self.author = author
    self.date = date
    self.description = description
    self.language = language
    self.label = label
    self.bibliography = bibliography
    self.numbersSections = numbersSections
    self.execute = execute
  }
}

/// A file that something names, and where it does.
public struct NamedFile: Hashable, Sendable {
  public var path: String
  public var position: SourcePosition
  public init(path: String, position: SourcePosition) {
    self.path = path
    self.position = position
  }
}
