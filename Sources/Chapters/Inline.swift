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
  /// `@fig-x`, `@tbl-x`, `@eq-x`, `@sec-x`, `@lst-x`.
  case reference(Reference)
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
  /// The alternative text, as inline content; its plain text is the `alt`.
  public var alternative: [Inline]
  public var position: SourcePosition
  public init(source: String, title: String = "", alternative: [Inline], position: SourcePosition) {
    self.source = source
    self.title = title
    self.alternative = alternative
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
}
