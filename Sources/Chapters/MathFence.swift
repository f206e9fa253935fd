/// `$$` at the head of a line: a formula on its own, over as many lines as it takes.
///
/// It is a block, as a fence is: in a paragraph, a line of the formula that begins with `+` would begin a list.
enum MathFence {
  enum Opening { case oneLine, manyLines }

  /// How a line begins a formula, if it does. `open` is the text of the paragraph that the line would continue.
  static func opening(_ line: ArraySlice<UInt8>, within paragraph: [UInt8]) -> Opening? {
    guard line.has("$$", at: line.startIndex), !line.has("$$$", at: line.startIndex) else { return nil }
    if isOpen(paragraph) { return nil }
    let first = line.startIndex + 2
    guard let end = InlineSyntax.closingDollars(in: line, from: first) else { return .manyLines }
    guard line[first..<end].contains(where: { !$0.isWhitespace }) else { return nil }
    let (_, rest) = InlineSyntax.label(in: line, from: end + 2)
    // With words behind it, it is part of a sentence.
    return line[rest...].allSatisfy(\.isWhitespace) ? .oneLine : nil
  }

  static func isClosing(_ line: ArraySlice<UInt8>) -> Bool {
    InlineSyntax.closingDollars(in: line, from: line.startIndex) != nil
  }

  /// Whether a paragraph ends within `$$ …`, which the line that follows may close.
  private static func isOpen(_ paragraph: [UInt8]) -> Bool {
    var index = 0
    var isOpen = false
    while let dollars = InlineSyntax.closingDollars(in: paragraph[...], from: index) {
      isOpen.toggle()
      index = dollars + 2
    }
    return isOpen
  }
}
