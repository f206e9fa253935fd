extension Element {
  /// The element as XML, with its namespace where `outer` is another.
  package func xml(within outer: Namespace? = nil) -> String {
    var result = ""
    writeXML(to: &result, within: outer)
    return result
  }

  private func writeXML(to result: inout String, within outer: Namespace?) {
    result += "<" + name
    if namespace != outer { result += " xmlns=\"\(namespace.rawValue)\"" }
    if usesXLink, namespace != outer { result += " xmlns:xlink=\"http://www.w3.org/1999/xlink\"" }
    for (name, value) in attributes where name != "xmlns" && name != "xmlns:xlink" && Self.isXMLName(name) {
      result += " \(name)=\"\(Markup.escaped(Self.allowed(value)))\""
    }
    guard !children.isEmpty else {
      result += "/>"
      return
    }
    result += ">"
    for child in children {
      switch child {
      case .element(let element): element.writeXML(to: &result, within: namespace)
      case .text(let text): result += Markup.escaped(Self.allowed(text), isAttribute: false)
      }
    }
    result += "</\(name)>"
  }

  private var usesXLink: Bool {
    namespace == .svg && first { $0.attributes.contains { $0.name.hasPrefix("xlink:") } } != nil
  }

  /// HTML lets attributes be called anything.
  private static func isXMLName(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, first.properties.isAlphabetic || first == "_" else {
      return false
    }
    return name.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || "0"..."9" ~= $0 || $0 == "-" || $0 == "_" || $0 == "." || $0 == ":"
    }
  }

  /// The text without the characters that XML has no way to write.
  private static func allowed(_ text: String) -> String {
    func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.value {
      case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
      default: false
      }
    }
    guard !text.unicodeScalars.allSatisfy(isAllowed) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.filter(isAllowed)))
  }
}
