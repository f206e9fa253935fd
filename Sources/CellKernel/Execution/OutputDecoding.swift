import CellOutputs
import Foundation
import KernelProtocol

/// Decodes the log of a unit.
struct OutputDecoding {
  var outputs: [CellOutput] = []
  /// The text of an inline value.
  var inlineText: String?

  init(_ captured: CapturedOutputs) {
    for record in captured.records {
      switch record.kind {
      case .stdout: appendText(record.bytes, .stdout)
      case .stderr: appendText(record.bytes, .stderr)
      case .inlineValue: inlineText = Self.text(record.bytes)
      case .figure:
        if let output = try? JSONDecoder.forRecords().decode(CellOutput.self, from: Data(record.bytes)) {
          append(output)
        }
      }
    }
    for tail in captured.tails { append(tail) }
  }

  private mutating func appendText(_ bytes: [UInt8], _ stream: TextOutput.Stream) {
    append(.text(TextOutput(stream: stream, text: Self.text(bytes))))
  }

  private mutating func append(_ output: CellOutput) {
    if case .text(var text) = output {
      text.text = Self.withoutModuleNames(text.text)
      outputs.append(.text(text))
    } else {
      outputs.append(output)
    }
  }

  /// Joins the end of a stream to the last text that came through it, whose own last line may be cut in two.
  private mutating func append(_ tail: CapturedOutputs.Tail) {
    let stream: TextOutput.Stream = tail.kind == .stderr ? .stderr : .stdout
    let index = outputs.lastIndex {
      if case .text(let text) = $0 { text.stream == stream } else { false }
    }
    guard let index, case .text(var text) = outputs[index] else { return }
    if tail.omittedBytes == 0 {
      text.text += Self.text(tail.bytes)
    } else {
      // Both sides of the cut end with whole lines, where they have lines.
      var omitted = (bytes: Int(tail.omittedBytes), lines: Int(tail.omittedLines))
      var bytes = tail.bytes[...]
      if let end = bytes.firstIndex(of: UInt8(ascii: "\n")), end < bytes.endIndex - 1 {
        omitted.bytes += end + 1 - bytes.startIndex
        omitted.lines += 1
        bytes = bytes[(end + 1)...]
      }
      if let end = text.text.utf8.lastIndex(of: UInt8(ascii: "\n")) {
        let cut = text.text.utf8.index(after: end)
        omitted.bytes += text.text.utf8.distance(from: cut, to: text.text.endIndex)
        text.text = String(text.text[..<cut])
      }
      text.tail = Self.withoutModuleNames(Self.text(Array(bytes)))
      text.omitted = TextOutput.Omission(lines: omitted.lines, bytes: omitted.bytes)
    }
    outputs[index] = .text(text)
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// The modules that cells are compiled as are nobody's business: `__Cells3.Point(x: 1)` is a `Point(x: 1)`.
  static func withoutModuleNames(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "_")), text.contains("__Cells") else { return text }
    return text.replacing(/\b__Cells\d+\./, with: "")
  }

  /// Takes the runtime's last words out of standard error.
  /// - Returns: the message of the trap, without its prefix.
  mutating func takeFatalError() -> String? {
    for index in outputs.indices.reversed() {
      guard case .text(var text) = outputs[index], text.stream == .stderr else { continue }
      let isTail = text.tail != nil
      let words = isTail ? text.tail! : text.text
      let pattern = /(?m)^(?:[^\n]*?:\d+: )?(?:Fatal error|Precondition failed|Assertion failed)(?:: |$)/
      guard let match = words.matches(of: pattern).last else { continue }
      var message = words[match.range.upperBound...]
      // The runtime's own backtrace follows, which names libraries of ours.
      if let trace = message.range(of: "\nCurrent stack trace:") { message = message[..<trace.lowerBound] }
      let rest = String(words[..<match.range.lowerBound])
      if isTail { text.tail = rest } else { text.text = rest }
      if rest.isEmpty, !isTail { outputs.remove(at: index) } else { outputs[index] = .text(text) }
      return message.trimmingCharacters(in: .newlines)
    }
    return nil
  }
}
