import Chapters

/// What each chapter of a book has that others can refer to.
package struct BookIndex: Hashable, Sendable {
  /// A thing with a label, and the page that it is on.
  package struct Entry: Hashable, Sendable {
    var target: Numbering.Target
    var page: Site.Page
  }

  private var numberings: [String: Numbering] = [:]
  private var entries: [String: [Entry]] = [:]

  package init() {}

  /// - Parameter site: the book without its index.
  package init(_ chapters: [Chapter], in site: Site) {
    for chapter in chapters {
      let numbering = Numbering(chapter: chapter, site: site)
      numberings[chapter.path] = numbering
      guard let page = site.page(of: chapter) else { continue }
      for (label, target) in numbering.targets {
        entries[label, default: []].append(Entry(target: target, page: page))
      }
    }
  }

  /// A chapter's own numbers; `nil` for a chapter that the index does not know.
  func numbering(of path: String) -> Numbering? { numberings[path] }

  /// What has a label in the chapters of a language.
  func entries(_ label: String, in language: String) -> [Entry] {
    (entries[label] ?? []).filter { $0.page.language == language }
  }

  /// Every label of the language's chapters.
  func labels(in language: String) -> [String] {
    entries.filter { $0.value.contains { $0.page.language == language } }.keys.sorted()
  }
}
