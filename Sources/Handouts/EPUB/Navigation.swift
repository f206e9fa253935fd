import Foundation
import Weaving

/// `nav.xhtml`: the chapters with their sections.
struct Navigation {
  let book: HandoutBook
  let documents: [ContentDocument]

  var text: Data {
    let isChinese = book.language == "zh" || book.language.hasPrefix("zh-")
    let contents = isChinese ? "目录" : "Contents"
    let chapters = documents.map { document -> Element in
      let sections = document.sections.map { section in
        item(section.title, document.path + "#", fragment: section.id)
      }
      let list = sections.isEmpty ? [] : [Element.Node.element(list(sections))]
      let chapter = item(document.title, document.path)
      chapter.children += list
      return chapter
    }
    let nav = Element(
      "nav", [("epub:type", "toc"), ("id", "toc"), ("role", "doc-toc"), ("aria-label", contents)],
      children: [.element(Element("h1", children: [.text(contents)])), .element(list(chapters))])
    return XHTMLDocument.text(
      title: contents, language: book.language, path: "nav.xhtml", body: [.element(nav)])
  }

  private func list(_ items: [Element]) -> Element { Element("ol", children: items.map { .element($0) }) }

  private func item(_ title: String, _ path: String, fragment: String? = nil) -> Element {
    let file = path.split(separator: "#").first.map(String.init) ?? path
    let href = URLs.path(file, from: "") + (fragment.map { "#" + URLs.fragment($0) } ?? "")
    let text = title.isEmpty ? "…" : title
    return Element("li", children: [.element(Element("a", [("href", href)], children: [.text(text)]))])
  }
}
