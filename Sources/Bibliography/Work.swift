import Chapters

/// A work that can be cited.
public struct Work: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case article, book, chapter, conferencePaper, thesis, report, webPage, other
  }

  public var key: String
  public var kind: Kind
  public var authors: [Name] = []
  public var editors: [Name] = []
  /// Whether the list of authors goes on: `and others`.
  public var hasMoreAuthors = false
  /// A formula in it stands between dollars.
  public var title: String?
  /// The journal, or the book that a chapter or paper is in.
  public var container: String?
  public var volume: String?
  public var issue: String?
  /// With an en dash: "251–257".
  public var pages: String?
  public var edition: String?
  public var publisher: String?
  public var place: String?
  /// What kind of report or thesis it is, where the work says so.
  public var genre: String?
  public var number: String?
  public var year: String?
  /// 1 to 12.
  public var month: Int?
  /// Without `https://doi.org/`.
  public var doi: String?
  public var url: String?
  public var note: String?
  /// Where it stands.
  public var file: String
  public var position: SourcePosition

  public init(key: String, kind: Kind, file: String, position: SourcePosition) {
    self.key = key
    self.kind = kind
    self.file = file
    self.position = position
  }

  /// Where the work can be had: its DOI's address, or its URL.
  public var address: String? { doi.map { "https://doi.org/\($0)" } ?? url }

  /// Who stands for the work: its authors, or else its editors.
  public var creators: [Name] { authors.isEmpty ? editors : authors }
}
