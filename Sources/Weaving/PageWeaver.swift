import Chapters
import ExecutionRecords

/// One chapter's page.
struct PageWeaver {
  let theme: Theme
  let site: Site
  let chapter: Chapter
  let record: ExecutionRecord
  let resources: ChapterResources

  func page() -> WovenFile {
    let path = site.page(of: chapter)?.path ?? chapter.path.droppingSuffix(".md") + ".html"
    var renderer = ChapterRenderer(
      chapter: chapter, record: record, site: site, pagePath: path, theme: theme, resources: resources)
    let (title, blocks) = titleAndText()
    let body = renderer.body(blocks)
    let headings = headings(of: blocks, with: &renderer)
    let contents = theme.templates.render("page", context(path: path, title, body, headings, renderer))
    return WovenFile(
      path: path, contents: contents.source, diagnostics: renderer.diagnostics, math: renderer.mathCharacters)
  }

  /// The title of the front matter; without one, the chapter's first heading, which then heads the page.
  private func titleAndText() -> (String, [Block]) {
    if let title = chapter.frontMatter.title { return (title, chapter.blocks) }
    if let heading = chapter.titleHeading {
      let title = heading.content.plainText(values: record.texts)
      return (title, Array(chapter.blocks.dropFirst()))
    }
    return (site.page(of: chapter)?.title ?? chapter.path, chapter.blocks)
  }

  private func context(
    path: String, _ title: String, _ body: HTML, _ headings: [HeadingContext], _ renderer: ChapterRenderer
  ) -> PageContext {
    let language = site.language(of: chapter)
    let pages = site.pages(in: language)
    let index = pages.firstIndex { $0.chapterPath == chapter.path }
    let links = pages.enumerated().map { number, page in
      LinkContext(
        label: page.title, href: URLs.path(page.path, from: path), number: number + 1,
        chapterNumber: page.number, isCurrent: number == index)
    }
    let previous = index.flatMap { $0 > 0 ? links[$0 - 1] : nil }
    let next = index.flatMap { $0 + 1 < links.count ? links[$0 + 1] : nil }
    let siteTitle = site.title[language]
    let head = HeadContext(
      pageTitle: title == siteTitle ? title : "\(title) · \(siteTitle)",
      pageDescription: chapter.frontMatter.description, contentPolicy: theme.contentPolicy,
      earlyScript: theme.earlyScriptElement, hasMath: renderer.mathCharacters != nil,
      alternates: alternates(path: path),
      previousHref: previous?.href, nextHref: next?.href)
    return PageContext(
      head: head, language: language, root: Self.root(of: path),
      siteTitle: siteTitle, home: URLs.path(site.index(in: language), from: path), title: title,
      number: site.page(of: chapter)?.number, titleID: chapter.titleHeading?.id ?? chapter.frontMatter.label,
      subtitle: chapter.frontMatter.subtitle,
      author: chapter.frontMatter.author, date: chapter.frontMatter.date, chapters: links,
      alternates: alternates(path: path), hasContents: true, hasSearch: true,
      searchIndex: Self.root(of: path) + SearchIndex.path(of: language), headings: headings,
      hasHeadings: !headings.isEmpty, body: body,
      previous: previous, next: next, wording: renderer.wording.page)
  }

  static func root(of path: String) -> String {
    String(repeating: "../", count: path.split(separator: "/").count - 1)
  }

  /// The chapters of the same file name in the other languages.
  private func alternates(path: String) -> [AlternateContext] {
    guard let own = site.page(of: chapter) else { return [] }
    func name(_ page: Site.Page) -> String {
      page.chapterPath.droppingPrefix(page.language + "/")
    }
    return site.pages.filter { $0.language != own.language && name($0) == name(own) }.map { page in
      AlternateContext(
        code: page.language, name: Site.name(of: page.language), href: URLs.path(page.path, from: path))
    }
  }

  /// The two uppermost levels of headings that the text has, and the list of works.
  private func headings(of blocks: [Block], with renderer: inout ChapterRenderer) -> [HeadingContext] {
    let headings = blocks.compactMap { block -> Heading? in
      if case .heading(let heading) = block { return heading }
      return nil
    }
    let top = headings.map(\.level).min() ?? 2
    var result: [HeadingContext] = []
    for heading in headings where heading.level <= top + 1 {
      let anchor = "#" + URLs.fragment(heading.id)
      let text = renderer.headingText(heading)
      if heading.level == top || result.isEmpty {
        result.append(HeadingContext(anchor: anchor, heading: text, subheadings: [], hasSubheadings: false))
      } else {
        result[result.count - 1].subheadings.append(SubheadingContext(subanchor: anchor, subheading: text))
        result[result.count - 1].hasSubheadings = true
      }
    }
    if !renderer.citations.works.isEmpty {
      result.append(
        HeadingContext(
          anchor: "#" + renderer.referencesID, heading: HTML(renderer.wording.references), subheadings: [],
          hasSubheadings: false))
    }
    return result
  }
}

extension ChapterRenderer {
  /// A heading's content as it stands in a list of headings: without links, notes and pictures.
  mutating func headingText(_ heading: Heading) -> HTML {
    let before = diagnostics
    defer { diagnostics = before }
    let number = numbering.sectionNumbers[heading.id].map(Self.sectionNumber) ?? HTML()
    return number + inline(withoutLinks(heading.content))
  }

  private func withoutLinks(_ content: [Inline]) -> [Inline] {
    content.flatMap { piece -> [Inline] in
      switch piece {
      case .link(let link): withoutLinks(link.content)
      case .image(let image): withoutLinks(image.alternative)
      case .emphasis(let content): [.emphasis(withoutLinks(content))]
      case .strong(let content): [.strong(withoutLinks(content))]
      case .strikethrough(let content): [.strikethrough(withoutLinks(content))]
      case .html, .footnoteReference: []
      case .reference(let reference):
        [.text(numbering.targets[reference.label]?.text(wording) ?? "@" + reference.label)]
      case .citation: []
      default: [piece]
      }
    }
  }
}

extension Theme {
  var earlyScriptElement: HTML { HTML(trusted: "<script>\(earlyScript)</script>") }
}

extension String {
  func droppingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
