import Chapters
import Diagnostics
import ExecutionRecords
import Foundation

/// What a chapter's run put out when its author last looked and found it right.
///
/// It is kept beside the chapter, cell by cell under their labels, with a fingerprint of the code that each came from.
/// Places are counted from the cells' own lines, so that prose can be written without touching it.
public struct AcceptedChapter: Hashable, Sendable {
  /// The seed that the run started from.
  public var seed: UInt64
  /// The cells' labels in the chapter's order.
  package var labels: [String]
  package var cells: [String: AcceptedUnit]
  package var inlineValues: [AcceptedUnit]

  /// The version of the file's format.
  static let format = 1

  /// - Parameters:
  ///   - record: a run of `chapter`.
  ///   - folder: where the files that cells depend on are looked for.
  public init(_ record: ExecutionRecord, of chapter: Chapter, seed: UInt64, folder: URL) throws {
    self.seed = seed
    let places = CellPlaces(of: chapter)
    labels = chapter.cells.map(\.label)
    cells = [:]
    for (cell, record) in zip(chapter.cells, record.cells) {
      var value = try DataValue(encoding: record)
      places.makeRelative(&value, to: cell.position.line)
      cells[cell.label] = AcceptedUnit(code: Fingerprint.of(cell, folder: folder), record: value)
    }
    inlineValues = try zip(chapter.inlineValues, record.inlineValues).map { inline, record in
      var value = try DataValue(encoding: record)
      places.makeRelative(&value, to: inline.position.line)
      return AcceptedUnit(code: Fingerprint.of(inline), record: value)
    }
  }

  /// Keeps a cell's numbers to so many significant digits, at most 17, with which they are exact.
  public mutating func round(_ label: String, toDigits digits: Int) {
    guard let record = cells[label]?.record else { return }
    cells[label]?.record = record.rounded(toDigits: digits)
  }

  /// The record of `chapter` with these outputs, at the lines where its cells stand now.
  /// - Throws: where it lacks a cell, or what was kept of one cannot be read.
  public func record(for chapter: Chapter) throws -> ExecutionRecord {
    let places = CellPlaces(of: chapter)
    var record = ExecutionRecord(chapter: chapter.path)
    for cell in chapter.cells {
      guard var value = cells[cell.label]?.record else { throw AcceptedFileError.lacks(cell.label) }
      places.makeAbsolute(&value, from: cell.position.line)
      value["label"] = .text(cell.label)
      record.cells.append(try value.decoded())
    }
    guard inlineValues.count == chapter.inlineValues.count else {
      throw AcceptedFileError.lacks("inline values")
    }
    for (inline, unit) in zip(chapter.inlineValues, inlineValues) {
      var value = unit.record
      places.makeAbsolute(&value, from: inline.position.line)
      value["expression"] = .text(inline.expression)
      record.inlineValues.append(try value.decoded())
    }
    return record
  }

  /// What of the chapter is not what these outputs came from: cells whose code, or whose files, have changed, that are
  /// new, or that are gone.
  public func changes(in chapter: Chapter, seed: UInt64, folder: URL) -> [Change] {
    var changes: [Change] = []
    if seed != self.seed { changes.append(Change(kind: .seed(self.seed), line: nil, column: nil)) }
    for cell in chapter.cells {
      let (line, column) = (cell.position.line, cell.position.column)
      if let accepted = cells[cell.label] {
        if accepted.code != Fingerprint.of(cell, folder: folder) {
          changes.append(Change(kind: .otherCode(cell.label), line: line, column: column))
        }
      } else {
        changes.append(Change(kind: .new(cell.label), line: line, column: column))
      }
    }
    let labels = Set(chapter.cells.map(\.label))
    for label in self.labels where !labels.contains(label) {
      changes.append(Change(kind: .gone(label), line: nil, column: nil))
    }
    if inlineValues.map(\.code) != chapter.inlineValues.map(Fingerprint.of) {
      let first = zip(chapter.inlineValues, inlineValues).first { $1.code != Fingerprint.of($0) }?.0
      let position = (first ?? chapter.inlineValues.last)?.position
      changes.append(Change(kind: .inlineValues, line: position?.line, column: position?.column))
    }
    return changes
  }

  /// A way in which a chapter is no longer the one whose outputs were accepted.
  public struct Change: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
      case otherCode(String)
      case new(String)
      case gone(String)
      case inlineValues
      case seed(UInt64)
    }
    public var kind: Kind
    public var line: Int?
    public var column: Int?

    public var message: String {
      switch kind {
      case .otherCode(let label): "the cell `\(label)` is not the one whose outputs were accepted"
      case .new(let label): "no outputs of the cell `\(label)` have been accepted"
      case .gone(let label): "outputs of a cell `\(label)` have been accepted, which the chapter has no more"
      case .inlineValues: "the inline values are not those that were accepted"
      case .seed(let seed): "the accepted outputs come from the seed \(seed)"
      }
    }
  }
}

/// A cell's or an inline value's accepted record.
package struct AcceptedUnit: Hashable, Sendable {
  /// Tells the code that it came from.
  package var code: String
  package var record: DataValue
}

enum AcceptedFileError: Error {
  case lacks(String)
}
