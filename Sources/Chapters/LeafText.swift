/// The text of a paragraph, heading or table cell as cmark-gfm parsed it, and where each byte of it stands in the
/// chapter.
///
/// cmark counts columns as if a block's lines all began where its first does, and loses count of lines behind a
/// link whose title is on the next one. The lines themselves are the truth: what cmark parsed is what is left of
/// each when indentation and quotation marks are taken away.
struct LeafText {
  /// A stretch of `content` that stands in one piece in the chapter.
  private struct Stretch {
    var offset: Int
    var position: SourcePosition
  }

  let content: [UInt8]
  private let stretches: [Stretch]
  private let lineStarts: [Int]
  private let start: SourcePosition
  private let prepared: PreparedText
  /// Up to where the content has been walked.
  private var cursor = 0

  /// A paragraph or a heading.
  init(_ node: SyntaxNode, in prepared: PreparedText) {
    content = node.content
    let lines = Self.lines(of: content)
    lineStarts = lines.map(\.lowerBound)
    self.prepared = prepared
    // Link definitions at a paragraph's head leave it when they are understood: its lines are then the last ones.
    let first = node.start.line
    let last = max(first, node.endLine - lines.count + 1)
    var found: [Stretch] = []
    for line in first...last {
      let columns = lines.enumerated().map { index, range in
        Self.column(of: node.content[range], in: prepared.text.line(line + index))
      }
      guard columns.allSatisfy({ $0 != nil }) else { continue }
      found = zip(lines, columns).enumerated().map { index, place in
        Stretch(
          offset: place.0.lowerBound, position: SourcePosition(line: line + index, column: (place.1 ?? 0) + 1)
        )
      }
      break
    }
    start = found.first?.position ?? node.start
    stretches = found
  }

  /// A table's cell in a line of the chapter, its text searched from `column` (a byte's index in the line); where
  /// it ends goes to `column`. `nil` if it isn't there.
  init?(cell content: [UInt8], line: Int, column: inout Int, in prepared: PreparedText) {
    self.content = content
    self.prepared = prepared
    lineStarts = [0]
    let bytes = Array(prepared.text.line(line))
    for first in bytes.indices.dropFirst(column) {
      guard let (breaks, end) = Self.match(content, in: bytes, at: first) else { continue }
      stretches = breaks.map {
        Stretch(offset: $0.offset, position: SourcePosition(line: line, column: $0.index + 1))
      }
      start = SourcePosition(line: line, column: first + 1)
      column = end
      return
    }
    return nil
  }

  /// No text, for nodes that stand outside a block that has one.
  init(at position: SourcePosition, in prepared: PreparedText) {
    content = []
    lineStarts = [0]
    stretches = []
    start = position
    self.prepared = prepared
  }

  /// The chapter's place of a byte of the content.
  func position(_ offset: Int) -> SourcePosition {
    let next = stretches.partitioningIndex { $0.offset > offset }
    guard next > 0 else { return prepared.original(start) }
    let stretch = stretches[next - 1]
    let column = stretch.position.column + offset - stretch.offset
    return prepared.original(SourcePosition(line: stretch.position.line, column: column))
  }

  /// Where in the content the node stands whose place cmark reports as `reported`; the first place from there on
  /// that `isIt` accepts.
  mutating func locate(_ reported: SourcePosition, _ isIt: (ArraySlice<UInt8>, Int) -> Bool) -> Int? {
    let content = content[...]
    let reportedLine = max(0, reported.line - start.line)
    for line in lineStarts.indices.dropFirst(min(reportedLine, lineStarts.count)) {
      let offset = lineStarts[line] + reported.column - start.column
      guard offset >= cursor, offset < content.endIndex, isIt(content, offset) else { continue }
      cursor = offset
      return offset
    }
    guard let offset = content.indices.dropFirst(cursor).first(where: { isIt(content, $0) }) else {
      return nil
    }
    cursor = offset
    return offset
  }

  mutating func advance(to offset: Int) { cursor = max(cursor, offset) }

  // MARK: Finding the text in the chapter

  private static func lines(of content: [UInt8]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    for index in content.indices where content[index] == .newline {
      lines.append(start..<index)
      start = index + 1
    }
    if start < content.count || lines.isEmpty { lines.append(start..<content.count) }
    return lines
  }

  /// Where `text` stands in a line: at its end, or, in a heading with closing `#`, before that.
  private static func column(of text: ArraySlice<UInt8>, in line: ArraySlice<UInt8>) -> Int? {
    let text = trimmed(text)
    let all = line
    let line = trimmed(line)
    if line.count >= text.count, line.suffix(text.count).elementsEqual(text) {
      return line.count - text.count
    }
    guard let first = text.first else { return line.count }
    for index in line.indices where line[index] == first && line[index...].starts(with: text) {
      return index - all.startIndex
    }
    return nil
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var bytes = bytes
    while let last = bytes.last, last.isWhitespace { bytes.removeLast() }
    return bytes
  }

  /// Whether a cell's text stands in a line at an index, `\|` for each `|` of it: where its stretches begin.
  private static func match(
    _ content: [UInt8], in line: [UInt8], at first: Int
  ) -> (breaks: [(offset: Int, index: Int)], end: Int)? {
    var index = first
    var breaks = [(offset: 0, index: first)]
    for (offset, byte) in content.enumerated() {
      if byte == .pipe, index + 1 < line.count, line[index] == .backslash, line[index + 1] == .pipe {
        index += 1
        breaks.append((offset, index))
      }
      guard index < line.count, line[index] == byte else { return nil }
      index += 1
    }
    return (breaks, index)
  }
}
