/// What `page.mustache` may name.
struct PageContext: TemplateContext {
  var head: HeadContext
  var language: String
  /// The way from the page to the output folder: empty, or `../` once for each folder.
  var root: String
  var siteTitle: String
  var home: String
  var title: String
  /// The chapter's number.
  var number: String?
  /// The id of the heading that became the title.
  var titleID: String?
  var subtitle: String?
  var author: String?
  var date: String?
  var chapters: [LinkContext]
  var alternates: [AlternateContext]
  /// Whether there are lists for the drawer of a narrow window.
  var hasContents: Bool
  var hasSearch: Bool
  /// The index that a search looks into, as the page refers to it.
  var searchIndex: String
  var headings: [HeadingContext]
  var hasHeadings: Bool
  var body: HTML
  var previous: LinkContext?
  var next: LinkContext?
  var wording: PageWording

  static let sample = PageContext(
    head: .sample, language: "en", root: "../", siteTitle: "Book", home: "index.html",
    title: "Title", number: "5", titleID: "sec-title",
    subtitle: "Subtitle", author: "Author", date: "Date", chapters: [.sample], alternates: [.sample],
    hasContents: true, hasSearch: true, searchIndex: "../assets/search/en.js", headings: [.sample],
    hasHeadings: true, body: "<p>Text</p>", previous: .sample, next: .sample,
    wording: .english)
}

/// What `index.mustache` may name.
struct IndexContext: TemplateContext {
  var head: HeadContext
  var language: String
  var root: String
  var siteTitle: String
  var home: String
  var title: String
  var author: String?
  var summary: String?
  /// The languages that the front page does not list itself.
  var alternates: [AlternateContext]
  /// No: all of its lists stand on the front page itself.
  var hasContents: Bool
  var hasSearch: Bool
  var searchIndex: String
  var parts: [PartContext]
  var wording: PageWording

  static let sample = IndexContext(
    head: .sample, language: "en", root: "", siteTitle: "Book", home: "index.html", title: "Book",
    author: "Author",
    summary: "Summary", alternates: [.sample], hasContents: false, hasSearch: true,
    searchIndex: "assets/search/en.js", parts: [.sample], wording: .english)
}

/// What stands in `<head>`, on every page.
struct HeadContext: TemplateContext {
  var pageTitle: String
  var pageDescription: String?
  var contentPolicy: String
  /// The script that runs before the first paint, with its element: its hash stands in the policy.
  var earlyScript: HTML
  var hasMath: Bool
  /// The same page in other languages.
  var alternates: [AlternateContext]
  var previousHref: String?
  var nextHref: String?

  static let sample = HeadContext(
    pageTitle: "Title", pageDescription: "Description", contentPolicy: "default-src 'none'",
    earlyScript: "<script></script>", hasMath: true, alternates: [.sample], previousHref: "a.html",
    nextHref: "b.html")
}

/// A link to a page of the book.
struct LinkContext: TemplateContext {
  var label: String
  var href: String
  /// Its place in the order of the pages, from 1.
  var number: Int
  /// The number that its sections and figures begin with, where it has one.
  var chapterNumber: String?
  var isCurrent: Bool
  var note: String?

  static let sample = LinkContext(
    label: "Chapter", href: "a.html", number: 1, chapterNumber: "5", isCurrent: true, note: "Note")
}

/// The pages of one language, on the index page.
struct PartContext: TemplateContext {
  var partLanguage: String
  /// The language's own name, where the book has several.
  var partName: String?
  var chapters: [LinkContext]

  static let sample = PartContext(partLanguage: "en", partName: "English", chapters: [.sample])
}

/// The same chapter in another language.
struct AlternateContext: TemplateContext {
  var code: String
  var name: String
  var href: String

  static let sample = AlternateContext(code: "zh-Hans", name: "中文", href: "a.html")
}

/// A heading of this page, with those below it.
struct HeadingContext: TemplateContext {
  var anchor: String
  var heading: HTML
  var subheadings: [SubheadingContext]
  var hasSubheadings: Bool

  static let sample = HeadingContext(
    anchor: "#id", heading: "Heading",
    subheadings: [SubheadingContext(subanchor: "#id", subheading: "Heading")],
    hasSubheadings: true)
}

struct SubheadingContext: Sendable {
  var subanchor: String
  var subheading: HTML
}
