import Chapters
import ExecutionRecords
import Foundation

/// A chapter with what its cells came to, as the search index takes it.
public struct SearchedChapter: Sendable {
  public var chapter: Chapter
  public var record: ExecutionRecord
  public init(chapter: Chapter, record: ExecutionRecord) {
    self.chapter = chapter
    self.record = record
  }
}

/// What a page needs to search the book in one language without asking a server: every section's text, and for every
/// word the sections that have it.
///
/// It is made from chapters and records, not from pages, and written as a classic script, since a page that is opened
/// from a file may load neither data nor modules.
struct SearchIndex {
  /// A field's share in a section's rank for a word.
  private enum Weight {
    static let title = 40
    static let heading = 20
    static let text = 2
    static let code = 1
    /// How often a word occurs in a section says something up to here.
    static let mostCounted = 4
    /// The highest number that a posting holds.
    static let maximum = 63
  }

  private var pages: [SearchData.Page] = []
  private var sections: [SearchData.Section] = []
  private var postings: [String: [(section: Int, weight: Int)]] = [:]

  init(of chapters: [SearchedChapter], in site: Site) {
    for chapter in chapters {
      guard let page = site.page(of: chapter.chapter) else { continue }
      pages.append(SearchData.Page(title: page.title, path: page.path))
      let found = SearchSections(chapter, in: site).sections
      // A chapter is found by its title, which leads to its beginning.
      let hasBeginning = found.first?.id == ""
      for section in hasBeginning ? found : [SearchSection(id: "", heading: "")] + found {
        add(section, title: section.id.isEmpty ? page.title : "", page: pages.count - 1)
      }
    }
  }

  private mutating func add(_ section: SearchSection, title: String, page: Int) {
    let number = sections.count
    sections.append(
      SearchData.Section(
        page: page, id: section.id, heading: section.heading, text: section.text, code: section.code))
    var weights: [String: Int] = [:]
    for word in Set(SearchWords.words(of: title)) { weights[word, default: 0] += Weight.title }
    for word in Set(SearchWords.words(of: section.heading)) { weights[word, default: 0] += Weight.heading }
    for (text, weight) in [(section.text, Weight.text), (section.code, Weight.code)] {
      var counts: [String: Int] = [:]
      for word in SearchWords.words(of: text) { counts[word, default: 0] += 1 }
      for (word, count) in counts { weights[word, default: 0] += weight * min(count, Weight.mostCounted) }
    }
    for (word, weight) in weights {
      postings[word, default: []].append((number, min(weight, Weight.maximum)))
    }
  }

  /// The script: one call with the data as its argument.
  func script() throws -> String {
    let words = postings.sorted { $0.key.unicodeScalars.lexicographicallyPrecedes($1.key.unicodeScalars) }
    let data = SearchData(
      pages: pages, sections: sections, words: words.map(\.key),
      postings: words.map { word in
        var last = 0
        return word.value.map { posting in
          // Sections come in order, so that their distances are small.
          defer { last = posting.section }
          return (posting.section - last) * (Weight.maximum + 1) + posting.weight
        }
      })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let json = String(decoding: try encoder.encode(data), as: UTF8.self)
    // Nothing in it can end a script, should a page have it inline.
    return "lecternSearch(\(json.replacing("<", with: "\\u003c")))\n"
  }
}

/// The index as JSON has it. Lists rather than objects: their keys would be a third of the file.
private struct SearchData: Encodable {
  struct Page: Encodable {
    var title: String
    var path: String

    func encode(to encoder: any Encoder) throws {
      var list = encoder.unkeyedContainer()
      try list.encode(title)
      try list.encode(path)
    }
  }

  struct Section: Encodable {
    var page: Int
    var id: String
    var heading: String
    var text: String
    var code: String

    func encode(to encoder: any Encoder) throws {
      var list = encoder.unkeyedContainer()
      try list.encode(page)
      for field in [id, heading, text, code] { try list.encode(field) }
    }
  }

  var pages: [Page]
  var sections: [Section]
  var words: [String]
  var postings: [[Int]]
}

extension Weaver {
  /// The scripts that pages load when their reader searches, one for each language of the book.
  public func searchIndexes(of chapters: [SearchedChapter], in site: Site) throws -> [Asset] {
    let languages = Set(site.pages.map(\.language))
    return try languages.sorted().map { language in
      let own = chapters.filter { site.page(of: $0.chapter)?.language == language }
      let script = try SearchIndex(of: own, in: site).script()
      return Asset(path: SearchIndex.path(of: language), contents: Data(script.utf8))
    }
  }
}

extension SearchIndex {
  /// Where the index of a language lies in the output folder.
  static func path(of language: String) -> String {
    "assets/search/\(language.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }).js"
  }
}
