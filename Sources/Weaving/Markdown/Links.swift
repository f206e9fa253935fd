import Chapters
import Diagnostics
import Foundation

extension ChapterRenderer {
  /// Where a link leads, or `nil` where it must lead nowhere.
  mutating func href(of link: Link) -> String? {
    switch URLs.kind(of: link.destination) {
    case .fragment(let id):
      if isDecorated, !id.isEmpty, !numbering.ids.contains(id.removingPercentEncoding ?? id) {
        let nearest = numbering.ids.sorted().closest(to: id)
        report(
          .error, "this page has no place ‘#\(id)’", at: link.position,
          hint: nearest.map { "did you mean #\($0)?" })
      }
      return link.destination
    case .web:
      return link.destination
    case .relative(let path, let rest):
      if path.hasSuffix(".md") { return chapterHref(path, rest: rest, of: link) }
      if let file = resources.files[link.destination] { return URLs.path(file.path, from: pagePath) + rest }
      if path.hasSuffix(".html"), isDecorated { checkPage(path, rest: rest, of: link) }
      return link.destination
    case .forbidden(let scheme):
      report(
        .warning, "a link to ‘\(scheme):’ is left out", at: link.position,
        hint: "pages link by http, https, mailto, or to files of the book")
      return nil
    }
  }

  /// A link to another chapter's Markdown becomes one to its page.
  private mutating func chapterHref(_ path: String, rest: String, of link: Link) -> String? {
    let target = URLs.resolved(path.removingPercentEncoding ?? path, against: chapter.path)
    if let page = site.pages.first(where: { $0.chapterPath == target }) {
      checkPlace(rest, on: page, of: link)
      return URLs.path(page.path, from: pagePath) + rest
    }
    guard isDecorated else { return link.destination }
    let nearest = site.pages.map(\.chapterPath).closest(to: target)
    report(
      .error, "there is no chapter ‘\(target)’", at: link.position,
      hint: nearest.map { "did you mean \($0)?" })
    return nil
  }

  /// A link to a page as it will be called: better than that is one to the chapter, but it holds, too.
  private mutating func checkPage(_ path: String, rest: String, of link: Link) {
    let target = URLs.resolved(path.removingPercentEncoding ?? path, against: pagePath)
    if let page = site.pages.first(where: { $0.path == target }) {
      checkPlace(rest, on: page, of: link)
    } else if target != "index.html" {
      let nearest = site.pages.first { [$0.path].closest(to: target) != nil }
      report(
        .error, "there is no page ‘\(target)’", at: link.position,
        hint: nearest.map { "did you mean the chapter \($0.chapterPath)?" })
    }
  }

  /// Whether the place that a link names is on the page of another chapter.
  private mutating func checkPlace(_ rest: String, on page: Site.Page, of link: Link) {
    guard let numbering = site.index.numbering(of: page.chapterPath), let mark = rest.firstIndex(of: "#")
    else { return }
    let id = String(rest[mark...].dropFirst())
    let decoded = id.removingPercentEncoding ?? id
    guard !id.isEmpty, !numbering.ids.contains(decoded) else { return }
    report(
      .error, "the chapter ‘\(page.chapterPath)’ has no place ‘#\(decoded)’", at: link.position,
      hint: numbering.ids.sorted().closest(to: decoded).map { "did you mean #\($0)?" })
  }
}
