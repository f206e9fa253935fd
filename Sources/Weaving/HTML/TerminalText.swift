/// What a program printed, without the bytes that were meant for a terminal.
package enum TerminalText {
  /// The text with escape sequences and control characters removed, those among them that turn the direction of
  /// writing round and so could make a line read as what it is not. A line that was written over after a
  /// carriage return (a progress bar) keeps its last state.
  ///
  ///     TerminalText.plain("\u{1B}[31mred\u{1B}[0m")   // "red"
  ///     TerminalText.plain("10 %\r100 %\n")            // "100 %\n"
  package static func plain(_ text: String) -> String {
    guard
      text.utf8.contains(where: {
        $0 < 0x20 && $0 != 0x09 && $0 != 0x0A || $0 == 0x7F || $0 == 0xC2 || $0 == 0xE2
      })
    else {
      return text
    }
    var scalars = String.UnicodeScalarView()
    var lineStart = scalars.startIndex
    var isReturnPending = false
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch scalar.value {
      case 0x0A:
        scalars.append(scalar)
        lineStart = scalars.endIndex
        isReturnPending = false
      case 0x0D:
        isReturnPending = true
      case 0x1B:
        dropEscapeSequence(from: &rest)
      case 0x9B:
        dropControlSequence(from: &rest)
      case 0x00..<0x20 where scalar != "\t", 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069:
        break
      default:
        if isReturnPending {
          scalars.removeSubrange(lineStart...)
          isReturnPending = false
        }
        scalars.append(scalar)
      }
    }
    return String(scalars)
  }

  /// What follows the escape character: `[…m`, `]…BEL`, `(B`, or one character.
  private static func dropEscapeSequence(from rest: inout Substring.UnicodeScalarView) {
    switch rest.first {
    case "[":
      rest.removeFirst()
      dropControlSequence(from: &rest)
    case "]", "P", "X", "^", "_":
      rest.removeFirst()
      // A string that no terminator ends must not swallow the rest of the output.
      guard
        let end = rest.prefix(4096).firstIndex(where: {
          $0.value == 0x07 || $0.value == 0x1B || $0.value == 0x9C
        })
      else { return }
      let isTwoBytes = rest[end].value == 0x1B
      rest = rest[rest.index(after: end)...]
      if isTwoBytes, rest.first == "\\" { rest.removeFirst() }
    case "(", ")", "*", "+", "#", "%":
      rest.removeFirst()
      if let next = rest.first, next.value >= 0x30 { rest.removeFirst() }
    case let next? where (0x30..<0x7F).contains(next.value):
      rest.removeFirst()
    default: break
    }
  }

  /// Parameters and intermediates, then one final byte.
  private static func dropControlSequence(from rest: inout Substring.UnicodeScalarView) {
    while let next = rest.first, (0x20..<0x40).contains(next.value) { rest.removeFirst() }
    if let next = rest.first, (0x40..<0x7F).contains(next.value) { rest.removeFirst() }
  }
}
