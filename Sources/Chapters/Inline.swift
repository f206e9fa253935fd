/// A piece of running text.
public indirect enum Inline: Hashable, Sendable {
  case text(String)
  /// A line end in the source. Between two CJK characters there is none: it is dropped while reading.
  case softBreak
  case lineBreak
  case code(String)
  case html(RawHTML)
  case emphasis([Inline])
  case strong([Inline])
  case strikethrough([Inline])
  case link(Link)
  case image(Image)
  case math(Formula)
  /// An index into the chapter's inline values.
  case value(Int)
  /// An index into the chapter's footnotes.
  case footnoteReference(Int)
  /// `@fig-x`, `@tbl-x`, `@eq-x`, `@sec-x` and so on, in running text.
  case reference(Reference)
  /// `@hornik1991`, or anything in brackets that refers: `[see @hornik1991, p. 3; @cybenko1989]`, `[-@fig-x]`.
  case citation(Citation)
}

public struct Link: Hashable, Sendable {
  public var destination: String
  public var title: String
  public var content: [Inline]
  public var position: SourcePosition
  public init(destination: String, title: String = "", content: [Inline], position: SourcePosition) {
    self.destination = destination
    self.title = title
    self.content = content
    self.position = position
  }
}

public struct Image: Hashable, Sendable {
  public var source: String
  public var title: String
  /// The alternative text, as inline content; its plain text is the `alt`. Of an image that is a figure it is the
  /// caption.
  public var alternative: [Inline]
  /// What `{…}` behind it says.
  public var label: String?
  /// `fig-alt`: what it shows, where the caption does not say it; empty for one that only decorates.
  public var description: String?
  /// CSS lengths, such as `50%` and `300px`.
  public var width: String?
  public var height: String?
  public var position: SourcePosition
  public init(
    source: String, title: String = "", alternative: [Inline], label: String? = nil,
    description: String? = nil, width: String? = nil, height: String? = nil, position: SourcePosition
  ) {
    self.source = source
    self.title = title
    self.alternative = alternative
    self.label = label
    self.description = description
    self.width = width
    self.height = height
    self.position = position
  }
}

public struct Reference: Hashable, Sendable {
  /// The label with its prefix, without the `@`: `fig-train`.
  public var label: String
  public var position: SourcePosition
  public init(label: String, position: SourcePosition) {
    self.label = label
    self.position = position
  }

  /// What labels begin with, by Quarto's names: figures, tables, equations, sections, listings, exercises, callouts.
  public static let prefixes = [
    "fig-", "tbl-", "eq-", "sec-", "lst-", "exr-", "nte-", "tip-", "wrn-", "imp-", "cau-",
  ]

  /// Whether a key is a label of something in the book rather than of an entry in its bibliography.
  public static func isLabel(_ key: String) -> Bool { prefixes.contains { key.hasPrefix($0) } }
}

/// References to works in the bibliography, or to things in the book, as Pandoc writes them.
public struct Citation: Hashable, Sendable {
  public struct Item: Hashable, Sendable {
    public var key: String
    /// "see"
    public var prefix: [Inline]
    /// ", pp. 3–4"
    public var suffix: [Inline]
    /// `-@key`: the year without its author, the number without its "Figure".
    public var isShort: Bool
    public var position: SourcePosition
    public init(
      key: String, prefix: [Inline] = [], suffix: [Inline] = [], isShort: Bool = false, position: SourcePosition
    ) {
      self.key = key
      self.prefix = prefix
      self.suffix = suffix
      self.isShort = isShort
      self.position = position
    }
  }
  public var items: [Item]
  /// Whether it stands in brackets; else its author is a word of the sentence.
  public var isBracketed: Bool
  public init(items: [Item], isBracketed: Bool) {
    self.items = items
    self.isBracketed = isBracketed
  }
}
