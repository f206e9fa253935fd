extension ChapterReader {
  mutating func heading(_ node: SyntaxNode, level: Int) -> Heading {
    var content = tidied(inlines(of: node))
    let position = prepared.original(node.start)
    if let id = content.removingTrailingID() {
      if id.isLabel {
        claim(id, at: position)
        return Heading(level: level, content: content, id: id, position: position)
      }
      reportBadLabel(id, at: position)
    }
    let id = headingIDs.id(for: content.plainText(values: inlineValues.map(\.expression)))
    return Heading(level: level, content: content, id: id, position: position)
  }

  /// The ids that headings give themselves, which the ids that are made must keep clear of.
  func explicitIDs(in root: SyntaxNode) -> [String] {
    var found: [String] = []
    for node in root.children {
      if case .heading = node.kind, let id = String(decoding: node.content, as: UTF8.self).trailingID {
        found.append(prepared.clean(id.name.utf8))
      }
      found += explicitIDs(in: node)
    }
    return found
  }
}

/// Makes ids of headings' texts the way GitHub does, each once.
struct HeadingIDs {
  private var used: Set<String> = []
  /// The number that comes next for each text.
  private var next: [String: Int] = [:]

  mutating func reserve(_ ids: [String]) { used.formUnion(ids) }

  /// `What is 卷积?` gives `what-is-卷积`; the next such heading `what-is-卷积-1`.
  mutating func id(for text: String) -> String {
    var id = ""
    for scalar in text.lowercased().unicodeScalars {
      if scalar.isLabelScalar || scalar.properties.generalCategory == .nonspacingMark {
        id.unicodeScalars.append(scalar)
      } else if scalar == " " {
        id += "-"
      }
    }
    // Of signs alone nothing is left.
    if id.isEmpty { id = "section" }
    var unique = id
    var number = next[id] ?? 0
    while !used.insert(unique).inserted {
      number += 1
      unique = "\(id)-\(number)"
    }
    next[id] = number
    return unique
  }
}

extension String {
  /// `{#name}` at the end: the name, and the text before it.
  fileprivate var trailingID: (name: String, text: String)? {
    let text = trimmingWhitespace
    guard text.hasSuffix("}"), let start = text.range(ofLast: "{#") else { return nil }
    let name = text[start.upperBound...].dropLast()
    guard !name.isEmpty, !name.contains(where: { $0.isWhitespace || $0 == "{" || $0 == "}" }) else {
      return nil
    }
    return (String(name), String(text[..<start.lowerBound]).trimmingTrailingWhitespace)
  }

  private func range(ofLast mark: String) -> Range<Index>? {
    var index = endIndex
    while index > startIndex {
      index = self.index(before: index)
      if self[index...].hasPrefix(mark) { return index..<self.index(index, offsetBy: mark.count) }
    }
    return nil
  }

  private var trimmingTrailingWhitespace: String {
    var text = self[...]
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}

extension [Inline] {
  /// Takes `{#name}` from the end and returns the name.
  fileprivate mutating func removingTrailingID() -> String? {
    guard case .text(let text)? = last, let id = text.trailingID else { return nil }
    if id.text.isEmpty { removeLast() } else { self[count - 1] = .text(id.text) }
    return id.name
  }
}
