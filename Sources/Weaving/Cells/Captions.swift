import Chapters

extension ChapterRenderer {
  /// "Figure 1: Loss while training", its text being Markdown.
  mutating func caption(_ text: String, _ target: Numbering.Target?, of cell: Cell) -> HTML {
    numbered(captionContent(text, of: cell), target)
  }

  /// The same of a caption that is read already.
  mutating func numbered(_ caption: [Inline], _ target: Numbering.Target?) -> HTML {
    numbered(inline(caption), target)
  }

  private func numbered(_ content: HTML, _ target: Numbering.Target?) -> HTML {
    guard let target else { return content }
    let separator = content.isEmpty ? "" : wording.captionSeparator
    return "<span class=\"caption-number\">\(target.text(wording))\(separator)</span>\(content)"
  }

  private mutating func captionContent(_ text: String, of cell: Cell) -> HTML {
    let read = Chapter.parse(
      text, path: chapter.path, file: chapter.file, citesWorks: !citations.bibliography.isEmpty)
    // What is no running text, or would run something, stands as it was written.
    guard read.blocks.count == 1, case .paragraph(let content) = read.blocks[0], read.inlineValues.isEmpty,
      read.footnotes.isEmpty
    else { return HTML(text) }
    outerPosition = cell.position
    defer { outerPosition = nil }
    return inline(content)
  }
}
