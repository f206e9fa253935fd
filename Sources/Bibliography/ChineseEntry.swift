/// "Hornik K, 1991. Approximation capabilities[J]. Neural Networks, 4(2): 251–257."
struct ChineseEntry {
  typealias Run = CitationStyle.Run
  let style: CitationStyle
  let work: Work
  let suffix: String

  var runs: [Run] {
    let year = style.year(of: work, suffix: suffix)
    var runs: [Run] = []
    if !work.creators.isEmpty { runs.append(.text("\(creators), \(year). ")) }
    if let title = work.title { runs.append(.text("\(title)[\(mark)]")) }
    runs += source
    if work.creators.isEmpty { runs.append(.text(", \(year)")) }
    runs.append(.text("."))
    if let address = work.address { runs += [.text(" "), .link(address), .text(".")] }
    return runs
  }

  /// Of more than three authors, three are named.
  private var creators: String {
    let names = work.creators.prefix(3).map(\.abbreviated)
    let hasMore = work.creators.count > 3 || work.hasMoreAuthors
    // GB/T 7714, 8.1.2: in the language of the work.
    let others = CitationStyle.isLatin(names.last?.last) ? "et al." : "等"
    return names.joined(separator: ", ") + (hasMore ? ", \(others)" : "")
  }

  /// GB/T 3469's letter for what kind of work it is.
  private var mark: String {
    let letter =
      switch work.kind {
      case .article: "J"
      case .book, .chapter: "M"
      case .conferencePaper: "C"
      case .thesis: "D"
      case .report: "R"
      case .webPage: "EB"
      case .other: "Z"
      }
    return work.address == nil ? letter : "\(letter)/OL"
  }

  private var source: [Run] {
    var text = ""
    switch work.kind {
    case .article:
      if let journal = work.container { text += ". \(journal)" }
      if let volume = work.volume { text += ", \(volume)" }
      if let issue = work.issue { text += "(\(issue))" }
    case .chapter, .conferencePaper:
      if let book = work.container {
        let editors = work.authors.isEmpty ? [] : work.editors.prefix(3).map(\.abbreviated)
        text += "//" + (editors.isEmpty ? "" : editors.joined(separator: ", ") + ". ") + book
      }
      text += published
    case .book:
      if let edition = work.edition { text += ". \(Int(edition) != nil ? "第\(edition)版" : edition)" }
      text += published
    default: text += published
    }
    if let pages = work.pages { text += ": \(pages)" }
    return text.isEmpty ? [] : [.text(text)]
  }

  private var published: String {
    let parts = [work.place, work.publisher].compactMap { $0 }
    return parts.isEmpty ? "" : ". " + parts.joined(separator: ": ")
  }
}
