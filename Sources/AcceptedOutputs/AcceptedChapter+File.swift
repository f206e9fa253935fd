import Diagnostics
import Foundation

extension AcceptedChapter {
  /// The file beside a chapter: `en/11-training.outputs` for `en/11-training.md`.
  public static func path(for chapter: String) -> String {
    let name = chapter.split(separator: "/").last ?? ""
    let suffix = name.lastIndex(of: ".").map { name[$0...] } ?? ""
    return chapter.dropLast(suffix.count) + "." + fileExtension
  }

  public static let fileExtension = "outputs"

  /// The file's contents.
  public func text() throws -> String {
    var root: [String: DataValue] = [
      "format": .number(Double(Self.format)),
      "seed": seed < 1 << 53 ? .number(Double(seed)) : .text(String(seed)),
      "cells": .list(
        labels.compactMap { label in
          guard var data = cells[label]?.data else { return nil }
          data["cell"] = .text(label)
          return data
        }),
    ]
    if !inlineValues.isEmpty { root["inline-values"] = .list(inlineValues.map(\.data)) }
    return """
      # What the cells put out when it was last accepted, with: lectern test --accept
      \(try DataValue.object(root).yaml())
      """
  }

  /// - Parameters:
  ///   - text: the file's contents.
  ///   - file: the file as messages name it.
  public init(text: String, file: String) throws(Diagnostic) {
    func broken(_ why: String) -> Diagnostic {
      Diagnostic(
        .error, file: file, message: "this is no file of accepted outputs: \(why)",
        hint: "Look at what was done to it, or make it anew with `lectern test --accept`.")
    }
    let root: DataValue
    do {
      root = try DataValue(yaml: text)
    } catch {
      throw broken("\(error)")
    }
    guard let format = root["format"]?.whole else { throw broken("it has no `format`") }
    guard format == Self.format else {
      throw broken("its format is \(format), and this Lectern knows \(Self.format)")
    }
    guard let cells = root["cells"]?.list else { throw broken("it has no `cells`") }
    let seed = root["seed"].flatMap { $0.text ?? $0.whole.map(String.init) }.flatMap { UInt64($0) }
    guard let seed else { throw broken("it has no `seed`") }
    self.seed = seed
    labels = []
    self.cells = [:]
    for value in cells {
      guard let label = value["cell"]?.text else { throw broken("one of its cells has no label") }
      guard let unit = AcceptedUnit(value) else { throw broken("the cell `\(label)` has no `code`") }
      if self.cells.updateValue(unit, forKey: label) != nil { throw broken("it has `\(label)` twice") }
      labels.append(label)
    }
    inlineValues = []
    for value in root["inline-values"]?.list ?? [] {
      guard let unit = AcceptedUnit(value) else { throw broken("an inline value has no `code`") }
      inlineValues.append(unit)
    }
  }
}

extension AcceptedUnit {
  fileprivate var data: DataValue {
    var data = record
    data["code"] = .text(code)
    return data
  }

  fileprivate init?(_ data: DataValue) {
    guard let code = data["code"]?.text else { return nil }
    self.code = code
    record = data
    for key in ["code", "cell"] { record[key] = nil }
  }
}
