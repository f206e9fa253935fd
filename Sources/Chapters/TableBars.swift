/// Keeps the bars in formulas from ending a table's cells: `| $P(A|B)$ | 0.5 |` has two.
///
/// cmark-gfm splits a row at its bars before it looks into the cells. So a bar within `$…$` is shown to it as a
/// control character, which becomes a bar again in all that comes out. Where a row has as many cells as its table
/// without that, its dollars are prices: `|5$|6$|`.
enum TableBars {
  /// Puts a control character in place of such bars and returns it; `nil` if there are none, or if the text has
  /// used up all that could stand for them.
  static func hide(in bytes: inout [UInt8]) -> UInt8? {
    guard bytes.contains(.dollar), bytes.contains(.pipe) else { return nil }
    let candidates: [UInt8] = Array(0x0E...0x1A) + Array(0x01...0x06)
    guard let bar = candidates.first(where: { !bytes.contains($0) }) else { return nil }
    var isUsed = false
    let lines = bytes.split(separator: .newline, omittingEmptySubsequences: false)
    var columns: Int?
    for (number, line) in lines.enumerated() {
      // The line of dashes below makes a line a header, and those behind it rows, up to one without a bar.
      if number + 1 < lines.count, let count = columnCount(ofDelimiters: lines[number + 1]) {
        columns = count
      }
      guard line.contains(.pipe) else {
        columns = nil
        continue
      }
      guard let columns, line.contains(.dollar) else { continue }
      let bars = barsInFormulas(of: line)
      guard !bars.isEmpty, cellCount(of: line, without: []) != columns,
        cellCount(of: line, without: bars) <= columns
      else { continue }
      for index in bars { bytes[index] = bar }
      isUsed = true
    }
    return isUsed ? bar : nil
  }

  private static func barsInFormulas(of line: ArraySlice<UInt8>) -> Set<Int> {
    var syntax = InlineSyntax(bytes: Array(line))
    var bars: Set<Int> = []
    var index = 0
    while index < line.count {
      if let end = syntax.endOfCode(at: index) {
        index = end
      } else if syntax.bytes[index] == .dollar, !syntax.bytes.isEscaped(index),
        case .math(let tex, _, _, let end)? = syntax.span(at: index)
      {
        // `\|` is how GFM writes a bar in a table; cmark takes the backslash away there.
        for inner in tex where syntax.bytes[inner] == .pipe && !syntax.bytes.isEscaped(inner) {
          bars.insert(line.startIndex + inner)
        }
        index = end
      } else {
        index += 1
      }
    }
    return bars
  }

  /// How many columns a line of dashes makes; `nil` if it is something else.
  private static func columnCount(ofDelimiters line: ArraySlice<UInt8>) -> Int? {
    guard line.contains(UInt8(ascii: "-")) else { return nil }
    let row = row(of: line, listMarkers: false)
    let isDelimiters = row.allSatisfy { $0.isSpaceOrTab || "|:-".utf8.contains($0) }
    return isDelimiters ? cellCount(of: row, without: []) : nil
  }

  private static func cellCount(of line: ArraySlice<UInt8>, without bars: Set<Int>) -> Int {
    var row = row(of: line, listMarkers: true)
    if row.first == .pipe { row.removeFirst() }
    if row.last == .pipe, !row.isEscaped(row.endIndex - 1) { row.removeLast() }
    return 1 + row.indices.count { row[$0] == .pipe && !row.isEscaped($0) && !bars.contains($0) }
  }

  /// A line without what its table stands in, and without space around.
  private static func row(of line: ArraySlice<UInt8>, listMarkers: Bool) -> ArraySlice<UInt8> {
    var row = line
    while let first = row.first {
      if first.isSpaceOrTab || first == UInt8(ascii: ">") {
        row.removeFirst()
      } else if listMarkers, let end = endOfListMarker(row) {
        row = row[end...]
      } else {
        break
      }
    }
    while let last = row.last, last.isWhitespace { row.removeLast() }
    return row
  }

  private static func endOfListMarker(_ line: ArraySlice<UInt8>) -> Int? {
    let digits = line.prefix { $0.isDigit }.count
    let mark = line.startIndex + digits
    guard mark + 1 < line.endIndex, line[mark + 1].isSpaceOrTab else { return nil }
    let marks: String.UTF8View = digits > 0 ? ".)".utf8 : "-*+".utf8
    return marks.contains(line[mark]) ? mark + 2 : nil
  }
}
