import Chapters
import Weaving

extension Book {
  /// The book as its pages see it.
  func site(of chapters: [BookChapter], edition: CellOptions.Edition) -> Site {
    var numbers: [String: String] = [:]
    for language in languages(of: chapters) {
      let paths = chapters.filter { self.language(of: $0) == language }.map(\.file.path)
      numbers.merge(ChapterNumbers.numbers(of: paths)) { first, _ in first }
    }
    let numbersSections = configuration.numbersSections ?? !numbers.isEmpty
    let pages = chapters.map { chapter in
      let isNumbered = chapter.chapter.frontMatter.numbersSections ?? numbersSections
      return Site.Page(
        title: chapter.title, description: chapter.chapter.frontMatter.description,
        path: chapter.file.pagePath, chapterPath: chapter.file.path, language: language(of: chapter),
        number: isNumbered ? numbers[chapter.file.path] : nil)
    }
    var site = Site(
      title: configuration.title ?? LocalizedText(pages.count == 1 ? pages[0].title : "Contents"),
      author: configuration.author, description: configuration.description, pages: pages,
      languages: languages(of: chapters), allowsHTML: configuration.allowsHTML,
      isInstructorEdition: edition == .instructor)
    site.numbersSections = numbersSections
    site.macros = configuration.macros
    site.bibliography = works.bibliography
    site.index = BookIndex(chapters.map(\.chapter), in: site)
    return site
  }

  /// What the chapter says of itself counts only where the book does not say which languages it has.
  private func language(of chapter: BookChapter) -> String {
    guard configuration.languages.isEmpty, languages.count < 2 else { return chapter.file.language }
    return chapter.chapter.frontMatter.language ?? chapter.file.language
  }

  private func languages(of chapters: [BookChapter]) -> [String] {
    var seen: Set<String> = []
    return chapters.map(language).filter { seen.insert($0).inserted }
  }
}

extension BookChapter {
  /// The front matter's title, or else the first heading, or else the file's name.
  var title: String {
    if let title = chapter.frontMatter.title { return title }
    for case .heading(let heading) in chapter.blocks where heading.level == 1 {
      return heading.content.plainText
    }
    return String(RelativePath.lastPart(file.page))
  }
}
