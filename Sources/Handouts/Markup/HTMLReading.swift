import CGumbo
import Diagnostics

/// Reads pages as browsers read them, by Gumbo. This is the only file that knows it.
package enum HTMLReading {
  /// Elements within elements beyond which a page is refused; the tree is gone through by recursion.
  static let maximumDepth = 1000

  /// The `html` element of a page.
  /// - Throws: `Diagnostic` for a page that is nested too deep.
  package static func page(_ html: String, file: String) throws(Diagnostic) -> Element {
    guard depth(of: html) <= maximumDepth else {
      throw Diagnostic(
        .error, file: file, message: "the page has more than \(maximumDepth) elements within each other",
        hint: "Raw HTML that is never closed nests like this.")
    }
    var html = html
    return html.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        guard let output = lectern_gumbo_parse(characters.baseAddress, characters.count) else {
          return Element("html")
        }
        defer { lectern_gumbo_free(output) }
        return copy(output.pointee.root.pointee.v.element)
      }
    }
  }

  /// The elements of a piece of a page.
  package static func fragment(_ html: String, file: String) throws(Diagnostic) -> Element {
    try page("<!DOCTYPE html><html><body>\(html)", file: file).first(named: "body") ?? Element("body")
  }

  /// How deep tags stand within each other, at most: what is never closed counts until the end.
  private static func depth(of html: String) -> Int {
    var depth = 0
    var deepest = 0
    for tag in html.utf8.split(separator: UInt8(ascii: "<")).dropFirst() {
      if tag.first == UInt8(ascii: "/") {
        depth = max(0, depth - 1)
      } else if let first = tag.first, UInt8(ascii: "a")...UInt8(ascii: "z") ~= first | 0x20 {
        let end = tag.firstIndex(of: UInt8(ascii: ">")) ?? tag.endIndex
        let isClosed = tag[..<end].last == UInt8(ascii: "/")
        let name = Substring(tag.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: ">") })
        if !isClosed, !Element.void.contains(name.lowercased()) { depth += 1 }
        deepest = max(deepest, depth)
      }
    }
    return deepest
  }

  private static func copy(_ element: GumboElement) -> Element {
    let namespace: Element.Namespace =
      switch element.tag_namespace {
      case GUMBO_NAMESPACE_SVG: .svg
      case GUMBO_NAMESPACE_MATHML: .mathML
      default: .html
      }
    let result = Element(name(of: element, in: namespace), namespace: namespace)
    result.attributes = pointers(element.attributes).map { pointer in
      let attribute = pointer.assumingMemoryBound(to: GumboAttribute.self).pointee
      let prefix =
        switch attribute.attr_namespace {
        case GUMBO_ATTR_NAMESPACE_XLINK: "xlink:"
        case GUMBO_ATTR_NAMESPACE_XML: "xml:"
        default: ""
        }
      return (prefix + String(cString: attribute.name), String(cString: attribute.value))
    }
    result.children = pointers(element.children).compactMap { pointer in
      let node = pointer.assumingMemoryBound(to: GumboNode.self).pointee
      switch node.type {
      case GUMBO_NODE_ELEMENT, GUMBO_NODE_TEMPLATE: return .element(copy(node.v.element))
      case GUMBO_NODE_TEXT, GUMBO_NODE_CDATA, GUMBO_NODE_WHITESPACE:
        return .text(String(cString: node.v.text.text))
      default: return nil
      }
    }
    return result
  }

  /// Elements that Gumbo has no number for are named by the text of their tag, SVG's in their own spelling.
  private static func name(of element: GumboElement, in namespace: Element.Namespace) -> String {
    var piece = element.original_tag
    if piece.length > 0 { gumbo_tag_from_original_text(&piece) }
    if namespace == .svg, let name = gumbo_normalize_svg_tagname(&piece) { return String(cString: name) }
    if element.tag != GUMBO_TAG_UNKNOWN { return String(cString: gumbo_normalized_tagname(element.tag)) }
    let bytes = UnsafeRawBufferPointer(start: piece.data, count: piece.length)
    let name = String(decoding: bytes, as: UTF8.self)
    return namespace == .html ? name.lowercased() : name
  }

  private static func pointers(_ vector: GumboVector) -> [UnsafeMutableRawPointer] {
    (0..<Int(vector.length)).compactMap { vector.data[$0] }
  }
}
