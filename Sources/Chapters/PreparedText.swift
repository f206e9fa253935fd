/// A chapter's text as cmark-gfm gets it: the front matter's lines emptied, markers for the CJK emphasis rules put
/// in, and the bars in formulas hidden, so that they don't end a table's cells. It has the lines of the original.
struct PreparedText {
  let text: SourceText
  /// Where markers begin in `text`, and how many bytes they take.
  private var markers: [(index: Int, length: Int)] = []
  /// Whether `EmphasisMarkers.punctuation` is one of them. If not, the text may have the character itself.
  private var hasPunctuationMarkers = false
  /// Stands for `|` in formulas; a control character that the text doesn't have.
  private let bar: UInt8?

  init(_ original: SourceText, skippingLines skipped: Int) {
    var bytes: [UInt8] = Array(repeating: .newline, count: skipped)
    if skipped < original.lineCount { bytes += original.bytes[original.lineStarts[skipped]...] }
    bar = TableBars.hide(in: &bytes)

    let hasLetter = original.string.unicodeScalars.contains(EmphasisMarkers.letter)
    let hasPunctuation = original.string.unicodeScalars.contains(EmphasisMarkers.punctuation)
    let insertions = hasLetter ? [] : EmphasisMarkers(bytes, usingPunctuation: !hasPunctuation).insertions
    if !insertions.isEmpty {
      var marked: [UInt8] = []
      marked.reserveCapacity(bytes.count + 4 * insertions.count)
      var copied = 0
      for (index, scalar) in insertions {
        marked += bytes[copied..<index]
        copied = index
        let encoded = Array(String(scalar).utf8)
        markers.append((marked.count, encoded.count))
        if scalar == EmphasisMarkers.punctuation { hasPunctuationMarkers = true }
        marked += encoded
      }
      bytes = marked + bytes[copied...]
    }
    text = SourceText(bytes: bytes)
  }

  /// The place in the original of a place in `text`.
  func original(_ position: SourcePosition) -> SourcePosition {
    guard !markers.isEmpty, position.line >= 1, position.line <= text.lineCount else { return position }
    let start = text.lineStarts[position.line - 1]
    let end = start + position.column - 1
    let first = markers.partitioningIndex { $0.index >= start }
    let inserted = markers[first...].prefix { $0.index < end }.reduce(0) { $0 + $1.length }
    return SourcePosition(line: position.line, column: max(1, position.column - inserted))
  }

  /// Text that came out of cmark, as it stood in the original.
  func clean(_ bytes: some Collection<UInt8>) -> String {
    guard !markers.isEmpty || bar != nil else { return String(decoding: bytes, as: UTF8.self) }
    let bytes = bytes.map { $0 == bar ? .pipe : $0 }
    let string = String(decoding: bytes, as: UTF8.self)
    guard !markers.isEmpty, bytes.contains(where: { $0 == 0xEF || $0 == 0xF0 }) else { return string }
    var scalars = String.UnicodeScalarView()
    for scalar in string.unicodeScalars {
      if scalar == EmphasisMarkers.letter { continue }
      if hasPunctuationMarkers, scalar == EmphasisMarkers.punctuation { continue }
      scalars.append(scalar)
    }
    return String(scalars)
  }
}
