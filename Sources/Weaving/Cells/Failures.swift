import Chapters
import Diagnostics
import ExecutionRecords

extension ChapterRenderer {
  /// Why a cell did not run to its end, for a reader who learns from it; nothing where it did.
  func failure(of record: CellRecord, in cell: Cell, _ options: CellOptions) -> HTML {
    guard record.status != .ok else { return HTML() }
    // Not to run it is what its author asked for.
    if record.status == .skipped, options.eval == false, record.error == nil { return HTML() }
    var messages: [MessageContext] = []
    if let error = record.error {
      if error.diagnostics.isEmpty || !error.message.isEmpty && record.status != .notCompiled {
        messages.append(message(of: error, in: cell))
      }
      messages += error.diagnostics.flatMap { self.messages(of: $0, in: cell) }
    }
    let isExpected = options.error == true || options.expectError != nil
    return theme.templates.render(
      "failure",
      FailureContext(
        severity: record.status == .skipped ? "skipped" : "error",
        headline: wording.headline(of: record.status),
        isExpected: isExpected,
        expectedNote: wording.of("The error is part of the lesson.", "这个错误是课程内容的一部分。"), messages: messages))
  }

  /// What the compiler warned of.
  func warnings(_ warnings: [Diagnostic], in cell: Cell) -> HTML {
    guard !warnings.isEmpty else { return HTML() }
    return theme.templates.render(
      "failure",
      FailureContext(
        severity: "warning", headline: wording.of("The compiler warns", "编译器警告"), isExpected: false,
        expectedNote: "", messages: warnings.flatMap { messages(of: $0, in: cell) }))
  }

  private func message(of error: CellError, in cell: Cell) -> MessageContext {
    // A single call, at the place itself, tells nothing new.
    let isPlaceItself = error.frames.count == 1 && error.frames[0].line == error.line
    let frames = (isPlaceItself ? [] : error.frames).map { frame in
      let function = frame.function ?? wording.of("the cell's top level", "单元格顶层")
      return wording.of("\(function), line \(frame.line)", "\(function)，第 \(frame.line) 行")
    }
    return MessageContext(
      message: TerminalText.plain(error.message), place: error.line.map { place($0, in: cell) },
      source: source(line: error.line, column: error.column, in: cell),
      frames: frames.map(TerminalText.plain),
      hasFrames: !frames.isEmpty, framesLabel: wording.of("Called from", "调用自"))
  }

  private func messages(of diagnostic: Diagnostic, in cell: Cell) -> [MessageContext] {
    let isHere = ["", chapter.file, chapter.path, cell.codePath].contains(diagnostic.file)
    let own = MessageContext(
      message: TerminalText.plain(diagnostic.message),
      place: isHere ? diagnostic.line.map { place($0, in: cell) } : nil,
      source: isHere ? source(line: diagnostic.line, column: diagnostic.column, in: cell) : nil,
      hint: diagnostic.hint.map(TerminalText.plain), frames: [], hasFrames: false, framesLabel: "")
    return [own] + diagnostic.notes.flatMap { messages(of: $0, in: cell) }
  }

  private func place(_ line: Int, in cell: Cell) -> String {
    let place = wording.of("line \(line)", "第 \(line) 行")
    return cell.codePath.map { wording.of("\($0), \(place)", "\($0) \(place)") } ?? place
  }

  /// A line of the code that the cell is of: of this chapter, or of the one that it shows a cell of.
  private func source(line: Int?, column: Int?, in cell: Cell) -> SourceContext? {
    guard let line, let text = cell.codePath == nil ? chapter.line(line) : codeLine(line, of: cell) else {
      return nil
    }
    let offset = max(0, (column ?? 1) - 1)
    return SourceContext(
      lineNumber: line, before: String(decoding: text.utf8.prefix(offset), as: UTF8.self),
      after: String(decoding: text.utf8.dropFirst(offset), as: UTF8.self), hasCaret: column != nil)
  }

  /// A line of the other chapter as far as it is known here: where it is code of a cell that stands in this one too.
  private func codeLine(_ line: Int, of cell: Cell) -> String? {
    for cell in [cell] + chapter.cells where cell.codePath != nil {
      let lines = cell.code.split(separator: "\n", omittingEmptySubsequences: false)
      let row = line - cell.firstLine
      guard lines.indices.contains(row) else { continue }
      let indentation = cell.columnOffsets.indices.contains(row) ? max(0, cell.columnOffsets[row]) : 0
      return String(repeating: " ", count: indentation) + lines[row]
    }
    return nil
  }
}
