/// The book's front pages: its title and its chapters.
///
/// `index.html` has them all; a book of several languages has one in each language's folder besides.
struct IndexWeaver {
  let theme: Theme
  let site: Site

  func indexes() -> [WovenFile] {
    let languages = site.indexLanguages
    let whole = index(at: Site.indexName, in: languages[0], listing: languages)
    guard languages.count > 1 else { return [whole] }
    return [whole] + languages.map { index(at: site.index(in: $0), in: $0, listing: [$0]) }
  }

  private func index(at path: String, in language: String, listing languages: [String]) -> WovenFile {
    let parts = languages.map { language in
      PartContext(
        partLanguage: language, partName: languages.count > 1 ? Site.name(of: language) : nil,
        chapters: site.pages(in: language).enumerated().map { number, page in
          LinkContext(
            label: page.title, href: URLs.path(page.path, from: path), number: number + 1,
            chapterNumber: page.number, isCurrent: false, note: page.description)
        })
    }
    let (title, summary) = (site.title[language], site.description?[language])
    let alternates = site.indexLanguages.filter { !languages.contains($0) }.map { language in
      AlternateContext(
        code: language, name: Site.name(of: language), href: URLs.path(site.index(in: language), from: path))
    }
    let head = HeadContext(
      pageTitle: title, pageDescription: summary, contentPolicy: theme.contentPolicy,
      earlyScript: theme.earlyScriptElement, hasMath: false, alternates: alternates, previousHref: nil,
      nextHref: parts.first?.chapters.first?.href)
    let root = PageWeaver.root(of: path)
    let context = IndexContext(
      head: head, language: language, root: root, siteTitle: title, home: URLs.path(path, from: path),
      title: title,
      author: site.author?[language], summary: summary, alternates: alternates,
      hasContents: false, hasSearch: !site.pages.isEmpty, searchIndex: root + SearchIndex.path(of: language),
      parts: parts.filter { !$0.chapters.isEmpty },
      wording: Wording(language: language).page)
    return WovenFile(path: path, contents: theme.templates.render("index", context).source)
  }
}

extension Site {
  static let indexName = "index.html"

  /// The languages that front pages are in, the main one first.
  fileprivate var indexLanguages: [String] {
    languages.isEmpty ? [pages.first?.language ?? "en"] : languages
  }

  /// The front page for readers of a language.
  func index(in language: String) -> String {
    languages.count > 1 ? "\(language)/\(Self.indexName)" : Self.indexName
  }
}
