/// A node of cmark-gfm's tree, copied out of C. Positions are as cmark counts them; `LeafText` makes them exact.
struct SyntaxNode {
  enum Kind: Equatable {
    case document
    case paragraph
    case heading(level: Int)
    case quotation
    case list(start: Int?, isTight: Bool)
    case item(isDone: Bool?)
    /// `fence` is `nil` for an indented block.
    case codeBlock(info: String, fence: Fence?)
    /// The whole of a `$$` block, dollars included.
    case mathBlock
    case htmlBlock
    case thematicBreak
    case table([Table.Alignment?])
    case tableRow(isHeader: Bool)
    case tableCell
    case footnoteDefinition

    case text
    case softBreak
    case lineBreak
    case code
    case html
    case emphasis
    case strong
    case strikethrough
    case link(destination: String, title: String)
    case image(source: String, title: String)
    case footnoteReference
    /// Found by `InlineSyntax` in the content of the block it stands in.
    case span(InlineSyntax.Span)
  }

  struct Fence: Equatable {
    var character: UInt8
    var length: Int
  }

  var kind: Kind
  /// Text, code, HTML, a footnote's label or number.
  var literal = ""
  /// The bytes that cmark parsed inline syntax in: a paragraph's, heading's or table cell's. Of code, its bytes
  /// before they were cleaned.
  var content: [UInt8] = []
  var start: SourcePosition
  var endLine: Int
  var children: [SyntaxNode] = []

  var isInline: Bool {
    switch kind {
    case .text, .softBreak, .lineBreak, .code, .html, .emphasis, .strong, .strikethrough, .link, .image,
      .footnoteReference, .span:
      true
    default: false
    }
  }
}

/// A chapter's tree, and where it was too deep to be kept as it is.
struct SyntaxTree {
  var root: SyntaxNode
  /// The first line that is nested deeper than `maximumDepth`; from there on inner levels are merged into one.
  var tooDeepLine: Int?

  /// No text means to go as deep, and all that walks the tree may recurse.
  static let maximumDepth = 80
}
