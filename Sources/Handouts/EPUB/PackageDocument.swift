import Foundation
import Weaving

/// `package.opf`: what the book is called, which files it has, in which order they are read.
struct PackageDocument {
  let book: HandoutBook
  let documents: [ContentDocument]
  let pictures: [String]
  let date: Int?

  static let container: Data = {
    let file = Element(
      "rootfile", namespace: .ocf,
      [("full-path", "EPUB/package.opf"), ("media-type", "application/oebps-package+xml")])
    let files = Element("rootfiles", namespace: .ocf, children: [.element(file)])
    return xml(Element("container", namespace: .ocf, [("version", "1.0")], children: [.element(files)]))
  }()

  var text: Data {
    let items =
      [
        item("nav", "nav.xhtml", properties: "nav"), item("title", "title.xhtml"), item("style", "style.css"),
      ]
      + documents.enumerated().map { index, document in
        let properties = (document.hasMath ? ["mathml"] : []) + (document.hasDrawings ? ["svg"] : [])
        return item("chapter-\(index + 1)", document.path, properties: properties.joined(separator: " "))
      } + pictures.enumerated().map { item("picture-\($0 + 1)", $1) }
    let spine =
      ["title", "nav"].map { ($0, $0 == "title") } + documents.indices.map { ("chapter-\($0 + 1)", true) }
    return Self.xml(
      Element(
        "package", namespace: .opf,
        [("version", "3.0"), ("unique-identifier", "identifier"), ("xml:lang", book.language)],
        children: [
          .element(metadata),
          .element(Element("manifest", namespace: .opf, children: items.map { .element($0) })),
          .element(
            Element(
              "spine", namespace: .opf,
              children: spine.map { id, isLinear in
                .element(
                  Element("itemref", namespace: .opf, [("idref", id)] + (isLinear ? [] : [("linear", "no")])))
              })),
        ]))
  }

  static func isPicture(_ path: String) -> Bool { DataURL.suffixes[DataURL.mediaType(of: path)] != nil }

  private func item(_ id: String, _ path: String, properties: String = "") -> Element {
    let href = URLs.path(path, from: "")
    return Element(
      "item", namespace: .opf,
      [("id", id), ("href", href), ("media-type", DataURL.mediaType(of: path))]
        + (properties.isEmpty ? [] : [("properties", properties)]))
  }

  private var metadata: Element {
    var entries = [
      entry("dc:identifier", identifier, id: "identifier"), entry("dc:title", book.title),
      entry("dc:language", book.language),
    ]
    if let author = book.author { entries.append(entry("dc:creator", author)) }
    if let description = book.description { entries.append(entry("dc:description", description)) }
    entries.append(property("dcterms:modified", modified))
    for (name, value) in Self.accessibility { entries.append(property("schema:" + name, value)) }
    return Element(
      "metadata", namespace: .opf, [("xmlns:dc", "http://purl.org/dc/elements/1.1/")],
      children: entries.map { .element($0) })
  }

  private static let accessibility = [
    ("accessMode", "textual"), ("accessMode", "visual"), ("accessModeSufficient", "textual"),
    ("accessibilityFeature", "alternativeText"), ("accessibilityFeature", "MathML"),
    ("accessibilityFeature", "structuralNavigation"), ("accessibilityFeature", "tableOfContents"),
    ("accessibilityHazard", "none"),
    ("accessibilitySummary", "Figures have alternative texts and their data, formulas are MathML."),
  ]

  private func entry(_ name: String, _ text: String, id: String? = nil) -> Element {
    Element(name, namespace: .opf, id.map { [("id", $0)] } ?? [], children: [.text(text)])
  }

  private func property(_ name: String, _ value: String) -> Element {
    Element("meta", namespace: .opf, [("property", name)], children: [.text(value)])
  }

  /// The same for each build of the same book, and different for another book or language: made from what it is called.
  private var identifier: String {
    let name = [book.title, book.author ?? "", book.language].joined(separator: "\u{1F}")
    var bytes = Array(SHA256.digest(Array(name.utf8)).prefix(16))
    // A UUID of version 8, which leaves it to its maker what it is made from (RFC 9562).
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    let hex = bytes.map { String(UInt16($0) + 256, radix: 16).dropFirst() }.joined()
    var parts: [Substring] = []
    var rest = hex[...]
    for length in [8, 4, 4, 4, 12] {
      parts.append(rest.prefix(length))
      rest = rest.dropFirst(length)
    }
    return "urn:uuid:" + parts.joined(separator: "-")
  }

  /// When the book was last changed, as far as it says so itself: the latest of its chapters' dates. EPUB asks for a
  /// date, and the clock's would make each build another file.
  private var modified: String {
    let dates = book.pages.compactMap { page in
      page.chapter.frontMatter.date.flatMap {
        try? Date.ISO8601FormatStyle.iso8601.year().month().day().parse($0)
      }
    }
    let date = self.date.map { Date(timeIntervalSince1970: Double($0)) } ?? dates.max()
    return (date ?? Date(timeIntervalSince1970: 946_684_800)).formatted(.iso8601)
  }

  private static func xml(_ root: Element) -> Data {
    Data("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\(root.xml())\n".utf8)
  }
}
