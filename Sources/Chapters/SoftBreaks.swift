extension ChapterReader {
  /// Text as it is shown: no line end between two CJK characters, none at the end.
  func tidied(_ inlines: [Inline]) -> [Inline] {
    var tidied = InlineList()
    for index in inlines.indices {
      if case .softBreak = inlines[index] {
        if let before = tidied.lastScalar, inlines.indices.contains(index + 1),
          let after = inlines[index + 1].firstScalar, isLineEndDropped(between: before, and: after)
        {
          continue
        }
      }
      tidied.append(inlines[index].mappingContent(self.tidied(_:)))
    }
    return tidied.finished
  }
}

/// Inlines that are put together one by one; texts side by side become one.
struct InlineList {
  private var inlines: [Inline] = []
  // Kept apart until its end has come: putting each piece into a new `.text` would copy all before it.
  private var text = ""

  mutating func append(_ inline: Inline) {
    if case .text(let more) = inline {
      text += more
    } else {
      endText()
      inlines.append(inline)
    }
  }

  /// Takes the last `[` away and what stands behind it, and gives that back without space at its end.
  /// - Parameter mark: what belongs to the key and not to the prefix.
  mutating func removingBracketed(dropping mark: String) -> [Inline] {
    endText()
    var removed: [Inline] = []
    while let last = inlines.popLast() {
      guard case .text(let text) = last, let bracket = text.lastIndex(of: "[") else {
        removed.insert(last, at: 0)
        continue
      }
      self.text = String(text[..<bracket])
      removed.insert(.text(String(text[text.index(after: bracket)...])), at: 0)
      if case .text(let text)? = removed.last {
        removed[removed.count - 1] = .text(String(text.dropLast(mark.count)).trimmingWhitespace)
      }
      return removed.filter { $0 != .text("") }
    }
    // The bracket stands outside of what the key stands in: `[*see @key*]`.
    inlines = removed
    return []
  }

  private mutating func endText() {
    if !text.isEmpty { inlines.append(.text(text)) }
    text = ""
  }

  var finished: [Inline] { text.isEmpty ? inlines : inlines + [.text(text)] }

  fileprivate var lastScalar: Unicode.Scalar? { text.unicodeScalars.last ?? inlines.last?.lastScalar }
}

extension Inline {
  /// The same with what it contains replaced.
  func mappingContent(_ change: ([Inline]) -> [Inline]) -> Inline {
    switch self {
    case .emphasis(let content): return .emphasis(change(content))
    case .strong(let content): return .strong(change(content))
    case .strikethrough(let content): return .strikethrough(change(content))
    case .link(var link):
      link.content = change(link.content)
      return .link(link)
    case .image(var image):
      image.alternative = change(image.alternative)
      return .image(image)
    default: return self
    }
  }

  /// The first character that is seen, where it is one of the text's own.
  fileprivate var firstScalar: Unicode.Scalar? {
    switch self {
    case .text(let text), .code(let text): text.unicodeScalars.first
    case .emphasis(let content), .strong(let content), .strikethrough(let content): content.first?.firstScalar
    case .link(let link): link.content.first?.firstScalar
    default: nil
    }
  }

  fileprivate var lastScalar: Unicode.Scalar? {
    switch self {
    case .text(let text), .code(let text): text.unicodeScalars.last
    case .emphasis(let content), .strong(let content), .strikethrough(let content): content.last?.lastScalar
    case .link(let link): link.content.last?.lastScalar
    default: nil
    }
  }
}
