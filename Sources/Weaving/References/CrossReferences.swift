import Chapters
import Diagnostics

extension ChapterRenderer {
  /// Where a label leads to.
  struct Destination {
    var target: Numbering.Target
    var href: String
    /// What the target is called, for a reader who has not turned to its page yet; `nil` for this page's own.
    var preview: String?
  }

  /// `@fig-train` in running text: a link that says "Figure 5.3".
  mutating func inline(_ reference: Reference) -> HTML {
    guard let place = destination(of: reference.label, at: reference.position) else {
      return unknown(reference.label)
    }
    return link(to: place, text: place.target.text(wording))
  }

  /// References in brackets: `[-@fig-a]` says "5.3", `[Fig. @fig-a]` "Fig. 5.3", `[@fig-a; @fig-b]` "Figures 5.3
  /// and 5.4".
  mutating func references(_ items: [Citation.Item]) -> HTML {
    let places = items.map { destination(of: $0.key, at: $0.position) }
    let kinds = Set(places.map { $0?.target.kind })
    let isPlain = items.allSatisfy { $0.prefix.isEmpty && $0.suffix.isEmpty && !$0.isShort }
    let hasNumbers = places.allSatisfy { $0?.target.number != nil }
    let sharesName = items.count > 1 && kinds.count == 1 && isPlain && hasNumbers && !wording.isChinese
    var parts: [HTML] = []
    for (item, place) in zip(items, places) {
      guard let place else {
        parts.append(unknown(item.key))
        continue
      }
      let isShort = item.isShort || !item.prefix.isEmpty || sharesName
      let text = isShort ? place.target.shortText(wording) : place.target.text(wording)
      var part = HTML()
      if !item.prefix.isEmpty { part += inline(item.prefix) + "\u{A0}" }
      part += link(to: place, text: text, label: sharesName ? place.target.text(wording) : nil)
      if !item.suffix.isEmpty { part += spaced(item.suffix) }
      parts.append(part)
    }
    let list = wording.list(parts)
    guard sharesName, let kind = places.first??.target.kind else { return list }
    return "\(wording.plural(of: kind))\u{A0}\(list)"
  }

  /// The one thing in the book that has a label; this chapter's own come first.
  private mutating func destination(of label: String, at position: SourcePosition) -> Destination? {
    if let target = numbering.targets[label] {
      return Destination(target: target, href: "#" + URLs.fragment(target.id ?? "page.text"), preview: nil)
    }
    let language = site.language(of: chapter)
    let entries = site.index.entries(label, in: language)
    guard let entry = entries.first, entries.count == 1 else {
      reportLabel(label, entries, at: position)
      return nil
    }
    let fragment = entry.target.id.map { "#" + URLs.fragment($0) } ?? ""
    let title = entry.target.title.isEmpty ? "" : wording.captionSeparator + entry.target.title
    return Destination(
      target: entry.target, href: URLs.path(entry.page.path, from: pagePath) + fragment,
      preview: entry.target.kind == .chapter
        ? entry.page.title : "\(entry.target.text(wording))\(title) (\(entry.page.title))")
  }

  private mutating func reportLabel(
    _ label: String, _ entries: [BookIndex.Entry], at position: SourcePosition
  ) {
    guard entries.isEmpty else {
      let places = entries.map(\.page.chapterPath).sorted().joined(separator: ", ")
      report(
        .error, "the label ‘\(label)’ stands for several things", at: position,
        hint: "it is in \(places): give all but one of them another name")
      return
    }
    let known = Set(numbering.targets.keys).union(site.index.labels(in: site.language(of: chapter)))
    report(
      .error, "nothing is labelled ‘\(label)’", at: position,
      hint: known.sorted().closest(to: label).map { "did you mean @\($0)?" } ?? numbering.hint(for: label))
  }

  private func link(to place: Destination, text: String, label: String? = nil) -> HTML {
    """
    <a class="reference" href="\(place.href)"\(attribute: "aria-label", label)\
    \(attribute: "data-preview", place.preview)>\(text)</a>
    """
  }

  func unknown(_ label: String) -> HTML { "<span class=\"reference-error\">@\(label)</span>" }

  /// What stands behind a key, set off from it where it is not by itself.
  mutating func spaced(_ suffix: [Inline]) -> HTML {
    guard let first = suffix.plainText.first else { return HTML() }
    return (",.;:，。；：、)）".contains(first) ? HTML() : " ") + inline(suffix)
  }
}

extension Wording {
  /// "a, b and c", "a、b 和 c".
  func list(_ parts: [HTML]) -> HTML {
    guard let last = parts.last, parts.count > 1 else { return parts.first ?? HTML() }
    var list = parts[0]
    for part in parts.dropFirst().dropLast() { list += HTML(of(", ", "、")) + part }
    return list + HTML(of(" and ", "和")) + last
  }
}
