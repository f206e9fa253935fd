/// A selector of classes and element names, as KaTeX's stylesheet has them: `.katex .delimsizing.mult .delim-size1>span`.
struct Selector {
  /// What a selector asks of an element.
  struct Tag {
    var name: String
    var classes: [Substring]
  }

  struct Compound {
    var name: String?
    var classes: [String]
    /// Whether the compound before it must be the parent, not just some ancestor.
    var isChild: Bool

    func matches(_ tag: Tag) -> Bool {
      (name == nil || name == tag.name) && classes.allSatisfy { tag.classes.contains($0[...]) }
    }
  }

  let compounds: [Compound]

  /// `nil` for what has more to it than classes and names.
  init?(_ text: String) {
    var compounds: [Compound] = []
    for part in text.replacing(">", with: " >").split(separator: " ") {
      let isChild = part.hasPrefix(">")
      let part = isChild ? part.dropFirst() : part
      guard let match = part.wholeMatch(of: #/([A-Za-z][\w\-]*)?((?:\.[A-Za-z][\w\-]*)*)/#), !part.isEmpty
      else {
        return nil
      }
      compounds.append(
        Compound(
          name: match.1.map(String.init), classes: match.2.split(separator: ".").map(String.init),
          isChild: isChild))
    }
    guard !compounds.isEmpty else { return nil }
    self.compounds = compounds
  }

  /// Whether the last of `path` (an element after all its ancestors, the outermost first) is selected.
  func matches(_ path: [Tag]) -> Bool {
    matches(path[...], compounds[...])
  }

  private func matches(_ path: ArraySlice<Tag>, _ compounds: ArraySlice<Compound>) -> Bool {
    guard let last = compounds.last else { return true }
    guard let tag = path.last, last.matches(tag) else { return false }
    let others = compounds.dropLast()
    if others.isEmpty { return true }
    var ancestors = path.dropLast()
    if last.isChild { return matches(ancestors, others) }
    while !ancestors.isEmpty {
      if matches(ancestors, others) { return true }
      ancestors.removeLast()
    }
    return false
  }
}
