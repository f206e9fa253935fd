import Diagnostics
import Foundation
import Weaving

/// Makes a page of a site one file that needs no other: stylesheets, scripts, pictures and fonts stand in it, and it asks
/// nobody for anything. Links between pages lead to the files of the same names beside it.
package struct StandalonePage {
  let site: HandoutSite
  /// The page's place in the output folder.
  let path: String
  private let root: Element

  /// - Throws: `Diagnostic` for a page that cannot be read.
  package init(_ html: String, at path: String, in site: HandoutSite) throws(Diagnostic) {
    self.init(try HTMLReading.page(html, file: path), at: path, in: site)
  }

  /// - Parameter root: the page's `html` element, which is changed.
  init(_ root: Element, at path: String, in site: HandoutSite) {
    self.site = site
    self.path = path
    self.root = root
  }

  /// - Throws: `Diagnostic` where a font of its formulas is not there.
  package func html() throws(Diagnostic) -> String {
    leaveOutSite()
    embedPictures()
    let sheets = stylesheets()
    let scripts = embedScripts()
    let formulas = MathCompaction(root, others: sheets.map(\.text) + scripts)
    for sheet in sheets {
      let text = if let fonts = sheet.fonts { try formulas.stylesheet(fonts: fonts) } else { sheet.text }
      sheet.element.name = "style"
      sheet.element.attributes = sheet.element["media"].map { [("media", $0)] } ?? []
      sheet.element.children = [.text(text.replacing("</style", with: "<\\/style"))]
    }
    setPolicy()
    return root.page
  }

  /// What makes sense only among the files of a site: its elements say so by `data-site`.
  private func leaveOutSite() {
    root.replaceDescendants { element in
      let isFetched =
        element.name == "link" && element.relations.contains { Self.fetchedRelations.contains($0) }
      return isFetched || element["data-site"] != nil ? [] : nil
    }
  }

  private static let fetchedRelations: Set<Substring> = [
    "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "manifest",
  ]

  /// The files of the site that the page leads to.
  package var linkedFiles: [String] {
    root.all { $0.name == "a" }.compactMap { site.resource($0["href"] ?? "", from: path)?.path }
  }

  // MARK: Files

  private func embedPictures() {
    root.walk { element in
      for name in ["src", "poster", "href", "xlink:href"] {
        guard let reference = element[name], !reference.hasPrefix("data:"), !reference.hasPrefix("#") else {
          continue
        }
        let isPicture =
          switch element.name {
          case "img", "source", "video", "audio", "input": name != "href"
          case "image", "feImage": true
          case "link": element.relations.contains("icon")
          default: false
          }
        guard isPicture else { continue }
        let file = site.resource(reference, from: path)
        element[name] = file.map { DataURL.of($0.data, named: $0.path) } ?? "data:,"
      }
      // What would be fetched instead of `src`.
      if element.name == "img" || element.name == "source" { element["srcset"] = nil }
      return true
    }
  }

  private struct Sheet {
    var element: Element
    var text: String
    /// Of KaTeX's stylesheet, which is made anew for the page's own formulas and has no text.
    var fonts: MathFonts?
  }

  private func stylesheets() -> [Sheet] {
    let links = root.all { $0.name == "link" && $0.relations.contains("stylesheet") }
    return links.map { link in
      guard let file = site.resource(link["href"] ?? "", from: path) else {
        return Sheet(element: link, text: "")
      }
      if let fonts = site.mathFonts, file.path.hasSuffix("katex.min.css") {
        return Sheet(element: link, text: "", fonts: fonts)
      }
      let sheet = Stylesheet(String(decoding: file.data, as: UTF8.self))
      return Sheet(element: link, text: sheet.embeddingFiles(of: site, at: file.path))
    }
  }

  /// - Returns: the scripts' texts.
  private func embedScripts() -> [String] {
    var deferred: [Element.Node] = []
    root.replaceDescendants { element in
      guard element.name == "script", let source = element["src"] else { return nil }
      guard let file = site.resource(source, from: path) else { return [] }
      let text = String(decoding: file.data, as: UTF8.self)
      let script = Element(
        "script",
        children: [.text(text.replacing("</script", with: "<\\/script").replacing("<!--", with: "<\\!--"))])
      guard element["defer"] != nil else { return [.element(script)] }
      // A script within the page cannot be told to wait for the page's end, but can stand there.
      deferred.append(.element(script))
      return []
    }
    root.first(named: "body")?.children += deferred
    return root.all { $0.name == "script" }.map(\.text)
  }

  // MARK: Policy

  /// Nothing but what stands in the page, and of scripts and styles only these.
  private func setPolicy() {
    func hashes(_ name: String) -> String {
      let texts = root.all { $0.name == name && $0.namespace == .html }.map(\.text)
      return texts.isEmpty ? "'none'" : Set(texts.map(ContentPolicy.hash)).sorted().joined(separator: " ")
    }
    let policy = [
      "default-src 'none'", "base-uri 'none'", "form-action 'none'", "img-src data:", "media-src data:",
      "font-src data:", "style-src-elem \(hashes("style"))", "style-src-attr 'unsafe-inline'",
      "script-src \(hashes("script"))",
    ].joined(separator: "; ")
    let isPolicy = { (element: Element) in
      element.name == "meta" && element["http-equiv"]?.lowercased() == "content-security-policy"
    }
    root.replaceDescendants { isPolicy($0) ? [] : nil }
    let meta = Element("meta", [("http-equiv", "Content-Security-Policy"), ("content", policy)])
    // After the encoding, which must come first, and before all that it is about.
    guard let head = root.first(named: "head") else { return }
    let encoding = head.children.firstIndex { node in
      if case .element(let element) = node { return element["charset"] != nil }
      return false
    }
    head.children.insert(.element(meta), at: encoding.map { $0 + 1 } ?? 0)
  }
}

extension Element {
  /// What a link says that its target is to the page.
  fileprivate var relations: [Substring] { (self["rel"] ?? "").lowercased().split(separator: " ") }
}
