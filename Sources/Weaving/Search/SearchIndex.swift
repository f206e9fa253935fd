import Foundation

/// What a page needs to search the book in one language without asking a server: every section's text, and for every
/// word the sections that have it.
///
/// It is made from chapters and records, not from pages, and written as a classic script, since a page that is opened
/// from a file may load neither data nor modules.
struct SearchIndex {
  private var pages: [SearchData.Page] = []
  private var sections: [SearchData.Section] = []
  private var postings: [String: [(section: Int, weight: Int)]] = [:]

  init(of chapters: [SearchedChapter]) {
    for chapter in chapters {
      for section in chapter.sections {
        for (word, weight) in section.weights {
          postings[word, default: []].append((sections.count, weight))
        }
        sections.append(
          SearchData.Section(
            page: pages.count, id: section.text.id, heading: section.text.heading, text: section.text.text,
            code: section.text.code))
      }
      pages.append(SearchData.Page(title: chapter.page.title, path: chapter.page.path))
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
          return (posting.section - last) * (SearchedChapter.Weight.maximum + 1) + posting.weight
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
      let script = try SearchIndex(of: chapters.filter { $0.page.language == language }).script()
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
