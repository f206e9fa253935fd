import Bibliography
import Chapters
import ExecutionRecords
import Weaving

/// A book of Markdown texts, woven without being run.
struct BookFixture {
  var site: Site
  var chapters: [Chapter]

  /// - Parameter texts: by path; those in a folder `zh-Hans` are Chinese.
  init(
    _ texts: KeyValuePairs<String, String>, numbered: Bool = true, bibliography: String = "",
    macros: [String: String] = [:]
  ) {
    chapters = texts.map { path, text in
      Chapter.parse(text, path: path, file: path, citesWorks: !bibliography.isEmpty)
    }
    var counts: [String: Int] = [:]
    let pages = chapters.map { chapter in
      let language = chapter.path.hasPrefix("zh-Hans/") ? "zh-Hans" : "en"
      counts[language, default: 0] += 1
      return Site.Page(
        title: chapter.title ?? chapter.path, path: chapter.path.replacing(".md", with: ".html"),
        chapterPath: chapter.path, language: language,
        number: numbered ? String(counts[language]!) : nil)
    }
    site = Site(title: "Book", pages: pages, languages: ["en", "zh-Hans"])
    site.numbersSections = numbered
    site.macros = macros
    if !bibliography.isEmpty { _ = site.bibliography.read(bibliography, file: "a.bib") }
    site.index = BookIndex(chapters, in: site)
  }

  /// A chapter's page, and all messages about it, each as its first line.
  func page(_ path: String, resources: ChapterResources = ChapterResources()) throws -> (
    html: String, messages: [String], hints: [String]
  ) {
    let chapter = chapters.first { $0.path == path }!
    let page = Weaver(theme: try theme.get()).page(
      for: chapter, record: ExecutionRecord(chapter: path), in: site, resources: resources)
    let diagnostics = chapter.diagnostics + page.diagnostics
    return (
      page.contents, diagnostics.map { String($0.description.prefix { $0 != "\n" }) },
      diagnostics.compactMap(\.hint)
    )
  }
}
