import Chapters
import Diagnostics
import Foundation

extension ChapterRenderer {
  /// Where a link leads, or `nil` where it must lead nowhere.
  mutating func href(of link: Link) -> String? {
    switch URLs.kind(of: link.destination) {
    case .fragment(let id):
      if isDecorated, !id.isEmpty, !numbering.ids.contains(id) {
        let nearest = numbering.ids.sorted().closest(to: id)
        report(
          .error, "this page has no place ‘#\(id)’", at: link.position,
          hint: nearest.map { "did you mean #\($0)?" })
      }
      return link.destination
    case .web:
      return link.destination
    case .relative(let path, let rest):
      return path.hasSuffix(".md") ? chapterHref(path, rest: rest, of: link) : link.destination
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
      return URLs.path(page.path, from: pagePath) + rest
    }
    guard isDecorated else { return link.destination }
    let nearest = site.pages.map(\.chapterPath).closest(to: target)
    report(
      .error, "there is no chapter ‘\(target)’", at: link.position,
      hint: nearest.map { "did you mean \($0)?" })
    return nil
  }

  /// Where a picture lies; pictures of other sites are not loaded.
  mutating func source(of image: Image) -> String? {
    switch URLs.kind(of: image.source) {
    case .relative, .fragment: return image.source
    case .forbidden("data") where image.source.lowercased().hasPrefix("data:image/"): return image.source
    case .web where !isDecorated: return image.source
    case .web:
      report(
        .warning, "a picture of another site is not loaded, so that the page asks nobody for anything",
        at: image.position, hint: "copy the picture into the book's folder")
    case .forbidden(let scheme):
      report(.warning, "a picture by ‘\(scheme):’ is left out", at: image.position)
    }
    return nil
  }
}
