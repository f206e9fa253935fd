import Chapters
import Diagnostics
import ExecutionRecords
import Foundation

/// Makes pages from chapters and their records.
public struct Weaver: Sendable {
  /// - Parameters:
  ///   - templates: the folders in which templates and assets are looked for, the first one that has a file wins;
  ///     the theme that ships comes last.
  /// - Throws: `Diagnostic` for a template that is missing, does not parse, or names an unknown field.
  public init(templates: [URL]) throws {}

  /// The whole page of one chapter.
  /// - Parameter record: its run; it may lack cells (a cell without a record is shown as not run).
  public func page(for chapter: Chapter, record: ExecutionRecord, in site: Site) -> WovenFile {
    fatalError()
  }

  /// `index.html`.
  public func index(of site: Site) -> WovenFile {
    fatalError()
  }

  /// The files that pages refer to: stylesheets, scripts, fonts.
  /// - Parameter usesMath: whether any page of the site holds a formula (KaTeX's stylesheet and fonts are left out otherwise).
  public func assets(usesMath: Bool) throws -> [Asset] { [] }
}

/// A file to be written, relative to the output folder, with what was found wrong while making it.
public struct WovenFile: Sendable {
  public var path: String
  public var contents: String
  public var diagnostics: [Diagnostic]
  public var usesMath: Bool

  public init(path: String, contents: String, diagnostics: [Diagnostic] = [], usesMath: Bool = false) {
    self.path = path
    self.contents = contents
    self.diagnostics = diagnostics
    self.usesMath = usesMath
  }
}

public struct Asset: Sendable {
  public var path: String
  public var contents: Data
  public init(path: String, contents: Data) {
    self.path = path
    self.contents = contents
  }
}

/// The book as a page sees it: enough for the table of contents, previous and next.
public struct Site: Sendable {
  public struct Page: Sendable {
    public var title: String
    public var description: String?
    /// Relative to the output folder: `en/11-training.html`.
    public var path: String
    /// The chapter's own path, `en/11-training.md`.
    public var chapterPath: String
    public var language: String
    public init(title: String, description: String? = nil, path: String, chapterPath: String, language: String) {
      self.title = title
      self.description = description
      self.path = path
      self.chapterPath = chapterPath
      self.language = language
    }
  }

  public var title: String
  public var author: String?
  public var description: String?
  /// In reading order; a book of several languages has each language's pages together.
  public var pages: [Page]
  public var languages: [String]
  /// Whether raw HTML in chapters is let through (its allowlist, that is). Default false.
  public var allowsHTML: Bool
  /// Whether the instructor's edition is woven: cells and callouts of `edition: instructor` are left out otherwise.
  public var isInstructorEdition: Bool

  public init(
    title: String, author: String? = nil, description: String? = nil, pages: [Page], languages: [String],
    allowsHTML: Bool = false, isInstructorEdition: Bool = false
  ) {
    self.title = title
    self.author = author
    self.description = description
    self.pages = pages
    self.languages = languages
    self.allowsHTML = allowsHTML
    self.isInstructorEdition = isInstructorEdition
  }
}
