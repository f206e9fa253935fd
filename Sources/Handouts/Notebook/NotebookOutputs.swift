import CellOutputs
import Chapters
import Diagnostics
import ExecutionRecords
import Foundation
import Weaving

/// What a cell put out, in a notebook's terms.
struct NotebookOutputs {
  let weaver: Weaver
  let language: String
  let styles: String
  let options: CellOptions

  /// - Parameter count: the cell's number in the order of execution; `nil` for one that did not run.
  func outputs(of record: CellRecord, count: Int?, file: String) throws(Diagnostic) -> [NotebookDocument
    .Output]
  {
    var outputs: [NotebookDocument.Output] = []
    if options.warning != false {
      for warning in record.warnings {
        outputs.append(.stream(name: "stderr", text: .init(Self.text(of: warning))))
      }
    }
    if options.output != false {
      for (index, output) in record.outputs.enumerated() {
        let isLast = index == record.outputs.count - 1 && record.status == .ok
        outputs += try self.outputs(
          of: output, id: "\(record.label)-\(index)", resultOf: isLast ? count : nil, file)
      }
    }
    if record.status != .ok, let error = record.error {
      outputs.append(Self.output(of: error, record.status))
    }
    return outputs
  }

  private func outputs(
    of output: CellOutput, id: String, resultOf count: Int?, _ file: String
  ) throws(Diagnostic) -> [NotebookDocument.Output] {
    if case .text(let text) = output, text.stream != .value {
      guard text.stream == .stdout || options.warning != false else { return [] }
      return [.stream(name: text.stream.rawValue, text: .init(TerminalText.plain(text.plainText)))]
    }
    let fragment = try HTMLReading.fragment(weaver.html(of: output, language: language, id: id), file: file)
    var bundles = Self.visuals(in: fragment, styles: styles)
    let text = TerminalText.plain(output.plainText)
    if bundles.isEmpty { bundles.append(.init(data: [:])) }
    // The whole output as text goes with the first thing that is more than text.
    let first = bundles.firstIndex { $0.data.count > 1 } ?? 0
    if bundles.count == 1 || bundles[first].data.count > 1 { bundles[first].data["text/plain"] = .init(text) }
    // The value of a cell's last expression is its result; all that came before it was displayed on the way.
    return bundles.enumerated().map { index, bundle in
      if index == 0, bundles.count == 1, let count { return .result(bundle, executionCount: count) }
      return .display(bundle)
    }
  }

  /// The drawings, pictures, tables and words that an output shows, but for the data behind a drawing. A figure of
  /// several frames gives each of them.
  private static func visuals(in fragment: Element, styles: String) -> [NotebookDocument.Bundle] {
    var bundles: [NotebookDocument.Bundle] = []
    fragment.walk { element in
      switch element.name {
      case "details" where element.hasClass("data"): return false
      case "pre",
        "p" where element.hasClass("frame-caption") || element.hasClass("output-label"):
        bundles.append(.init(data: ["text/plain": .init(element.text)]))
        return false
      case "svg":
        bundles.append(image(Data(drawing(element, styles).utf8), "image/svg+xml", alt: alt(element)))
        return false
      case "img":
        if let (data, type) = DataURL.read(element["src"] ?? "") {
          bundles.append(image(data, type, alt: element["alt"] ?? ""))
        }
        return false
      case "table":
        bundles.append(
          .init(data: ["text/html": .init(table(element)), "text/plain": .init(element.plainText)]))
        return false
      default: return true
      }
    }
    return bundles
  }

  /// The drawing as a file of its own, with its styles in it.
  private static func drawing(_ svg: Element, _ styles: String) -> String {
    let style = Element("style", namespace: .svg, children: [.text(styles)])
    let viewBox = (svg["viewBox"] ?? "").split(separator: " ").compactMap { Double($0) }
    if viewBox.count == 4, svg["width"] == nil {
      svg["width"] = "\(Int(viewBox[2].rounded()))"
      svg["height"] = "\(Int(viewBox[3].rounded()))"
    }
    let title = svg.elements.firstIndex { $0.name != "title" && $0.name != "desc" } ?? 0
    svg.children.insert(.element(style), at: min(title, svg.children.count))
    return svg.xml()
  }

  /// A picture with its words. Jupyter shows a drawing of its own kind in notebooks only that the reader has declared to
  /// trust; one in an `img`, where nothing in it can run, in all of them.
  private static func image(_ data: Data, _ type: String, alt: String) -> NotebookDocument.Bundle {
    guard type == "image/svg+xml" else {
      return .init(data: [type: .init(data.base64EncodedString()), "text/plain": .init(alt)])
    }
    let element = Element("img", [("alt", alt), ("src", DataURL.of(data, type: type))])
    return .init(data: ["text/html": .init(element.html), "text/plain": .init(alt)])
  }

  private static func alt(_ svg: Element) -> String {
    let texts = svg.elements.filter { $0.name == "title" || $0.name == "desc" }.map(\.plainText)
    return texts.filter { !$0.isEmpty }.joined(separator: ": ")
  }

  /// The table with the styles of its cells and nothing that speaks of the page.
  private static func table(_ table: Element) -> String {
    table.walk { element in
      let isNumber = element.hasClass("number")
      element.attributes.removeAll { !["style", "scope", "colspan", "rowspan"].contains($0.name) }
      if isNumber, element["style"] == nil { element["style"] = "text-align: right" }
      return true
    }
    return table.html
  }

  // MARK: Errors

  private static func output(of error: CellError, _ status: CellStatus) -> NotebookDocument.Output {
    let message = TerminalText.plain(error.message)
    let place =
      error.line.map { ["line \($0)\(error.column.map { ":\($0)" } ?? ""): \(message)"] } ?? [message]
    let frames = error.frames.map {
      "  in \(TerminalText.plain($0.function ?? "the cell's top level")), line \($0.line)"
    }
    let compiler = error.diagnostics.map { text(of: $0) }
    return .error(
      name: status.rawValue, value: message, traceback: (message.isEmpty ? [] : place) + frames + compiler)
  }

  private static func text(of diagnostic: Diagnostic) -> String {
    let place = diagnostic.line.map { "line \($0)\(diagnostic.column.map { ":\($0)" } ?? ""): " } ?? ""
    return TerminalText.plain("\(place)\(diagnostic.severity.rawValue): \(diagnostic.message)\n")
  }
}
