extension [Inline] {
  /// Text that stands outside the chapter's own, as a caption does, read as the chapter's is: with formulas,
  /// references, emphasis. An inline value stays code, since nothing runs it.
  ///
  ///     [Inline](markdown: "Loss, $\\eta = 0.1$")  // text, math
  public init(markdown: String) {
    // Behind an empty line, `---` begins no front matter.
    let chapter = Chapter.parse("\n" + markdown, path: "", file: "")
    func inert(_ inlines: [Inline]) -> [Inline] {
      inlines.map { inline in
        if case .value(let index) = inline { return .code(chapter.inlineValues[index].expression) }
        return inline.mappingContent(inert)
      }
    }
    switch chapter.blocks.first {
    case .paragraph(let content)? where chapter.blocks.count == 1: self = inert(content)
    case .math(let formula)? where chapter.blocks.count == 1: self = [.math(formula)]
    case nil: self = []
    default: self = [.text(markdown)]
    }
  }
}
