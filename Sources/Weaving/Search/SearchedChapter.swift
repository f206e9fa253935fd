import Chapters
import ExecutionRecords

/// What a search finds of one chapter: its sections, and how much each word counts in them.
public struct SearchedChapter: Sendable {
  /// A field's share in a section's rank for a word.
  enum Weight {
    static let title = 40
    static let heading = 20
    static let text = 2
    static let code = 1
    /// How often a word occurs in a section says something up to here.
    static let mostCounted = 4
    /// The highest number that a posting holds.
    static let maximum = 63
  }

  struct Section {
    var text: SearchSection
    /// By word, at most `Weight.maximum`.
    var weights: [String: Int]
  }

  let page: Site.Page
  let sections: [Section]

  /// - Returns: `nil` for a chapter without a page in the site.
  public init?(_ chapter: Chapter, record: ExecutionRecord, in site: Site) {
    guard let page = site.page(of: chapter) else { return nil }
    self.page = page
    let found = SearchSections(chapter, record: record, in: site).sections
    // A chapter is found by its title, which leads to its beginning.
    let hasBeginning = found.first?.id == ""
    sections = (hasBeginning ? found : [SearchSection(id: "", heading: "")] + found).map { section in
      Section(text: section, weights: Self.weights(of: section, title: section.id.isEmpty ? page.title : ""))
    }
  }

  private static func weights(of section: SearchSection, title: String) -> [String: Int] {
    var weights: [String: Int] = [:]
    for word in Set(SearchWords.words(of: title)) { weights[word, default: 0] += Weight.title }
    for word in Set(SearchWords.words(of: section.heading)) { weights[word, default: 0] += Weight.heading }
    for (text, weight) in [(section.text, Weight.text), (section.code, Weight.code)] {
      var counts: [String: Int] = [:]
      for word in SearchWords.words(of: text) { counts[word, default: 0] += 1 }
      for (word, count) in counts { weights[word, default: 0] += weight * min(count, Weight.mostCounted) }
    }
    return weights.mapValues { min($0, Weight.maximum) }
  }
}
