import CMarkGFM
import Synchronization

/// cmark-gfm, with Lectern's own syntax as an extension of it. This is the only file that knows C, but for the
/// tests that hold it against cmark-gfm's own pages.
package enum CMark {
  // While it parses inline syntax, cmark-gfm keeps the characters that mean something to extensions in a global
  // table. So one chapter parses at a time; it takes less than a millisecond of the many that a chapter costs.
  private static let lock = Mutex(())

  /// Runs something that calls cmark-gfm itself while nothing else does.
  package static func exclusively<Result>(_ body: () -> Result) -> Result {
    _ = registration
    return lock.withLock { _ in body() }
  }

  private static let registration: Void = cmark_gfm_core_extensions_ensure_registered()

  private static let options = CMARK_OPT_FOOTNOTES | CMARK_OPT_SOURCEPOS

  /// Parses Markdown. `clean` is applied to every piece of text that comes out.
  static func parse(
    _ text: [UInt8], citesWorks: Bool, clean: @escaping (UnsafeBufferPointer<UInt8>) -> String
  ) -> SyntaxTree {
    _ = registration
    return lock.withLock { _ in
      let syntax = LecternSyntax(citesWorks: citesWorks)
      guard let parser = cmark_parser_new(options), let ours = syntax.makeExtension() else {
        return SyntaxTree(root: SyntaxNode(kind: .document, start: .init(line: 1, column: 1), endLine: 1))
      }
      // In this order: nodes refer to the extension that made them.
      defer {
        cmark_parser_free(parser)
        cmark_syntax_extension_free(cmark_get_default_mem_allocator(), ours)
      }
      // Ours first: the table extension leaves no line of a paragraph to those behind it.
      cmark_parser_attach_syntax_extension(parser, ours)
      for name in ["table", "strikethrough", "autolink", "tasklist"] {
        if let found = cmark_find_syntax_extension(name) {
          cmark_parser_attach_syntax_extension(parser, found)
        }
      }
      text.withUnsafeBytes {
        cmark_parser_feed(parser, $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count)
      }
      let document = cmark_parser_finish(parser)
      defer { cmark_node_free(document) }
      return withExtendedLifetime(syntax) {
        TreeCopy(spans: syntax.spans, ours: ours, clean: clean).copy(document)
      }
    }
  }
}

// MARK: - The syntax extension

/// What Lectern adds to Markdown: formulas, in text and on their own, and references.
private final class LecternSyntax {
  /// What was found in text, and its text. A node's user data is its number here, from 1.
  var spans: [(span: InlineSyntax.Span, text: ArraySlice<UInt8>)] = []
  private var scanned: (block: OpaquePointer?, syntax: InlineSyntax)?
  private let citesWorks: Bool

  init(citesWorks: Bool) {
    self.citesWorks = citesWorks
  }

  func makeExtension() -> OpaquePointer? {
    guard let made = cmark_syntax_extension_new("lectern") else { return nil }
    cmark_syntax_extension_set_private(made, Unmanaged.passUnretained(self).toOpaque(), nil)
    var characters: UnsafeMutablePointer<cmark_llist>?
    for character in "$@".utf8 {
      let value = UnsafeMutableRawPointer(bitPattern: UInt(character))
      characters = cmark_llist_append(cmark_get_default_mem_allocator(), characters, value)
    }
    cmark_syntax_extension_set_special_inline_chars(made, characters)
    cmark_syntax_extension_set_match_inline_func(made) { made, _, block, _, inlines in
      LecternSyntax.of(made)?.matchInline(made, block, inlines)
    }
    cmark_syntax_extension_set_open_block_func(made) { made, indented, parser, parent, input, length in
      indented != 0 ? nil : LecternSyntax.openBlock(made, parser, parent, input, length)
    }
    cmark_syntax_extension_set_match_block_func(made) { _, parser, input, length, block in
      LecternSyntax.continueBlock(parser, input, length, block)
    }
    return made
  }

  private static func of(_ made: OpaquePointer?) -> LecternSyntax? {
    cmark_syntax_extension_get_private(made).map { Unmanaged.fromOpaque($0).takeUnretainedValue() }
  }

  private func matchInline(
    _ made: OpaquePointer?, _ block: OpaquePointer?,
    _ inlines: OpaquePointer?
  ) -> OpaquePointer? {
    if scanned?.block != block || scanned == nil {
      scanned = (block, InlineSyntax(bytes: contentBytes(of: block), citesWorks: citesWorks))
    }
    let start = Int(cmark_inline_parser_get_offset(inlines))
    guard let span = scanned?.syntax.span(at: start), let bytes = scanned?.syntax.bytes,
      // Code, because a table's cell takes no nodes but those that it knows.
      let node = cmark_node_new_with_ext(CMARK_NODE_CODE, made)
    else { return nil }
    spans.append((span, bytes[span.text]))
    cmark_node_set_user_data(node, UnsafeMutableRawPointer(bitPattern: spans.count))
    cmark_inline_parser_set_offset(inlines, Int32(span.end))
    return node
  }

  // A block of ours is a code block to cmark, so that it takes lines as they are. Its user data: 1 while it is
  // open, 2 when its last line has come.
  private static var open: UnsafeMutableRawPointer? { UnsafeMutableRawPointer(bitPattern: 1) }
  private static var closed: UnsafeMutableRawPointer? { UnsafeMutableRawPointer(bitPattern: 2) }

  private static func openBlock(
    _ made: OpaquePointer?, _ parser: OpaquePointer?,
    _ parent: OpaquePointer?, _ input: UnsafeMutablePointer<UInt8>?, _ length: Int32
  ) -> OpaquePointer? {
    let start = cmark_parser_get_first_nonspace(parser)
    guard let input, start + 1 < length, input[Int(start)] == .dollar, input[Int(start) + 1] == .dollar else {
      return nil
    }
    let line = Array(UnsafeBufferPointer(start: input + Int(start), count: Int(length - start)))
    let isParagraph = cmark_node_get_type(parent) == CMARK_NODE_PARAGRAPH
    let paragraph = isParagraph ? contentBytes(of: parent) : []
    guard let opening = MathFence.opening(line[...], within: paragraph),
      let block = cmark_parser_add_child(parser, parent, CMARK_NODE_CODE_BLOCK, start + 1)
    else { return nil }
    cmark_node_set_syntax_extension(block, made)
    cmark_node_set_user_data(block, opening == .oneLine ? closed : open)
    return block
  }

  private static func continueBlock(
    _ parser: OpaquePointer?, _ input: UnsafeMutablePointer<UInt8>?, _ length: Int32,
    _ block: OpaquePointer?
  ) -> Int32 {
    guard let input, cmark_node_get_user_data(block) == open else { return 0 }
    let start = cmark_parser_get_offset(parser)
    let line = Array(UnsafeBufferPointer(start: input + Int(start), count: Int(max(0, length - start))))
    if MathFence.isClosing(line[...]) { cmark_node_set_user_data(block, closed) }
    return 1
  }
}

private func contentBytes(of node: OpaquePointer?) -> [UInt8] {
  bytes(cmark_node_get_string_content(node))
}

private func bytes(_ text: UnsafePointer<CChar>?) -> [UInt8] {
  text.map { Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) } ?? []
}

// MARK: - Copying the tree

private struct TreeCopy {
  typealias Node = OpaquePointer
  let spans: [(span: InlineSyntax.Span, text: ArraySlice<UInt8>)]
  let ours: OpaquePointer
  let clean: (UnsafeBufferPointer<UInt8>) -> String

  /// Walks the tree with cmark's own iterator: however deep it is, no stack overflows.
  func copy(_ document: Node?) -> SyntaxTree {
    var tooDeepLine: Int?
    var path: [SyntaxNode] = []
    var skipped = 0
    let iterator = cmark_iter_new(document)
    defer { cmark_iter_free(iterator) }
    while true {
      let event = cmark_iter_next(iterator)
      guard event != CMARK_EVENT_DONE, let node = cmark_iter_get_node(iterator) else { break }
      let isLeaf = isLeaf(node)
      if event == CMARK_EVENT_EXIT {
        if skipped > 0 {
          skipped -= 1
        } else if path.count > 1 {
          let done = path.removeLast()
          path[path.count - 1].children.append(done)
        }
      } else if isLeaf {
        guard !path.isEmpty else { continue }
        path[path.count - 1].children.append(self.node(node))
      } else if path.count > SyntaxTree.maximumDepth {
        if tooDeepLine == nil { tooDeepLine = path.reversed().first { $0.start.line > 0 }?.start.line ?? 1 }
        skipped += 1
      } else {
        path.append(self.node(node))
      }
    }
    let root = path.first ?? SyntaxNode(kind: .document, start: .init(line: 1, column: 1), endLine: 1)
    return SyntaxTree(root: root, tooDeepLine: tooDeepLine)
  }

  /// Whether cmark's iterator only enters it, and never leaves.
  private func isLeaf(_ node: Node) -> Bool {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_HTML_BLOCK, CMARK_NODE_THEMATIC_BREAK, CMARK_NODE_CODE_BLOCK, CMARK_NODE_TEXT,
      CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK, CMARK_NODE_CODE, CMARK_NODE_HTML_INLINE:
      true
    default: false
    }
  }

  private func node(_ node: Node) -> SyntaxNode {
    let kind = kind(of: node)
    let line = Int(cmark_node_get_start_line(node))
    var copy = SyntaxNode(
      kind: kind, start: SourcePosition(line: line, column: Int(cmark_node_get_start_column(node))),
      endLine: Int(cmark_node_get_end_line(node)))
    switch kind {
    case .paragraph, .heading, .tableCell: copy.content = contentBytes(of: node)
    case .code:
      copy.literal = string(cmark_node_get_literal(node))
      copy.content = bytes(cmark_node_get_literal(node))
    case .text, .html, .codeBlock, .mathBlock, .htmlBlock, .footnoteReference, .footnoteDefinition:
      copy.literal = string(cmark_node_get_literal(node))
    case .span:
      let number = Int(bitPattern: cmark_node_get_user_data(node))
      copy.literal = spans[number - 1].text.withUnsafeBufferPointer(clean)
    default: break
    }
    return copy
  }

  private func kind(of node: Node) -> SyntaxNode.Kind {
    // Some versions have no names for these two.
    if cmark_node_get_type(node) == CMARK_NODE_FOOTNOTE_DEFINITION { return .footnoteDefinition }
    if cmark_node_get_type(node) == CMARK_NODE_FOOTNOTE_REFERENCE { return .footnoteReference }
    switch cmark_node_get_type_string(node).map({ String(cString: $0) }) ?? "" {
    case "document": return .document
    case "block_quote": return .quotation
    case "list":
      let isOrdered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
      return .list(
        start: isOrdered ? Int(cmark_node_get_list_start(node)) : nil,
        isTight: cmark_node_get_list_tight(node) != 0)
    case "item": return .item(isDone: nil)
    case "tasklist": return .item(isDone: cmark_gfm_extensions_get_tasklist_item_checked(node))
    case "code_block":
      if cmark_node_get_syntax_extension(node) == ours { return .mathBlock }
      return codeBlock(node)
    case "html_block": return .htmlBlock
    case "heading": return .heading(level: Int(cmark_node_get_heading_level(node)))
    case "thematic_break": return .thematicBreak
    case "table": return .table(alignments(of: node))
    case "table_header": return .tableRow(isHeader: true)
    case "table_row": return .tableRow(isHeader: false)
    case "table_cell": return .tableCell
    case "text": return .text
    case "softbreak": return .softBreak
    case "linebreak": return .lineBreak
    case "code":
      guard cmark_node_get_syntax_extension(node) == ours else { return .code }
      return .span(spans[Int(bitPattern: cmark_node_get_user_data(node)) - 1].span)
    case "html_inline": return .html
    case "emph": return .emphasis
    case "strong": return .strong
    case "strikethrough": return .strikethrough
    case "link":
      return .link(destination: string(cmark_node_get_url(node)), title: string(cmark_node_get_title(node)))
    case "image":
      return .image(source: string(cmark_node_get_url(node)), title: string(cmark_node_get_title(node)))
    default: return .paragraph
    }
  }

  private func codeBlock(_ node: Node) -> SyntaxNode.Kind {
    var length: Int32 = 0
    var offset: Int32 = 0
    var character: CChar = 0
    let isFenced = cmark_node_get_fenced(node, &length, &offset, &character) != 0
    return .codeBlock(
      info: string(cmark_node_get_fence_info(node)),
      fence: isFenced ? .init(character: UInt8(bitPattern: character), length: Int(length)) : nil)
  }

  private func alignments(of node: Node) -> [Table.Alignment?] {
    let count = Int(cmark_gfm_extensions_get_table_columns(node))
    guard let alignments = cmark_gfm_extensions_get_table_alignments(node) else { return [] }
    return (0..<count).map {
      switch alignments[$0] {
      case UInt8(ascii: "l"): .left
      case UInt8(ascii: "c"): .center
      case UInt8(ascii: "r"): .right
      default: nil
      }
    }
  }

  private func string(_ text: UnsafePointer<CChar>?) -> String {
    guard let text else { return "" }
    let length = strlen(text)
    return text.withMemoryRebound(to: UInt8.self, capacity: length) {
      clean(UnsafeBufferPointer(start: $0, count: length))
    }
  }
}
