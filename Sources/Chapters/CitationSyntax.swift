/// Where the parts of a citation stand in the text of a paragraph: `[see @hornik1991, p. 3; -@cybenko1989]`, or
/// `@hornik1991 [p. 3]` in a sentence.
///
/// It is Pandoc's syntax, and serves for references to figures and the like as well: `[-@fig-loss]`.
struct CitationSyntax: Equatable {
  struct Item: Equatable {
    /// What stands before the `@`, a `-` that belongs to it left out.
    var prefix: Range<Int>
    /// The key without the `@`.
    var key: Range<Int>
    var suffix: Range<Int>
    var isShort: Bool
  }

  var items: [Item]
  var isBracketed: Bool
  /// The `@` where cmark comes to it: the bracket and the prefix before it are text already.
  var start: Int
  var end: Int

  /// The longest citation that is looked for, so that a text of brackets takes no quadratic time.
  private static let maximumLength = 1000

  // MARK: In brackets

  /// The citation whose first `@` stands at an index.
  static func bracketed(around start: Int, in text: InlineSyntax) -> CitationSyntax? {
    let bytes = text.bytes
    guard let open = openingBracket(before: start, in: bytes),
      let close = closingBracket(from: start, in: text), !bytes.has("](", at: close), !bytes.has("][", at: close)
    else { return nil }
    var items: [Item] = []
    for part in parts(open + 1..<close, in: text) {
      guard let item = item(part, in: text) else { return nil }
      items.append(item)
    }
    guard items.first?.key.lowerBound == start + 1 else { return nil }
    return CitationSyntax(items: items, isBracketed: true, start: start, end: close + 1)
  }

  private static func openingBracket(before index: Int, in bytes: [UInt8]) -> Int? {
    for candidate in (max(0, index - maximumLength)..<index).reversed() {
      switch bytes[candidate] {
      case UInt8(ascii: "[") where !bytes.isEscaped(candidate):
        let isImage = candidate > 0 && bytes[candidate - 1] == UInt8(ascii: "!")
        return isImage ? nil : candidate
      case UInt8(ascii: "]"), UInt8(ascii: ";"), .backtick: return nil
      default: break
      }
    }
    return nil
  }

  private static func closingBracket(from start: Int, in text: InlineSyntax) -> Int? {
    var depth = 0
    var index = start
    while index < min(text.bytes.count, start + maximumLength) {
      if let end = text.endOfCode(at: index) {
        index = end
        continue
      }
      switch text.bytes[index] {
      case .backslash: index += 1
      case UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "]"):
        if depth == 0 { return index }
        depth -= 1
      default: break
      }
      index += 1
    }
    return nil
  }

  /// What stands between semicolons.
  private static func parts(_ range: Range<Int>, in text: InlineSyntax) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = range.lowerBound
    for index in range where text.bytes[index] == UInt8(ascii: ";") && text.endOfCode(at: index) == nil {
      parts.append(start..<index)
      start = index + 1
    }
    return parts + [start..<range.upperBound]
  }

  private static func item(_ part: Range<Int>, in text: InlineSyntax) -> Item? {
    for at in part where text.bytes[at] == UInt8(ascii: "@") && text.endOfCode(at: at) == nil {
      guard let key = key(at: at, in: text.bytes, citesWorks: text.citesWorks)?.range,
        key.upperBound <= part.upperBound
      else { continue }
      let isShort =
        at > part.lowerBound && text.bytes[at - 1] == UInt8(ascii: "-")
        && (at - 1 == part.lowerBound || text.bytes[at - 2].isWhitespace)
      return Item(
        prefix: part.lowerBound..<(isShort ? at - 1 : at), key: key, suffix: key.upperBound..<part.upperBound,
        isShort: isShort)
    }
    return nil
  }

  // MARK: In a sentence

  /// `@key`, with the brackets behind it that say where in the work.
  static func inText(_ key: Range<Int>, in text: InlineSyntax) -> CitationSyntax {
    let bytes = text.bytes
    let start = key.lowerBound - 1
    var citation = CitationSyntax(
      items: [Item(prefix: start..<start, key: key, suffix: key.upperBound..<key.upperBound, isShort: false)],
      isBracketed: false, start: start, end: key.upperBound)
    let open = key.upperBound + 1
    guard bytes.has(" [", at: key.upperBound), open + 1 < bytes.count,
      !"@^!-".utf8.contains(bytes[open + 1]), let close = closingBracket(from: open + 1, in: text),
      !bytes.has("](", at: close), !bytes.has("][", at: close),
      !bytes[open..<close].contains(UInt8(ascii: "@"))
    else { return citation }
    citation.items[0].suffix = open + 1..<close
    citation.end = close + 1
    return citation
  }

  // MARK: Keys

  /// The key behind an `@`, and whether it is a label of something in the book.
  static func key(at start: Int, in bytes: [UInt8], citesWorks: Bool) -> (range: Range<Int>, isLabel: Bool)? {
    // In `someone@fig-tree.org` it is part of an address.
    if start > 0,
      bytes[start - 1].isLetter || bytes[start - 1].isDigit || "._+".utf8.contains(bytes[start - 1])
        || bytes.isEscaped(start)
    {
      return nil
    }
    if start > 1, bytes[start - 1] == UInt8(ascii: "-"), bytes[start - 2].isLetter || bytes[start - 2].isDigit {
      return nil
    }
    let first = start + 1
    let rest = String(decoding: bytes[min(first, bytes.count)...].prefix(300), as: UTF8.self)
    if let length = labelLength(rest) { return (first..<(first + length), true) }
    guard citesWorks, let length = workKeyLength(rest) else { return nil }
    return (first..<(first + length), false)
  }

  private static func labelLength(_ text: String) -> Int? {
    // `@Fig-loss` begins a sentence, in Quarto.
    guard let prefix = Reference.prefixes.first(where: { text.lowercased().hasPrefix($0) }) else { return nil }
    var name = Array(text.unicodeScalars.dropFirst(prefix.count).prefix { $0.isLabelScalar })
    // `see @fig-loss-` ends with a dash of the sentence's.
    while let last = name.last, last == "-" || last == "_" { name.removeLast() }
    // Chinese runs on without a space: in `见@fig-loss的曲线` the label ends where the ASCII does.
    if let first = name.first, first.isASCII { name = Array(name.prefix { $0.isASCII }) }
    guard !name.isEmpty else { return nil }
    return name.reduce(prefix.utf8.count) { $0 + UTF8.width($1) }
  }

  /// A letter, digit or `_`, then those and single signs between them.
  private static func workKeyLength(_ text: String) -> Int? {
    var scalars = Array(text.unicodeScalars.prefix { $0.isLabelScalar || ":.#$%&-+?<>~/".unicodeScalars.contains($0) })
    guard let first = scalars.first, first.isLabelScalar, first != "-" else { return nil }
    if first.isASCII { scalars = Array(scalars.prefix { $0.isASCII }) }
    let isSign = { (scalar: Unicode.Scalar) in !scalar.isLabelScalar || scalar == "-" }
    for index in scalars.indices.dropFirst() where isSign(scalars[index]) && isSign(scalars[index - 1]) {
      scalars = Array(scalars[..<index])
      break
    }
    while let last = scalars.last, isSign(last) { scalars.removeLast() }
    return scalars.reduce(0) { $0 + UTF8.width($1) }
  }
}
