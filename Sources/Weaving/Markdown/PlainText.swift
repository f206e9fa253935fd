import Chapters
import ExecutionRecords

/// The text of running text without its markup: for `alt`, for labels, for the page's title.
struct PlainText {
  let chapter: Chapter
  let record: ExecutionRecord

  func text(of content: [Inline]) -> String {
    content.map(text).joined()
  }

  private func text(of piece: Inline) -> String {
    switch piece {
    case .text(let text), .code(let text): text
    case .softBreak, .lineBreak: " "
    case .emphasis(let content), .strong(let content), .strikethrough(let content): text(of: content)
    case .link(let link): text(of: link.content)
    case .image(let image): text(of: image.alternative)
    case .math(let formula): formula.tex
    case .value(let index):
      record.inlineValues.indices.contains(index)
        ? TerminalText.plain(record.inlineValues[index].text ?? record.inlineValues[index].expression) : ""
    case .reference(let reference): "@" + reference.label
    case .html, .footnoteReference: ""
    }
  }
}
