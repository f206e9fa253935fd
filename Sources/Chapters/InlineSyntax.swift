/// Finds the formulas and references in the text of one paragraph, heading or table cell, when cmark-gfm comes to
/// a `$` or an `@` in it.
///
/// A formula is `$…$` as pandoc reads it: no space after the opening dollar, none before the closing one, and no
/// digit after that, so that `$5 and $6` are prices. Or it is `$$…$$`, whatever stands between.
struct InlineSyntax {
  enum Span: Equatable {
    /// `tex` without the dollars; `label` from `{#eq-label}`.
    case math(tex: Range<Int>, isDisplayed: Bool, label: Range<Int>?, end: Int)
    /// The label without the `@`.
    case reference(label: Range<Int>)
    case citation(CitationSyntax)

    var end: Int {
      switch self {
      case .math(_, _, _, let end): end
      case .reference(let label): label.upperBound
      case .citation(let citation): citation.end
      }
    }

    /// The TeX, or the label.
    var text: Range<Int> {
      switch self {
      case .math(let tex, _, _, _): tex
      case .reference(let label): label
      case .citation(let citation): citation.start..<citation.end
      }
    }
  }

  let bytes: [UInt8]
  /// Whether `@key` refers to a work, too: only in a book that has a bibliography.
  let citesWorks: Bool
  private let codeSpans: [Range<Int>]
  // Where a search that found no end began: one that begins behind it finds none either. Without this, a line of
  // opening dollars would take quadratic time.
  private var noInlineEndBehind = Int.max
  private var noDisplayedEndBehind = Int.max

  init(bytes: [UInt8], citesWorks: Bool = false) {
    self.bytes = bytes
    self.citesWorks = citesWorks
    codeSpans = Self.codeSpans(in: bytes)
  }

  mutating func span(at start: Int) -> Span? {
    guard start < bytes.count else { return nil }
    switch bytes[start] {
    case .dollar: return bytes.has("$$", at: start) ? displayedMath(at: start) : math(at: start)
    case UInt8(ascii: "@"): return reference(at: start)
    default: return nil
    }
  }

  // MARK: Formulas

  private mutating func math(at start: Int) -> Span? {
    let first = start + 1
    guard start < noInlineEndBehind, first < bytes.count, !bytes[first].isWhitespace else { return nil }
    // In `$$$` the last dollar is left over from a formula that did not come about.
    guard start == 0 || bytes[start - 1] != .dollar || bytes.isEscaped(start - 1) else { return nil }
    var code = codeSpans[codeSpans.partitioningIndex { $0.lowerBound >= first }...]
    var index = first
    while index < bytes.count {
      if let span = code.first, span.lowerBound <= index {
        code.removeFirst()
        if span.lowerBound == index {
          index = span.upperBound
          continue
        }
      }
      switch bytes[index] {
      case .backslash: index += 2
      case .dollar where index == first: return nil
      case .dollar
      where !bytes[index - 1].isWhitespace && !(index + 1 < bytes.count && bytes[index + 1].isDigit):
        return .math(tex: first..<index, isDisplayed: false, label: nil, end: index + 1)
      default: index += 1
      }
    }
    noInlineEndBehind = start
    return nil
  }

  private mutating func displayedMath(at start: Int) -> Span? {
    guard start < noDisplayedEndBehind else { return nil }
    let first = start + 2
    guard let end = Self.closingDollars(in: bytes[...], from: first) else {
      noDisplayedEndBehind = start
      return nil
    }
    guard bytes[first..<end].contains(where: { !$0.isWhitespace }) else { return nil }
    let (label, labelEnd) = Self.label(in: bytes[...], from: end + 2)
    return .math(tex: first..<end, isDisplayed: true, label: label, end: labelEnd)
  }

  /// Where the next `$$` stands that no backslash takes away.
  static func closingDollars(in bytes: ArraySlice<UInt8>, from start: Int) -> Int? {
    var index = start
    while index + 1 < bytes.endIndex {
      if bytes[index] == .backslash {
        index += 2
      } else if bytes[index] == .dollar, bytes[index + 1] == .dollar {
        return index
      } else {
        index += 1
      }
    }
    return nil
  }

  /// `{#eq-label}`, behind spaces or not: the label, and where it ends; `start` if there is none.
  static func label(in bytes: ArraySlice<UInt8>, from start: Int) -> (Range<Int>?, end: Int) {
    var index = start
    while index < bytes.endIndex, bytes[index].isSpaceOrTab { index += 1 }
    guard bytes.has("{#eq-", at: index) else { return (nil, start) }
    let first = index + 2
    guard let end = bytes[first...].firstIndex(where: { $0 == UInt8(ascii: "}") || $0.isWhitespace }),
      bytes[end] == UInt8(ascii: "}")
    else { return (nil, start) }
    return (first..<end, end + 1)
  }

  // MARK: References

  private func reference(at start: Int) -> Span? {
    if let citation = CitationSyntax.bracketed(around: start, in: self) { return .citation(citation) }
    guard let key = CitationSyntax.key(at: start, in: bytes, citesWorks: citesWorks) else { return nil }
    return key.isLabel
      ? .reference(label: key.range) : .citation(CitationSyntax.inText(key.range, in: self))
  }

  // MARK: Code

  /// Where the code span ends that a byte stands in, if it stands in one.
  func endOfCode(at index: Int) -> Int? {
    let next = codeSpans.partitioningIndex { $0.upperBound > index }
    guard next < codeSpans.count, codeSpans[next].contains(index) else { return nil }
    return codeSpans[next].upperBound
  }

  /// The code spans, opening and closing backticks included: a dollar in code closes no formula.
  private static func codeSpans(in bytes: [UInt8]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var index = 0
    while index < bytes.count {
      let length = bytes.run(of: .backtick, at: index)
      if length > 0 { runs.append(index..<index + length) }
      index += max(1, length)
    }
    guard runs.count > 1 else { return [] }
    // From the last to the first, so that the next run of each length is at hand.
    var next: [Int: Int] = [:]
    var closer: [Int?] = Array(repeating: nil, count: runs.count)
    for run in runs.indices.reversed() {
      closer[run] = next[runs[run].count]
      next[runs[run].count] = run
    }
    var spans: [Range<Int>] = []
    var run = 0
    while run < runs.count {
      if !bytes.isEscaped(runs[run].lowerBound), let end = closer[run] {
        spans.append(runs[run].lowerBound..<runs[end].upperBound)
        run = end + 1
      } else {
        run += 1
      }
    }
    return spans
  }
}

extension RandomAccessCollection where Index == Int {
  /// The first index whose element satisfies `predicate`, given that all elements behind it do, too.
  func partitioningIndex(_ predicate: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if predicate(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
