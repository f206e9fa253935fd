extension Element {
  static let void: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
  ]

  /// The whole page.
  package var page: String { "<!DOCTYPE html>\n" + html + "\n" }

  /// The element as HTML.
  package var html: String {
    var result = ""
    writeHTML(to: &result)
    return result
  }

  private func writeHTML(to result: inout String) {
    result += "<" + name
    for (name, value) in attributes {
      result += value.isEmpty ? " \(name)" : " \(name)=\"\(Markup.escaped(value))\""
    }
    if namespace != .html, children.isEmpty {
      result += "/>"
      return
    }
    result += ">"
    if namespace == .html, Self.void.contains(name) { return }
    let isRaw = namespace == .html && (name == "script" || name == "style")
    // A parser drops the first line's end of these.
    if name == "pre" || name == "textarea", case .text(let text)? = children.first, text.hasPrefix("\n") {
      result += "\n"
    }
    for child in children {
      switch child {
      case .element(let element): element.writeHTML(to: &result)
      case .text(let text): result += isRaw ? text : Markup.escaped(text, isAttribute: false)
      }
    }
    result += "</\(name)>"
  }
}

/// Escaping that HTML and XML have in common.
enum Markup {
  static func escaped(_ text: String, isAttribute: Bool = true) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): result += "&amp;".utf8
      case UInt8(ascii: "<"): result += "&lt;".utf8
      case UInt8(ascii: ">"): result += "&gt;".utf8
      case UInt8(ascii: "\"") where isAttribute: result += "&quot;".utf8
      default: result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
