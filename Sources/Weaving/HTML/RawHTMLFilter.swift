/// Lets a few tags of a chapter's raw HTML through, each closed where its container ends.
///
/// What comes out is put together anew from names and attributes of the allowlist, never copied.
struct RawHTMLFilter {
  /// Elements opened by raw HTML and not yet closed, innermost last.
  private var open: [String] = []

  private static let voidElements: Set<String> = ["br", "hr", "img", "wbr"]
  private static let elements: Set<String> = [
    "table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "colgroup", "col", "details", "summary",
    "figure",
    "figcaption", "sub", "sup", "kbd", "br", "span", "div", "p", "em", "strong", "b", "i", "u", "s", "del",
    "ins",
    "mark", "small", "code", "samp", "var", "abbr", "ruby", "rt", "rp", "a", "img", "ul", "ol", "li", "dl",
    "dt", "dd",
    "blockquote", "cite", "q", "wbr",
  ]
  private static let attributes: Set<String> = [
    "class", "title", "lang", "dir", "open", "colspan", "rowspan", "scope", "alt", "width", "height", "start",
    "href", "src", "cite",
  ]
  private static let links: Set<String> = ["href", "src", "cite"]

  /// The allowed part of a piece of raw HTML.
  /// - Parameter refused: called with the name of each tag or attribute that is left out.
  mutating func filtered(_ html: String, refused: (String) -> Void) -> HTML {
    var result = HTML()
    var scanner = TagScanner(html)
    while let piece = scanner.next() {
      switch piece {
      case .text(let text):
        result += HTML(trusted: TagScanner.escapingText(text))
      case .comment: break
      case .close(let name):
        guard let index = open.lastIndex(of: name), !open[index...].contains(Self.barrier) else {
          if !Self.voidElements.contains(name) { refused("</\(name)>") }
          continue
        }
        while open.count > index { result += closing(open.removeLast()) }
      case .open(let name, let attributes):
        guard Self.elements.contains(name) else {
          refused("<\(name)>")
          continue
        }
        result += opening(name, attributes, refused: refused)
        if !Self.voidElements.contains(name), name != "col" { open.append(name) }
      }
    }
    return result
  }

  private func opening(_ name: String, _ attributes: [(String, String)], refused: (String) -> Void) -> HTML {
    var result: HTML = "<\(name)"
    var seen: Set<String> = []
    for (attribute, value) in attributes where seen.insert(attribute).inserted {
      guard Self.attributes.contains(attribute), !Self.links.contains(attribute) || Self.isHarmless(value)
      else {
        refused(attribute)
        continue
      }
      result += " \(attribute)=\"\(value)\""
    }
    return result + ">"
  }

  private static func isHarmless(_ url: String) -> Bool {
    if case .forbidden = URLs.kind(of: url) { return false }
    return true
  }

  private func closing(_ name: String) -> HTML { "</\(name)>" }

  private static let barrier = "|"

  /// Elements that are open outside cannot be closed from inside a container. Gives back what
  /// `leaveContainer` needs.
  mutating func enterContainer() -> Int {
    open.append(Self.barrier)
    return open.count
  }

  /// Closes what was opened inside.
  mutating func leaveContainer(_ depth: Int) -> HTML {
    var result = HTML()
    while open.count > depth { result += closing(open.removeLast()) }
    _ = open.popLast()
    return result
  }

  /// Closes all that is still open.
  mutating func finish() -> HTML {
    var result = HTML()
    while let name = open.popLast() {
      if name != Self.barrier { result += closing(name) }
    }
    return result
  }
}
