import Chapters

extension ChapterRenderer {
  /// A button that opens the note where the reader is, by keyboard too and without a script.
  ///
  /// A note of one paragraph that a paragraph refers to is part of that paragraph: where a window has a margin, the
  /// note stands there, at the line that refers to it. All others stand at the page's end.
  mutating func footnoteReference(_ index: Int) -> HTML {
    // The word joiner keeps the number on the line of what it belongs to.
    let button: HTML = """
      \(isDecorated ? "\u{2060}" : HTML())<sup class="footnote-ref"><button type="button" popovertarget="note.\(index + 1)" \
      aria-label="\(wording.of("Footnote", "脚注")) \(index + 1)">\(index + 1)</button></sup>
      """
    guard hasMargin, !marginNotes.contains(index), let content = chapter.footnotes[index].onlyParagraph else {
      return button
    }
    marginNotes.insert(index)
    hasMargin = false
    defer { hasMargin = true }
    return button + """
      <span class="footnote margin-note" id="note.\(index + 1)" role="note" popover>\
      <span class="footnote-number">\(index + 1)</span> \(inline(content))</span>
      """
  }

  mutating func renderFootnotes() {
    isInNote = true
    defer { isInNote = false }
    var notes: [NoteContext] = []
    for (index, footnote) in chapter.footnotes.enumerated() where !marginNotes.contains(index) {
      let content = captured { $0.renderContained(footnote.blocks) }
      notes.append(NoteContext(id: "note.\(index + 1)", number: index + 1, note: content))
    }
    guard !notes.isEmpty else { return }
    startLine()
    output += theme.templates.render(
      "footnotes", FootnotesContext(label: wording.of("Footnotes", "脚注"), notes: notes))
  }
}

extension Footnote {
  /// The text of a note that is nothing but a paragraph without a displayed formula.
  fileprivate var onlyParagraph: [Inline]? {
    guard blocks.count == 1, case .paragraph(let content) = blocks[0] else { return nil }
    let hasDisplay = content.contains {
      if case .math(let formula) = $0 { formula.isDisplayed } else { false }
    }
    return hasDisplay ? nil : content
  }
}
