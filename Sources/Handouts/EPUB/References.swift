import Weaving

/// Puts ids and links into the form that EPUB allows: ids are XML's, and links lead to documents of the book or to the
/// web.
struct References {
  /// The page's path in the site.
  let page: String
  /// The ids of each page of the book, by its path.
  let places: [String: Set<String>]

  private static let idReferences: Set<String> = [
    "aria-labelledby", "aria-describedby", "aria-controls", "aria-details", "headers",
  ]

  func rewrite(_ element: Element) {
    for (index, attribute) in element.attributes.enumerated() {
      let value = attribute.value
      switch attribute.name {
      case "id": element.attributes[index].value = Self.id(value)
      case let name where Self.idReferences.contains(name):
        element.attributes[index].value = value.split(separator: " ").map { Self.id(String($0)) }.joined(
          separator: " ")
      case "href" where element.name == "use", "xlink:href" where element.name == "use":
        if value.hasPrefix("#") { element.attributes[index].value = "#" + Self.id(String(value.dropFirst())) }
      case let name where element.namespace == .svg && value.hasPrefix("url(#") && name != "style":
        element.attributes[index].value = "url(#\(Self.id(String(value.dropFirst(5).dropLast()))))"
      default: break
      }
    }
    guard element.name == "a", let href = element["href"] else { return }
    element["href"] = target(href)
    for name in ["hreflang", "rel", "target", "download"] { element[name] = nil }
    if element["href"] == nil {
      element.name = "span"
    }
  }

  /// Where a link leads within the book; `nil` where it leads to what the book does not hold.
  private func target(_ href: String) -> String? {
    switch URLs.kind(of: href) {
    case .web: return href
    case .forbidden: return nil
    case .fragment(let id):
      return places[page]?.contains(id.removingPercentEncoding ?? id) == true ? "#" + Self.fragment(id) : nil
    case .relative(let path, let rest):
      let target = URLs.resolved(path.removingPercentEncoding ?? path, against: page)
      guard let ids = places[target] else { return nil }
      let document = URLs.path(ContentDocument.path(of: target), from: ContentDocument.path(of: page))
      guard let start = rest.firstIndex(of: "#") else { return document }
      let id = String(rest[rest.index(after: start)...])
      // A place that is not there is an error to readers of EPUB; browsers go to the page's top.
      return ids.contains(id.removingPercentEncoding ?? id) ? "\(document)#\(Self.fragment(id))" : document
    }
  }

  private static func fragment(_ text: String) -> String {
    URLs.fragment(id(text.removingPercentEncoding ?? text))
  }

  /// The id as XML's names allow it: what they don't is spelled out.
  static func id(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      let isLetter =
        scalar.properties.isAlphabetic && scalar.value != 0xAA && scalar.value != 0xBA || scalar == "_"
      let isMark = "0"..."9" ~= scalar || scalar == "-" || scalar == "."
      if isLetter || isMark && !result.isEmpty {
        result.unicodeScalars.append(scalar)
      } else {
        result += "_\(String(scalar.value, radix: 16))_"
      }
    }
    return result.isEmpty ? "_" : result
  }
}
