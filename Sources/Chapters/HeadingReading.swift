extension ChapterReader {
  mutating func heading(_ node: SyntaxNode, level: Int) -> Heading {
    var content = tidied(inlines(of: node))
    let position = prepared.original(node.start)
    let attributes = content.removingTrailingAttributes() ?? Attributes()
    let id =
      label(of: attributes, at: position)
      ?? headingIDs.id(for: content.plainText(values: inlineValues.map(\.expression)))
    return Heading(
      level: level, content: content, id: id, isNumbered: !attributes.isUnnumbered, position: position)
  }

  /// The label that attributes give, if it can be one.
  /// - Parameter prefix: what labels of such things begin with, so that `@fig-…` is a figure.
  mutating func label(
    of attributes: Attributes, prefix: String = "", at position: SourcePosition
  ) -> String? {
    guard let label = attributes.id else { return nil }
    guard label.isLabel else {
      reportBadLabel(label, at: position)
      return nil
    }
    guard label.hasPrefix(prefix) else {
      report(
        .error, at: position, "this label begins with `\(prefix)`, which `\(label)` does not",
        hint: "Write `{#\(prefix)\(label)}`: a reference tells by its first letters what it leads to.")
      return nil
    }
    claim(label, at: position)
    return label
  }

  /// The ids that headings give themselves, which the ids that are made must keep clear of.
  func explicitIDs(in root: SyntaxNode) -> [String] {
    var found: [String] = []
    for node in root.children {
      if case .heading = node.kind,
        let id = Attributes.read(atEndOf: String(decoding: node.content, as: UTF8.self))?.attributes.id
      {
        found.append(prepared.clean(id.utf8))
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
