/// "Hornik, Kurt. 1991. “Approximation Capabilities.” *Neural Networks* 4 (2): 251–257."
struct EnglishEntry {
  typealias Run = CitationStyle.Run
  let style: CitationStyle
  let work: Work
  let suffix: String

  var runs: [Run] {
    var runs: [Run] = []
    let year = style.year(of: work, suffix: suffix)
    if work.creators.isEmpty {
      runs += title + [.text(" \(ended(year))")]
    } else {
      runs += [.text("\(ended(creators)) \(ended(year)) ")] + title
    }
    runs += source
    if let note = work.note { runs.append(.text(" \(ended(note))")) }
    if let address = work.address { runs += [.text(" "), .link(address), .text(".")] }
    return runs
  }

  /// Of more than ten authors the first seven are named.
  private var creators: String {
    let names = work.creators
    let shown = names.count > 10 ? Array(names.prefix(7)) : names
    let hasMore = names.count > 10 || work.hasMoreAuthors
    var parts = shown.enumerated().map { $0 == 0 ? $1.inverted : $1.natural }
    if hasMore {
      parts.append("et al.")
    } else if parts.count > 1 {
      parts[parts.count - 1] = "and " + parts[parts.count - 1]
    }
    let editors = work.authors.isEmpty ? (names.count > 1 ? ", eds" : ", ed") : ""
    return parts.joined(separator: ", ") + editors
  }

  private var standsAlone: Bool { work.kind == .book || (work.kind == .report && work.container == nil) }

  private var title: [Run] {
    guard let title = work.title else { return [] }
    if standsAlone { return [.emphasis(title), .text(title.endsSentence ? "" : ".")] }
    return [.text("“\(ended(title))”")]
  }

  private var source: [Run] {
    switch work.kind {
    case .article:
      guard let journal = work.container else { return published }
      var text = work.volume.map { " \($0)" } ?? ""
      if let issue = work.issue { text += work.volume == nil ? ", no. \(issue)" : " (\(issue))" }
      if let pages = work.pages { text += text.isEmpty ? ", \(pages)" : ": \(pages)" }
      return [.text(" "), .emphasis(journal), .text(text + ".")]
    case .chapter, .conferencePaper:
      guard let book = work.container else { return published }
      var text = ""
      if !work.authors.isEmpty, !work.editors.isEmpty {
        text += ", edited by \(list(work.editors.map(\.natural)))"
      }
      if let volume = work.volume { text += ", vol. \(volume)" }
      if let pages = work.pages { text += ", \(pages)" }
      return [.text(" In "), .emphasis(book), .text(text + ".")] + published
    case .thesis:
      let kind =
        switch work.genre?.lowercased() {
        case nil, "phdthesis"?: "PhD thesis"
        case "mathesis"?, "mastersthesis"?: "Master’s thesis"
        default: work.genre ?? ""
        }
      return [.text(" " + ended([kind, work.publisher].compactMap { $0 }.joined(separator: ", ")))]
    case .report:
      let number = [work.genre ?? "Technical report", work.number].compactMap { $0 }.joined(separator: " ")
      return [.text(" " + ended(number))] + published
    case .book, .webPage, .other: return edition + published
    }
  }

  private var edition: [Run] {
    if let edition = work.edition {
      let isNumber = Int(edition) != nil
      let named = isNumber ? ordinal(Int(edition) ?? 1) : edition
      return [.text(" \(named)\(named.lowercased().contains("ed") ? "" : " ed").")]
    }
    return work.volume.map { [.text(" Vol. \($0).")] } ?? []
  }

  private func ordinal(_ number: Int) -> String {
    let ending =
      switch (number % 10, number % 100) {
      case (1, let rest) where rest != 11: "st"
      case (2, let rest) where rest != 12: "nd"
      case (3, let rest) where rest != 13: "rd"
      default: "th"
      }
    return "\(number)\(ending)"
  }

  private var published: [Run] {
    let parts = [work.place, work.publisher].compactMap { $0 }
    return parts.isEmpty ? [] : [.text(" " + ended(parts.joined(separator: ": ")))]
  }

  private func list(_ names: [String]) -> String {
    names.count < 3
      ? names.joined(separator: " and ")
      : names.dropLast().joined(separator: ", ") + ", and " + names[names.count - 1]
  }

  private func ended(_ text: String) -> String { text.endsSentence ? text : text + "." }
}

extension String {
  var endsSentence: Bool { last.map { ".?!。？！".contains($0) } ?? true }
}
