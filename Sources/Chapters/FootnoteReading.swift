extension ChapterReader {
  mutating func footnote(_ node: SyntaxNode) -> Footnote {
    Footnote(label: label(ofNote: node), blocks: blocks(node.children))
  }

  /// cmark leaves `[^label]` as it is where no footnote has the label.
  mutating func warnOfUndefinedNotes(in text: LeafText) {
    let bytes = text.content[...]
    guard bytes.contains(UInt8(ascii: "^")) else { return }
    var syntax = InlineSyntax(bytes: text.content)
    var index = 0
    while index < bytes.count {
      if let end = syntax.endOfCode(at: index) {
        index = end
        continue
      }
      if bytes[index] == .dollar, !bytes.isEscaped(index), let formula = syntax.span(at: index) {
        index = formula.end
        continue
      }
      defer { index += 1 }
      guard bytes.has("[^", at: index), !bytes.isEscaped(index),
        let end = bytes[index...].firstIndex(where: { $0 == UInt8(ascii: "]") || $0.isWhitespace }),
        bytes[end] == UInt8(ascii: "]"), end > index + 2, !bytes.has("](", at: end), !bytes.has("][", at: end)
      else { continue }
      let label = prepared.clean(bytes[(index + 2)..<end])
      guard !label.contains("["), !definedNotes.contains(label.lowercased()) else { continue }
      report(
        .warning, at: text.position(index), "`[^\(label)]` refers to no footnote",
        hint: "Write the footnote as a paragraph of its own: `[^\(label)]: …`.")
    }
  }

  /// cmark drops a footnote that nothing refers to, and whatever stands in it.
  mutating func warnOfUnusedNotes(used: [String]) {
    let used = Set(used.map { $0.lowercased() })
    for (label, position) in original.noteLabels() where !used.contains(label.lowercased()) {
      // In code it is code, and further in it may be part of the footnote above.
      if position.column > 4 || codeLines.contains(where: { $0.contains(position.line) }) { continue }
      report(
        .warning, at: position, "the footnote `[^\(label)]` is left out, because nothing refers to it")
    }
  }

  /// What stands in `[^label]:`; not every version of cmark-gfm tells.
  private func label(ofNote node: SyntaxNode) -> String {
    let line = prepared.text.line(node.start.line)
    guard let start = line.indices.first(where: { line.has("[^", at: $0) }),
      let end = line[start...].firstIndex(of: UInt8(ascii: "]"))
    else { return node.literal }
    return prepared.clean(line[(start + 2)..<end])
  }
}

extension SourceText {
  /// The labels of what looks like a footnote's beginning, with their places.
  func noteLabels() -> [(label: String, position: SourcePosition)] {
    (1...lineCount).compactMap { number in
      let line = line(number)
      let start = line.firstIndex { !$0.isSpaceOrTab && $0 != UInt8(ascii: ">") } ?? line.endIndex
      guard line.has("[^", at: start), let end = line[start...].firstIndex(of: UInt8(ascii: "]")),
        line.has("]:", at: end), end > start + 2
      else { return nil }
      let label = String(decoding: line[(start + 2)..<end], as: UTF8.self)
      return (label, SourcePosition(line: number, column: start - line.startIndex + 1))
    }
  }
}
