import Chapters

extension ChapterRenderer {
  /// A button that opens the note where the reader is, by keyboard too and without a script; on paper, its
  /// number.
  func footnoteReference(_ index: Int) -> HTML {
    """
    <sup class="footnote-ref"><button type="button" popovertarget="note.\(index + 1)" \
    aria-label="\(wording.of("Footnote", "脚注")) \(index + 1)">\(index + 1)</button></sup>
    """
  }

  mutating func renderFootnotes() {
    guard !chapter.footnotes.isEmpty else { return }
    var notes: [NoteContext] = []
    for (index, footnote) in chapter.footnotes.enumerated() {
      let content = captured { $0.renderContained(footnote.blocks) }
      notes.append(NoteContext(id: "note.\(index + 1)", number: index + 1, note: content))
    }
    startLine()
    output += theme.templates.render(
      "footnotes", FootnotesContext(label: wording.of("Footnotes", "脚注"), notes: notes))
  }
}
