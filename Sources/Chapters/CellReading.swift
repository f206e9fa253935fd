import Diagnostics

extension ChapterReader {
  private static let language = "swift-run"

  /// A cell, a ```` ```math ```` formula, or a code block that is only shown.
  mutating func codeBlock(_ node: SyntaxNode, info: String, fence: SyntaxNode.Fence?) -> Block {
    codeLines.append(node.start.line...max(node.start.line, node.endLine))
    let words = info.split { $0 == " " || $0 == "\t" }.map(String.init)
    switch words.first {
    case Self.language? where fence != nil:
      if words.count > 1 {
        report(
          .warning, at: prepared.original(node.start), "`\(words[1])` behind `swift-run` means nothing",
          hint: "Options are `//|` lines at the head of the cell, as in `//| echo: false`.")
      }
      return cell(node)
    case "math"? where fence != nil: return .math(fencedFormula(node, info: info))
    default:
      if fence != nil, let word = words.first { checkLanguage(word, at: node.start) }
      var block = CodeBlock(info: info, code: node.literal, position: prepared.original(node.start))
      if let brace = info.firstIndex(of: "{"), let (attributes, rest) = Attributes.read(at: info[brace...]) {
        // Pandoc's: ```{.python #lst-x lst-cap="…"}, or the language before the brace.
        let language = String(info[..<brace]).trimmingWhitespace
        block.info = language.isEmpty ? attributes.classes.first ?? "" : language + rest
        block.label = label(of: attributes, prefix: "lst-", at: block.position)
        block.caption = attributes["lst-cap"]
      }
      return .codeBlock(block)
    }
  }

  /// `{swift-run}` and `swift_run` were meant to run.
  private mutating func checkLanguage(_ word: String, at start: SourcePosition) {
    let bare = word.lowercased().filter { !"{}".contains($0) }.map { $0 == "_" ? "-" : String($0) }.joined()
    guard bare == Self.language || word == "{swift}" || bare == "swiftrun" else { return }
    report(
      .warning, at: prepared.original(start), "this block of `\(word)` is shown, but not run",
      hint: "A cell that runs begins with ```swift-run.")
  }

  private mutating func cell(_ node: SyntaxNode) -> Block {
    let position = prepared.original(node.start)
    let firstLine = node.start.line + 1
    var lines = node.literal.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let lineCount = lines.count - 1
    if lines.count > 1 { lines.removeLast() }
    let offsets = lines.enumerated().map { index, line in
      // Of what the fence stands in, and of the fence's own indentation, a line loses what it has of it. Where
      // half a tab is lost, the other half became spaces, and the difference may be negative.
      original.line(firstLine + index).count - line.utf8.count
    }
    let places = offsets.enumerated().map { SourcePosition(line: firstLine + $0, column: $1 + 1) }
    if !isClosed(node, at: firstLine + lineCount) {
      report(
        .error, at: position, "the cell that begins here never ends",
        hint: "End it with a line of \(String(repeating: node.fenceCharacter, count: node.fenceLength)).")
    }
    let head = OptionLines(lines: lines, positions: places)
    report(head.problems)
    warnOfLateOptions(lines, places, after: head.count)
    if let label = head.options.label {
      let place = head.labelPosition ?? position
      claim(label, at: place)
      if label.hasPrefix("cell-"), label.dropFirst(5).allSatisfy(\.isNumber) {
        report(
          .error, at: place, "the label `\(label)` is one of those that cells without a label have",
          hint: "Name the cell for what it does.")
      }
    }
    for index in 0..<head.count { lines[index] = "" }
    let number = cells.count
    cells.append(
      Cell(
        label: head.options.label ?? "cell-\(number + 1)", options: head.options,
        code: lines.joined(separator: "\n"),
        firstLine: firstLine, columnOffsets: offsets, position: position))
    units.append(.cell(number))
    return .cell(number)
  }

  private mutating func warnOfLateOptions(_ lines: [String], _ places: [SourcePosition], after count: Int) {
    for index in lines.indices.dropFirst(count) where lines[index].hasPrefix("//|") {
      let text = lines[index].dropFirst(3).drop { $0 == " " }
      guard OptionKey(rawValue: String(text.prefix { $0 != ":" && $0 != " " })) != nil else { continue }
      report(
        .warning, at: places[index], "an option below the head of the cell means nothing",
        hint: "Move it up: the option lines are the first lines of a cell.")
    }
  }

  /// Whether the line behind a fenced block's last is its closing fence.
  private func isClosed(_ node: SyntaxNode, at line: Int) -> Bool {
    guard node.endLine >= line else { return false }
    let text = original.line(line).drop { $0.isSpaceOrTab || $0 == UInt8(ascii: ">") }
    let length = text.run(of: node.fenceByte, at: text.startIndex)
    return length >= node.fenceLength && text.dropFirst(length).allSatisfy(\.isWhitespace)
  }

  private mutating func fencedFormula(_ node: SyntaxNode, info: String) -> Formula {
    let bytes = Array(node.literal.utf8)
    let firstLine = node.start.line + 1
    let first = bytes.firstIndex { !$0.isWhitespace } ?? 0
    let line = bytes[..<first].count { $0 == .newline }
    let start = bytes[..<first].lastIndex(of: .newline).map { $0 + 1 } ?? 0
    let length = (bytes[start...].firstIndex(of: .newline) ?? bytes.count) - start
    let offset = original.line(firstLine + line).count - length
    var formula = Formula(
      tex: node.literal.trimmingWhitespace, isDisplayed: true,
      position: SourcePosition(line: firstLine + line, column: max(1, offset + first - start + 1)))
    let infoBytes = Array(info.utf8)
    let label = InlineSyntax.label(in: infoBytes[...], from: "math".utf8.count).0
    if let label {
      let name = String(decoding: infoBytes[label], as: UTF8.self)
      let position = prepared.original(node.start)
      if name.isLabel {
        claim(name, at: position)
        formula.label = name
      } else {
        reportBadLabel(name, at: position)
      }
    }
    return formula
  }
}

extension SyntaxNode {
  fileprivate var fence: Fence? {
    guard case .codeBlock(_, let fence) = kind else { return nil }
    return fence
  }
  fileprivate var fenceByte: UInt8 { fence?.character ?? .backtick }
  fileprivate var fenceLength: Int { fence?.length ?? 3 }
  fileprivate var fenceCharacter: Character { Character(Unicode.Scalar(fenceByte)) }
}
