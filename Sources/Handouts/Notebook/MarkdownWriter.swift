import Foundation
import Weaving

/// Writes a page's text as the Markdown that Jupyter reads.
struct MarkdownWriter {
  /// The page's path in the site.
  let page: String
  let site: HandoutSite
  /// The pictures of the text, by name and media type.
  private(set) var attachments: [String: [String: String]] = [:]

  init(page: String, site: HandoutSite) {
    self.page = page
    self.site = site
  }

  /// The text, a new section at each heading.
  mutating func sections(_ nodes: [Element.Node]) -> [String] {
    var sections: [[String]] = [[]]
    for block in blocks(nodes) {
      if block.hasPrefix("#"), sections.last?.isEmpty == false { sections.append([]) }
      sections[sections.count - 1].append(block)
    }
    return sections.map { $0.joined(separator: "\n\n") }.filter { !$0.isEmpty }
  }

  // MARK: Blocks

  private static let inline: Set<String> = [
    "a", "abbr", "b", "br", "button", "cite", "code", "del", "em", "i", "img", "input", "ins", "kbd", "label",
    "mark",
    "math", "q", "ruby", "rp", "rt", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
    "wbr",
  ]

  /// The blocks of some nodes; text that stands among blocks is one of its own.
  private mutating func blocks(_ nodes: [Element.Node]) -> [String] {
    var result: [String] = []
    var run: [Element.Node] = []
    func isInline(_ element: Element) -> Bool {
      Self.inline.contains(element.name) && !(element.hasClass("katex-display"))
    }
    for node in nodes {
      switch node {
      case .element(let element) where !isInline(element):
        result += paragraph(run)
        run = []
        result += block(element)
      default: run.append(node)
      }
    }
    return result + paragraph(run)
  }

  private mutating func paragraph(_ nodes: [Element.Node]) -> [String] {
    let text = inline(nodes).trimmingCharacters(in: .whitespacesAndNewlines)
    return text.isEmpty ? [] : [MarkdownText.protectingStart(of: text)]
  }

  private mutating func block(_ element: Element) -> [String] {
    switch element.name {
    case "h1", "h2", "h3", "h4", "h5", "h6":
      let level = Int(element.name.dropFirst()) ?? 1
      return [String(repeating: "#", count: level) + " " + inline(element.children).trimmed]
    case "p":
      return element.hasClass("callout-title")
        ? ["**\(inline(element.children).trimmed)**"] : paragraph(element.children)
    case "blockquote": return quoted(blocks(element.children))
    case "div" where element.hasClass("callout"): return quoted(blocks(element.children))
    case "div" where element.hasClass("equation"): return equation(element)
    case "span": return equation(element)
    case "ul", "ol": return [list(element)]
    case "pre": return [Self.fenced(element)]
    case "table": return [table(element)]
    case "hr": return ["---"]
    case "details":
      let summary = element.elements.first { $0.name == "summary" }.map { inline($0.children).trimmed } ?? ""
      let content = blocks(
        element.children.filter { node in
          if case .element(let child) = node { return child.name != "summary" }
          return true
        })
      return ["<details><summary>\(summary)</summary>"] + content + ["</details>"]
    case "section" where element.hasClass("footnotes"): return footnotes(element)
    case "script", "style", "nav", "template": return []
    default: return blocks(element.children)
    }
  }

  private func quoted(_ blocks: [String]) -> [String] {
    let lines = blocks.joined(separator: "\n\n").split(separator: "\n", omittingEmptySubsequences: false)
    return [lines.map { $0.isEmpty ? ">" : "> \($0)" }.joined(separator: "\n")]
  }

  /// A displayed formula, its number as TeX writes it.
  private func equation(_ element: Element) -> [String] {
    guard let tex = Self.tex(of: element) else {
      return element.text.isEmpty ? [] : [MarkdownText.escaped(element.text)]
    }
    let number = element.first { $0.hasClass("equation-number") }?.text.filter { $0 != "(" && $0 != ")" }
    let tag = number.map { " \\tag{\($0.trimmed)}" } ?? ""
    return ["$$\n\(tex.trimmed)\(tag)\n$$"]
  }

  private mutating func list(_ element: Element) -> String {
    var number = element["start"].flatMap { Int($0) } ?? 1
    return element.elements.filter { $0.name == "li" }.map { item in
      let marker = element.name == "ul" ? "-" : "\(number)."
      number += 1
      let indentation = String(repeating: " ", count: marker.count + 1)
      let text = blocks(item.children).joined(separator: "\n\n")
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      return marker + " "
        + lines.enumerated().map { $0 == 0 || $1.isEmpty ? String($1) : indentation + $1 }.joined(
          separator: "\n")
    }.joined(separator: "\n")
  }

  private static func fenced(_ element: Element) -> String {
    let text = element.text.hasSuffix("\n") ? String(element.text.dropLast()) : element.text
    let language = element.first { $0["class"]?.hasPrefix("language-") == true }?["class"]?.dropFirst(9) ?? ""
    let fence = MarkdownText.fence(around: text, atLeast: 3)
    return
      "\(fence)\(language.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "+" })\n\(text)\n\(fence)"
  }

  private mutating func table(_ element: Element) -> String {
    let rows = element.all { $0.name == "tr" }.map { row in
      row.elements.map { cell in
        inline(cell.children).split(whereSeparator: \.isNewline).joined(separator: " ").trimmed
          .replacing("|", with: "\\|")
      }
    }
    let width = rows.map(\.count).max() ?? 0
    func line(_ cells: [String]) -> String {
      "| " + (cells + Array(repeating: "", count: width - cells.count)).joined(separator: " | ") + " |"
    }
    guard let header = rows.first else { return "" }
    let rule = "|" + String(repeating: " --- |", count: width)
    return ([line(header), rule] + rows.dropFirst().map(line)).joined(separator: "\n")
  }

  private mutating func footnotes(_ element: Element) -> [String] {
    var number = 0
    return ["---"]
      + element.all { $0.name == "li" }.map { note in
        number += 1
        return "<sup>\(number)</sup> " + blocks(note.children).joined(separator: "\n\n")
      }
  }

  // MARK: Running text

  private mutating func inline(_ nodes: [Element.Node]) -> String {
    nodes.map { node in
      switch node {
      case .text(let text): MarkdownText.escaped(text)
      case .element(let element): inline(element)
      }
    }.joined()
  }

  private mutating func inline(_ element: Element) -> String {
    let content = element.children
    switch element.name {
    case _ where element.hasClass("katex") || element.hasClass("katex-display") || element.name == "math":
      return Self.tex(of: element).map { "$\($0.trimmed)$" } ?? ""
    case _ where element.hasClass("anchor") || element.hasClass("footnote-number"): return ""
    case "em", "i": return MarkdownText.wrapped(inline(content), in: "*", orElse: "em")
    case "strong", "b": return MarkdownText.wrapped(inline(content), in: "**", orElse: "strong")
    case "del", "s": return MarkdownText.wrapped(inline(content), in: "~~", orElse: "del")
    case "code", "samp": return MarkdownText.code(element.text)
    case "br": return "<br>"
    case "sub", "sup", "kbd", "u", "mark", "small":
      return "<\(element.name)>\(inline(content))</\(element.name)>"
    case "input": return element["type"] == "checkbox" ? (element["checked"] == nil ? "[ ] " : "[x] ") : ""
    case "img": return picture(element)
    case "a": return link(element)
    case "script", "style", "svg", "select": return ""
    default: return inline(content)
    }
  }

  /// A link, unless it leads to a place of this page, which a notebook does not have.
  private mutating func link(_ element: Element) -> String {
    let text = inline(element.children)
    let href = element["href"] ?? ""
    switch URLs.kind(of: href) {
    case .web: return "[\(text)](\(URLs.escaped(href).source))"
    case .relative(let path, _) where path.hasSuffix(".html"):
      return "[\(text)](\(URLs.escaped(path.dropLast(5) + ".ipynb").source))"
    default: return text
    }
  }

  /// A picture goes with the cell whose text shows it.
  private mutating func picture(_ element: Element) -> String {
    let source = element["src"] ?? ""
    let alt = MarkdownText.escaped(element["alt"] ?? "")
    let file =
      DataURL.read(source)
      ?? site.resource(source, from: page).map { ($0.data, DataURL.mediaType(of: $0.path)) }
    guard let file, let suffix = DataURL.suffixes[file.type] else { return alt }
    let name = "picture-\(attachments.count + 1).\(suffix)"
    attachments[name] = [file.type: file.data.base64EncodedString()]
    return "![\(alt)](attachment:\(name))"
  }

  private static func tex(of element: Element) -> String? {
    element.first { $0.name == "annotation" && $0["encoding"] == "application/x-tex" }?.text
  }
}
