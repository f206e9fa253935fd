/// The book's first page: its title and its chapters.
struct IndexWeaver {
  let theme: Theme
  let site: Site

  func index() -> WovenFile {
    let path = "index.html"
    let language = site.languages.first ?? site.pages.first?.language ?? "en"
    let languages = site.languages.isEmpty ? [language] : site.languages
    let parts = languages.map { language in
      PartContext(
        partLanguage: language, partName: languages.count > 1 ? Site.name(of: language) : nil,
        chapters: site.pages(in: language).enumerated().map { number, page in
          LinkContext(
            label: page.title, href: URLs.path(page.path, from: path), number: number + 1,
            chapterNumber: page.number, isCurrent: false, note: page.description)
        })
    }
    let head = HeadContext(
      pageTitle: site.title, pageDescription: site.description, contentPolicy: theme.contentPolicy,
      earlyScript: theme.earlyScriptElement, hasMath: false, alternates: [], previousHref: nil,
      nextHref: parts.first?.chapters.first?.href)
    let context = IndexContext(
      head: head, language: language, root: "", siteTitle: site.title, home: path, title: site.title,
      author: site.author, summary: site.description, alternates: [],
      hasContents: false, hasSearch: !site.pages.isEmpty, searchIndex: SearchIndex.path(of: language),
      parts: parts.filter { !$0.chapters.isEmpty },
      wording: Wording(language: language).page)
    return WovenFile(path: path, contents: theme.templates.render("index", context).source)
  }
}
