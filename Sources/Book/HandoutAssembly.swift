import Diagnostics
import ExecutionRecords
import Foundation
import Handouts
import Weaving

/// Makes what formats ask for out of a site's files.
struct HandoutAssembly {
  let options: BuildOptions
  let weaver: Weaver
  /// Every file of the site.
  let files: [String: Data]
  /// The site's pages, the front page among them.
  let pages: [String]
  /// The chapters by language, in reading order.
  let books: [HandoutBook]
  /// Languages with chapters of which there is no page now: their books stay what they were.
  let incompleteLanguages: Set<String>

  /// - Throws: `Diagnostic` for what a format needs and the machine lacks.
  func output() async throws -> [String: Data] {
    if options.formats == [.html] { return files }
    let site = HandoutSite(resources: files.filter { !pages.contains($0.key) }, mathFonts: weaver.mathFonts)
    var output: [String: Data] = [:]
    for format in OutputFormat.allCases where options.formats.contains(format) {
      let made =
        switch format {
        case .html: files
        case .standalone: try await standalonePages(site)
        case .epub: try await epubs(site)
        case .notebook: try await notebooks(site)
        case .pdf: try await printed(site)
        }
      output.merge(made) { first, _ in first }
    }
    return output
  }

  /// The pages, the records beside them, and the files that pages lead to.
  private func standalonePages(_ site: HandoutSite) async throws -> [String: Data] {
    let made = try await pages.concurrentMap(limit: options.jobs) { path in
      let page = try StandalonePage(text(of: path), at: path, in: site)
      return (path: path, html: try page.html(), linked: page.linkedFiles)
    }
    var output: [String: Data] = [:]
    for page in made {
      output[page.path] = Data(page.html.utf8)
      for path in page.linked { output[path] = files[path] }
      let record = RelativePath.withoutExtension(page.path) + ".json"
      output[record] = files[record]
    }
    return output
  }

  /// `book.epub`, in each language's folder where there are several.
  private func epubs(_ site: HandoutSite) async throws -> [String: Data] {
    let styles = try weaver.stylesheetForReadingDevices()
    let date = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap { Int($0) }
    let complete = books.filter { !incompleteLanguages.contains($0.language) }
    let made = try await complete.concurrentMap(limit: options.jobs) { book in
      try EPUBBook(book, site: site, stylesheet: styles, date: date).data()
    }
    return Dictionary(zip(complete.map { epubPath($0.language) }, made)) { first, _ in first }
  }

  private func epubPath(_ language: String) -> String {
    Set(books.map(\.language)).union(incompleteLanguages).count > 1 ? "\(language)/book.epub" : "book.epub"
  }

  /// Everything that is made of a chapter.
  func paths(of chapter: ChapterFile) -> [String] {
    [
      chapter.pagePath, chapter.recordPath, chapter.page + ".ipynb", chapter.page + ".pdf",
      epubPath(chapter.language),
    ]
  }

  private func notebooks(_ site: HandoutSite) async throws -> [String: Data] {
    let chapters = books.flatMap { book in book.pages.map { (page: $0, book: book) } }
    let made = try await chapters.concurrentMap(limit: options.jobs) { page, book in
      try Notebook(page, of: book, site: site, weaver: weaver).json()
    }
    return Dictionary(zip(chapters.map { name($0.page, "ipynb") }, made)) { first, _ in first }
  }

  private func printed(_ site: HandoutSite) async throws -> [String: Data] {
    let chromium = try await Chromium.find()
    let chapters = books.flatMap(\.pages)
    let made = try await chapters.concurrentMap(limit: options.jobs) { page in
      let file = name(page, "pdf")
      return try await chromium.pdf(of: PrintedPage.html(page.html, at: page.path, in: site), file: file)
    }
    return Dictionary(zip(chapters.map { name($0, "pdf") }, made)) { first, _ in first }
  }

  private func name(_ page: HandoutPage, _ suffix: String) -> String {
    RelativePath.withoutExtension(page.path) + "." + suffix
  }

  private func text(of path: String) -> String { String(decoding: files[path] ?? Data(), as: UTF8.self) }
}

extension Book {
  /// The chapters of which there are pages, by language and in reading order.
  func handouts(of finished: [FinishedChapter], chapters: [BookChapter], in site: Site) -> [HandoutBook] {
    let sources = Dictionary(chapters.map { ($0.file, $0.chapter) }) { first, _ in first }
    var books: [HandoutBook] = []
    for finished in finished {
      guard let woven = finished.page, let chapter = sources[finished.file],
        let page = site.pages.first(where: { $0.chapterPath == chapter.path })
      else { continue }
      if books.last?.language != page.language {
        books.append(
          HandoutBook(
            title: site.title[page.language], author: site.author?[page.language],
            description: site.description?[page.language], language: page.language,
            pages: []))
      }
      books[books.count - 1].pages.append(
        HandoutPage(
          path: woven.path, html: woven.contents, title: page.title, chapter: chapter, record: finished.record
        ))
    }
    return books
  }
}
