import Diagnostics
import Foundation
import Weaving

/// A book of one language as EPUB 3.
///
/// The same book gives the same bytes: nothing in it tells when or where it was made.
package struct EPUBBook {
  let book: HandoutBook
  let site: HandoutSite
  /// The theme's stylesheet for reading devices, which know less of CSS than browsers do.
  let stylesheet: String
  /// Seconds since 1970; `SOURCE_DATE_EPOCH`, where somebody says it.
  let date: Int?

  package init(_ book: HandoutBook, site: HandoutSite, stylesheet: String, date: Int? = nil) {
    self.book = book
    self.site = site
    self.stylesheet = stylesheet
    self.date = date
  }

  /// The file.
  /// - Throws: `Diagnostic` for a page that cannot be read, and where the archive cannot be made.
  package func data() throws(Diagnostic) -> Data {
    var archive = ZIPArchive()
    // By this file, the first and uncompressed, systems know what they have before them.
    archive.add("mimetype", Data("application/epub+zip".utf8), isCompressed: false)
    for file in try files() { archive.add(file.path, file.data) }
    do {
      return try archive.data()
    } catch {
      throw Diagnostic(
        .error, file: "\(book.title).epub", message: "the archive cannot be made: \(error.reason)")
    }
  }

  /// The files in it, but for the one that names the format.
  package func files() throws(Diagnostic) -> [(path: String, data: Data)] {
    var roots: [Element] = []
    for page in book.pages { roots.append(try HTMLReading.page(page.html, file: page.path)) }
    let ids = zip(book.pages, roots).map { page, root in
      (page.path, Set(root.all { $0["id"] != nil }.compactMap { $0["id"] }))
    }
    let places = Dictionary(ids) { first, _ in first }
    let documents = zip(book.pages, roots).map { page, root in
      ContentDocument(page, root, of: book, places: places, site: site)
    }
    var pictures: [String: Data] = [:]
    for document in documents { pictures.merge(document.pictures) { first, _ in first } }
    let package = PackageDocument(
      book: book, documents: documents, pictures: pictures.keys.sorted(), date: date)
    return [
      ("META-INF/container.xml", PackageDocument.container), ("EPUB/package.opf", package.text),
      ("EPUB/nav.xhtml", Navigation(book: book, documents: documents).text),
      ("EPUB/title.xhtml", TitlePage(book: book).text),
      ("EPUB/style.css", Data((stylesheet + "\n" + DrawingStyles(site).text + "\n").utf8)),
    ] + documents.map { ("EPUB/" + $0.path, $0.text) }
      + pictures.sorted { $0.key < $1.key }.map { ("EPUB/" + $0.key, $0.value) }
  }
}

/// An XHTML document with the book's stylesheet.
enum XHTMLDocument {
  static func text(title: String, language: String, path: String, body: [Element.Node]) -> Data {
    let stylesheet = URLs.relative("style.css", from: path)
    let head = Element(
      "head",
      children: [
        .element(Element("meta", [("charset", "utf-8")])),
        .element(Element("title", children: [.text(title)])),
        .element(Element("link", [("rel", "stylesheet"), ("type", "text/css"), ("href", stylesheet)])),
      ])
    let html = Element(
      "html", [("xmlns:epub", "http://www.idpf.org/2007/ops"), ("lang", language), ("xml:lang", language)],
      children: [.element(head), .element(Element("body", children: body))])
    return Data("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\(html.xml())\n".utf8)
  }
}

/// The book's title, its author, what it is about.
struct TitlePage {
  let book: HandoutBook

  var text: Data {
    var content: [Element.Node] = [.element(Element("h1", children: [.text(book.title)]))]
    for (name, text) in [("byline", book.author), ("subtitle", book.description)] {
      if let text { content.append(.element(Element("p", [("class", name)], children: [.text(text)]))) }
    }
    let section = Element("section", [("epub:type", "titlepage"), ("class", "titlepage")], children: content)
    return XHTMLDocument.text(
      title: book.title, language: book.language, path: "title.xhtml", body: [.element(section)])
  }
}
