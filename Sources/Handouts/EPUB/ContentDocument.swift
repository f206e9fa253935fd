import Diagnostics
import Foundation
import Weaving

/// A chapter's page as a document of an EPUB: its text alone, as XML, with what reading devices cannot do put into what
/// they can. Formulas are MathML, notes are notes, every frame of a figure is shown, and all pictures are files.
struct ContentDocument {
  /// Within the book's folder: `en/11-training.xhtml`.
  let path: String
  let title: String
  let text: Data
  /// Files by path within the book's folder.
  private(set) var pictures: [String: Data] = [:]
  /// The uppermost headings below the title.
  let sections: [(id: String, title: String)]
  let hasMath: Bool
  let hasDrawings: Bool

  /// - Parameters:
  ///   - root: the page, which is changed.
  ///   - places: the ids of each page of the book, by its path.
  init(
    _ page: HandoutPage, _ root: Element, of book: HandoutBook, places: [String: Set<String>],
    site: HandoutSite
  ) {
    path = Self.path(of: page.path)
    title = page.title
    let article = root.first(named: "article") ?? root.first(named: "main") ?? root
    let references = References(page: page.path, places: places)
    var pictures: [String: Data] = [:]
    article.gatherMarginNotes()
    article.replaceDescendants { Self.replacement(for: $0) }
    article.walk { element in
      Self.simplify(element)
      references.rewrite(element)
      Self.storePicture(element, of: page, path: Self.path(of: page.path), site: site, in: &pictures)
      return true
    }
    self.pictures = pictures
    hasMath = article.first(named: "math") != nil
    hasDrawings = article.first { $0.name == "svg" } != nil
    let headings = article.all {
      $0.name.count == 2 && $0.name.hasPrefix("h") && $0.name != "h1" && $0["id"] != nil
    }
    let top = headings.map(\.name).min()
    sections = headings.filter { $0.name == top }.map { ($0["id"] ?? "", $0.plainText) }
    let section = Element(
      "section", [("epub:type", "chapter"), ("role", "doc-chapter")], children: article.children)
    text = XHTMLDocument.text(
      title: page.title, language: book.language, path: path, body: [.element(section)])
  }

  static func path(of page: String) -> String { page.replacing(#/\.html$/#, with: "") + ".xhtml" }

  // MARK: What devices can do

  /// What stands in the place of an element; `nil` where it stays.
  private static func replacement(for element: Element) -> [Element.Node]? {
    if element["data-site"] != nil { return [] }
    switch element.name {
    case "script", "style", "link", "nav", "template": return []
    // A link to a heading, from the heading.
    case "a" where element.hasClass("anchor"): return []
    case "button":
      guard let note = element["popovertarget"] else { return [] }
      let link = Element(
        "a", [("epub:type", "noteref"), ("role", "doc-noteref"), ("href", "#" + note)],
        children: element.children)
      return [.element(link)]
    case "input":
      guard element["type"] == "checkbox" else { return [] }
      return [.text(element["checked"] == nil ? "☐" : "☑")]
    case "span" where element.hasClass("katex"):
      guard let math = element.first(named: "math") else { return nil }
      return [.element(withoutSource(math))]
    case "select", "textarea", "output": return []
    case "label":
      element.replaceDescendants(replacement)
      return [.element(Element("span", children: element.children))]
    default: return nil
    }
  }

  /// KaTeX's MathML with the TeX as its alternative text; devices that know no `annotation` would show it.
  private static func withoutSource(_ math: Element) -> Element {
    // A name, which the EPUB standard's MathML does not know.
    math["aria-label"] = nil
    guard let semantics = math.elements.first(where: { $0.name == "semantics" }) else { return math }
    math["alttext"] = semantics.elements.first { $0.name == "annotation" }?.text
    math.children = semantics.elements.filter { $0.name != "annotation" }.map { .element($0) }
    return math
  }

  private static func simplify(_ element: Element) {
    if element["popover"] != nil {
      element.name = "aside"
      element["epub:type"] = "footnote"
      element["role"] = "doc-footnote"
    }
    element.attributes.removeAll { name, _ in
      name.hasPrefix("data-") || ["tabindex", "popover", "popovertarget", "for", "inert"].contains(name)
    }
  }

  // MARK: Pictures

  private static func storePicture(
    _ element: Element, of page: HandoutPage, path: String, site: HandoutSite,
    in pictures: inout [String: Data]
  ) {
    guard element.name == "img" || element.name == "image" else { return }
    element["srcset"] = nil
    for name in ["src", "href", "xlink:href"] {
      guard let reference = element[name] else { continue }
      if let (data, type) = DataURL.read(reference), let suffix = DataURL.suffixes[type] {
        let digest = SHA256.digest([UInt8](data)).prefix(8).map {
          String(UInt16($0) + 256, radix: 16).dropFirst()
        }.joined()
        let file = "pictures/\(digest).\(suffix)"
        pictures[file] = data
        element[name] = URLs.path(file, from: path)
      } else if let file = site.resource(reference, from: page.path), PackageDocument.isPicture(file.path) {
        pictures[file.path] = file.data
        element[name] = URLs.path(file.path, from: path)
      } else {
        element[name] = nil
      }
    }
  }
}

extension Element {
  /// The text without its form, on one line; of formulas, their source.
  var plainText: String {
    func text(_ node: Node) -> String {
      switch node {
      case .text(let text): text
      case .element(let element): element["alttext"] ?? element.children.map(text).joined()
      }
    }
    return children.map(text).joined().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

extension DataURL {
  static let suffixes = [
    "image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/svg+xml": "svg", "image/webp": "webp",
  ]

  /// What a data URL of base64 holds.
  static func read(_ url: String) -> (data: Data, type: String)? {
    guard let match = url.prefixMatch(of: #/data:([\w+.\-\/]+);base64,/#),
      let data = Data(base64Encoded: String(url[match.range.upperBound...]))
    else { return nil }
    return (data, String(match.1).lowercased())
  }
}
