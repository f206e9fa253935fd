import Chapters

/// What BibTeX's and BibLaTeX's types of entries are.
enum BibTeXTypes {
  static let kinds: [String: Work.Kind] = [
    "article": .article, "periodical": .article, "suppperiodical": .article,
    "book": .book, "mvbook": .book, "booklet": .book, "manual": .book, "proceedings": .book, "collection": .book,
    "inbook": .chapter, "incollection": .chapter, "bookinbook": .chapter, "suppbook": .chapter,
    "inproceedings": .conferencePaper, "conference": .conferencePaper,
    "phdthesis": .thesis, "mastersthesis": .thesis, "thesis": .thesis,
    "techreport": .report, "report": .report,
    "online": .webPage, "electronic": .webPage, "www": .webPage,
    "misc": .other, "unpublished": .other, "software": .other, "dataset": .other, "patent": .other,
  ]
}

extension Work {
  init(_ entry: BibTeXReader.Entry, file: String) {
    let kind = BibTeXTypes.kinds[entry.type] ?? .other
    self.init(key: entry.key, kind: kind, file: file, position: entry.position)
    func raw(_ names: String...) -> String? {
      names.lazy.compactMap { entry.fields[$0]?.text.trimmed }.first { !$0.isEmpty }
    }
    func text(_ name: String, _ other: String = "", _ third: String = "") -> String? {
      raw(name, other, third).map { LaTeXText.decoded($0) }
    }
    if let list = raw("author") { (authors, hasMoreAuthors) = Name.list(list) }
    if let list = raw("editor") { editors = Name.list(list).names }
    // Who publishes a manual without an author is its author.
    if creators.isEmpty, let body = text("organization", "institution") { authors = [Name(family: body)] }
    title = text("title")
    if let subtitle = text("subtitle"), let main = title { title = "\(main): \(subtitle)" }
    container = kind == .article ? text("journal", "journaltitle") : text("booktitle", "maintitle", "journal")
    volume = text("volume")
    issue = text("issue") ?? (kind == .article ? text("number") : nil)
    number = kind == .article ? nil : text("number")
    pages = text("pages").map { $0.replacing("-", with: "–").replacing("––", with: "–") }
    edition = text("edition")
    publisher = text("publisher", "school", "institution") ?? text("howpublished", "organization")
    place = text("address", "location")
    genre = text("type") ?? (entry.type == "mastersthesis" ? "mathesis" : nil)
    let date = text("date")?.split(separator: "-").map(String.init)
    year = text("year") ?? date?.first
    month = raw("month").flatMap(Self.month) ?? date.flatMap { $0.count > 1 ? Int($0[1]) : nil }
    doi = raw("doi").map(Self.bareDOI)
    url = raw("url").map { $0.replacing("\\", with: "") }
    if let eprint = raw("eprint"), url == nil, doi == nil, raw("archiveprefix", "eprinttype")?.lowercased() == "arxiv" {
      url = "https://arxiv.org/abs/\(eprint)"
    }
    note = text("note")
    // \url{…} in `howpublished` or `note` is an address.
    for field in ["howpublished", "note"] where url == nil {
      guard let text = raw(field), let match = text.firstMatch(of: /\\url\{([^}]*)\}/) else { continue }
      url = String(match.1)
      if field == "note" { note = nil } else { publisher = self.text(of: entry, "publisher") }
    }
    if kind == .other, url != nil, container == nil, publisher == nil { self.kind = .webPage }
  }

  private func text(of entry: BibTeXReader.Entry, _ name: String) -> String? {
    entry.fields[name].map { LaTeXText.decoded($0.text) }
  }

  static func bareDOI(_ text: String) -> String {
    text.replacing(/^(https?:\/\/(dx\.)?doi\.org\/|doi:\s*)/.ignoresCase(), with: "").replacing("\\", with: "")
  }

  private static func month(_ text: String) -> Int? {
    if let number = Int(text.prefix { $0.isNumber }) { return (1...12).contains(number) ? number : nil }
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    return names.firstIndex(of: String(text.lowercased().prefix(3))).map { $0 + 1 }
  }
}
