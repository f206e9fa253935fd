import Bibliography
import Chapters

/// The book as a page sees it: enough for the table of contents, previous and next.
public struct Site: Hashable, Sendable {
  public struct Page: Hashable, Sendable {
    public var title: String
    public var description: String?
    /// Relative to the output folder: `en/11-training.html`.
    public var path: String
    /// The chapter's own path, `en/11-training.md`.
    public var chapterPath: String
    public var language: String
    /// The chapter's number, with which the numbers of its figures and sections begin; `nil` for one without.
    public var number: String?
    public init(
      title: String, description: String? = nil, path: String, chapterPath: String, language: String,
      number: String? = nil
    ) {
      self.title = title
      self.description = description
      self.path = path
      self.chapterPath = chapterPath
      self.language = language
      self.number = number
    }
  }

  public var title: LocalizedText
  public var author: LocalizedText?
  public var description: LocalizedText?
  /// In reading order; a book of several languages has each language's pages together.
  public var pages: [Page]
  public var languages: [String]
  /// Whether raw HTML in chapters is let through (its allowlist, that is). Default false.
  public var allowsHTML: Bool
  /// Whether the instructor's edition is woven: cells and callouts of `edition: instructor` are left out
  /// otherwise.
  public var isInstructorEdition: Bool
  /// Whether sections have numbers, where a chapter does not say otherwise.
  public var numbersSections = false
  /// Macros of the book's formulas: `\\R` is `\\mathbb{R}`.
  public var macros: [String: String] = [:]
  /// The works that every chapter may cite.
  package var bibliography = Bibliography()
  /// What chapters can refer to in each other.
  package var index = BookIndex()

  public init(
    title: LocalizedText, author: LocalizedText? = nil, description: LocalizedText? = nil, pages: [Page],
    languages: [String],
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

extension Site {
  func page(of chapter: Chapter) -> Page? {
    pages.first { $0.chapterPath == chapter.path }
  }

  func language(of chapter: Chapter) -> String {
    page(of: chapter)?.language ?? chapter.frontMatter.language ?? languages.first ?? "en"
  }

  func pages(in language: String) -> [Page] {
    pages.filter { $0.language == language }
  }

  /// The language's own name, for the reader who looks for it.
  static func name(of language: String) -> String {
    switch language.split(separator: "-").first.map(String.init) ?? language {
    case "en": "English"
    case "zh": language.hasPrefix("zh-Hant") ? "繁體中文" : "简体中文"
    case "ja": "日本語"
    case "ko": "한국어"
    case "de": "Deutsch"
    case "fr": "Français"
    case "es": "Español"
    default: language
    }
  }
}
