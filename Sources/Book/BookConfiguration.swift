import CellKernel
import Chapters
import Weaving

/// What `book.yml` says; every part has a default.
public struct BookConfiguration: Hashable, Sendable {
  public var title: LocalizedText?
  public var author: LocalizedText?
  public var description: LocalizedText?
  /// BCP 47 tags, the book's main language first.
  public var languages: [String] = []
  /// The chapters in reading order, relative to the book's folder or to each language's; `nil` for all in the order of their names.
  public var chapters: [ListedChapter]?
  /// The editions that the book has; the first one is built unless another is asked for.
  public var editions: [CellOptions.Edition] = []
  /// Whether raw HTML in chapters is let through.
  public var allowsHTML = false
  /// Files of works to cite, relative to the book's folder.
  public var bibliography: [NamedFile] = []
  /// Whether sections have numbers; `nil` for what suits the book: yes if it has several chapters.
  public var numbersSections: Bool?
  /// Macros of formulas, by their names with the backslash.
  public var macros: [String: String] = [:]
  /// Seed and limits of every run.
  public var kernel = CellKernel.Settings()
  /// How far numbers may move from the accepted ones where no cell says otherwise; `nil` for the usual.
  public var tolerance: Double?
  /// Bytes that kept results may take.
  public var cacheLimit = 1 << 30
  /// Defaults of cells' options.
  public var execute = CellOptions()

  public init() {}

  /// An item of `chapters:`, with its place in `book.yml`.
  public struct ListedChapter: Hashable, Sendable {
    public var path: String
    public var position: SourcePosition
    public init(path: String, position: SourcePosition) {
      self.path = path
      self.position = position
    }
  }
}
