import Bibliography
import Chapters

/// The works that a chapter cites, known before its text is rendered: their order and their years' letters depend on
/// each other.
struct Citations {
  /// In the order of the list.
  let works: [Work]
  let style: CitationStyle
  let suffixes: [String: String]
  /// Where works can be looked for.
  let bibliography: Bibliography

  init(of chapter: Chapter, from bibliography: Bibliography, style: CitationStyle) {
    self.bibliography = bibliography
    self.style = style
    var keys: Set<String> = []
    if !bibliography.isEmpty {
      chapter.forEachInline { inline in
        guard case .citation(let citation) = inline else { return }
        keys.formUnion(citation.items.map(\.key))
      }
    }
    let cited = keys.compactMap { bibliography[$0] }
    works = style.sorted(cited)
    suffixes = style.yearSuffixes(of: cited)
  }

  static func id(of key: String) -> String { "ref-\(key)" }

  func year(of work: Work) -> String { style.year(of: work, suffix: suffixes[work.key] ?? "") }
}

extension ChapterRenderer {
  /// "(Hornik 1991, p. 3; Cybenko 1989)", or "Hornik (1991)" in a sentence.
  mutating func inline(_ citation: Citation) -> HTML {
    if citation.items.allSatisfy({ Reference.isLabel($0.key) }) { return references(citation.items) }
    guard citation.isBracketed else { return inText(citation.items[0]) }
    var content = HTML()
    for (index, item) in citation.items.enumerated() {
      if index > 0 { content += HTML(wording.of("; ", "；")) }
      content += inBrackets(item)
    }
    return HTML(wording.of("(", "（")) + content + HTML(wording.of(")", "）"))
  }

  private mutating func inText(_ item: Citation.Item) -> HTML {
    guard let work = work(item) else { return unknown(item.key) }
    let (open, close) = (wording.of(" (", "（"), wording.of(")", "）"))
    let text = "\(citations.style.authors(of: work))\(open)\(citations.year(of: work))"
    if item.suffix.isEmpty { return link(to: work, text: text + close) }
    let place = HTML(wording.of(", ", "，")) + inline(item.suffix.withoutComma)
    return link(to: work, text: text) + place + HTML(close)
  }

  private mutating func inBrackets(_ item: Citation.Item) -> HTML {
    if Reference.isLabel(item.key) { return references([item]) }
    let prefix = item.prefix.isEmpty ? HTML() : inline(item.prefix) + " "
    guard let work = work(item) else { return prefix + unknown(item.key) }
    let year = citations.year(of: work)
    let text =
      item.isShort ? year : citations.style.authors(of: work) + wording.of(" ", "，") + year
    var suffix = HTML()
    if !item.suffix.isEmpty {
      suffix =
        item.suffix.saysPlace
        ? HTML(wording.of(", ", "，")) + inline(item.suffix.withoutComma) : spaced(item.suffix)
    }
    return prefix + link(to: work, text: text) + suffix
  }

  private mutating func work(_ item: Citation.Item) -> Work? {
    if let work = citations.bibliography[item.key] { return work }
    let files = citations.bibliography.files.joined(separator: ", ")
    let nearest = citations.bibliography.works.keys.sorted().closest(to: item.key)
    report(
      .error, "there is no work ‘\(item.key)’ in \(files)", at: item.position,
      hint: nearest.map { "did you mean @\($0)?" } ?? "write \\@\(item.key) where no work is meant")
    return nil
  }

  private func link(to work: Work, text: String) -> HTML {
    "<a class=\"citation\" href=\"#\(URLs.fragment(Citations.id(of: work.key)))\">\(text)</a>"
  }

  // MARK: The list

  /// The id of the list's heading, which no heading of the chapter's may have.
  var referencesID: String {
    ["references", "works-cited"].first { !numbering.ids.contains($0) } ?? "references.list"
  }

  /// The works that the chapter cites, at its end.
  mutating func renderReferenceList() {
    guard !citations.works.isEmpty else { return }
    let works = citations.works.map { work in
      WorkContext(
        workID: claimed(Citations.id(of: work.key)),
        entry: html(of: citations.style.entry(of: work, suffix: citations.suffixes[work.key] ?? "")))
    }
    startLine()
    output += theme.templates.render(
      "references",
      ReferencesContext(headingID: referencesID, heading: wording.references, works: works))
  }

  private mutating func html(of runs: [CitationStyle.Run]) -> HTML {
    var result = HTML()
    for run in runs {
      switch run {
      case .text(let text): result += withFormulas(text)
      case .emphasis(let text): result += "<em>\(withFormulas(text))</em>"
      case .link(let address):
        // What a file of works says is no more to be trusted than what a chapter says.
        if case .web = URLs.kind(of: address) {
          result += "<a href=\"\(URLs.escaped(address))\">\(address)</a>"
        } else {
          result += HTML(address)
        }
      }
    }
    return result
  }

  /// A title's text, in which what stands between dollars is set as a formula, if it is one.
  private mutating func withFormulas(_ text: String) -> HTML {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count > 1, parts.count % 2 == 1 else { return HTML(text) }
    var result = HTML()
    for (index, part) in parts.enumerated() {
      if index % 2 == 1,
        let formula = try? setFormula(String(part), isDisplayed: false)
      {
        result += formula
      } else {
        result += HTML(part)
      }
    }
    return result
  }
}

extension [Inline] {
  /// Whether these say where in a work: ", p. 3", "chap. 2", "第 3 页".
  fileprivate var saysPlace: Bool {
    let text = plainText
    return text.firstMatch(
      of:
        /^[,，]|^(pp?|chap|ch|sec|fig|eq|vol|no|col|fol|para|art|bk|ex)s?\.|^(page|chapter|section)s?\b|^[§¶\d第]/
    )
      != nil
  }

  fileprivate var withoutComma: [Inline] {
    guard case .text(let text)? = first, let mark = text.first, ",，".contains(mark) else { return self }
    return [.text(String(text.dropFirst().drop(while: \.isWhitespace)))] + dropFirst()
  }
}
