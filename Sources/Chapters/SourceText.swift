import Diagnostics

/// A file's text by lines: line ends made `\n`, no byte-order mark, no NUL.
package struct SourceText {
  let string: String
  package let bytes: [UInt8]
  /// Where each line begins in `bytes`.
  let lineStarts: [Int]

  package init(_ raw: String) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(raw.utf8.count)
    var previous: UInt8 = 0
    for byte in raw.utf8 {
      switch byte {
      case UInt8(ascii: "\n") where previous == UInt8(ascii: "\r"): break
      case UInt8(ascii: "\r"): bytes.append(UInt8(ascii: "\n"))
      // CommonMark wants U+FFFD in its place; C would see the end of the text.
      case 0: bytes += [0xEF, 0xBF, 0xBD]
      default: bytes.append(byte)
      }
      previous = byte
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    self.init(bytes: bytes)
  }

  init(bytes: [UInt8]) {
    self.bytes = bytes
    string = String(decoding: bytes, as: UTF8.self)
    var starts = [0]
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(index + 1) }
    if starts.count > 1, starts.last == bytes.count { starts.removeLast() }
    lineStarts = starts
  }

  package var lineCount: Int { lineStarts.count }

  /// The bytes of a line, counted from 1, without its end; empty beyond the last line.
  func line(_ number: Int) -> ArraySlice<UInt8> {
    guard number >= 1, number <= lineCount else { return [] }
    let start = lineStarts[number - 1]
    var end = number < lineCount ? lineStarts[number] - 1 : bytes.count
    if end > start, number == lineCount, bytes[end - 1] == UInt8(ascii: "\n") { end -= 1 }
    return bytes[start..<max(start, end)]
  }

  /// The place of a byte.
  package func position(ofByte index: Int) -> SourcePosition {
    let line = lineStarts.partitioningIndex { $0 > index }
    return SourcePosition(line: max(1, line), column: index - lineStarts[max(0, line - 1)] + 1)
  }

  func lineString(_ number: Int) -> String { String(decoding: line(number), as: UTF8.self) }

  /// A message about a place in this text, with the line it is about.
  package func diagnostic(
    _ severity: Diagnostic.Severity, in file: String, at position: SourcePosition, _ message: String,
    hint: String? = nil, notes: [Diagnostic] = []
  ) -> Diagnostic {
    // A line of a megabyte helps nobody.
    let line = position.line <= lineCount ? lineString(position.line) : nil
    return Diagnostic(
      severity, file: file, line: position.line, column: position.column, message: message,
      sourceLine: line.flatMap { $0.utf8.count <= 1000 ? $0 : nil }, hint: hint, notes: notes)
  }
}
