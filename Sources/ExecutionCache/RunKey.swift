import CellKernel
import Chapters
import Foundation

/// Everything that a chapter's run depends on, written out as canonical text.
///
/// The text itself is kept beside what was computed and compared byte for byte, so no two runs can ever be taken
/// for one another; the hash only names the file.
///
/// Prose, captions and the options that only decide what is shown are not part of it.
public struct RunKey: Hashable, Sendable {
  public let text: String

  /// - Parameters:
  ///   - chapter: its cells' options already resolved over the chapter's and the book's defaults.
  ///   - kernelIdentity: `CellKernel.identity`.
  ///   - folder: where the files that cells declare with `depends:` are looked for.
  public init(
    chapter: Chapter, kernelIdentity: String, settings: CellKernel.Settings, folder: URL
  ) throws {
    let units = chapter.units.map { unit in
      switch unit {
      case .cell(let index): Unit(chapter.cells[index], folder: folder)
      case .inlineValue(let index): Unit(chapter.inlineValues[index])
      }
    }
    let parts = Parts(
      kernel: kernelIdentity, settings: settings, chapter: chapter.path, file: chapter.file, units: units)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    text = String(decoding: try encoder.encode(parts), as: UTF8.self)
  }
}

private struct Parts: Encodable {
  /// Goes up when the meaning of a stored run changes.
  var version = 1
  var kernel: String
  var settings: CellKernel.Settings
  var chapter: String
  /// `#file` in a cell shows it.
  var file: String
  var units: [Unit]
}

private struct Unit: Encodable {
  var code: String
  /// A cell's random numbers start from it.
  var label: String?
  var eval: Bool?
  var error: Bool?
  var timeout: Double?
  var expectError: String?
  var depends: [String: String]?

  init(_ cell: Cell, folder: URL) {
    code = cell.code
    label = cell.label
    eval = cell.options.eval
    error = cell.options.error
    timeout = cell.options.timeout
    expectError = cell.options.expectError?.rawValue
    depends = cell.options.depends.map { files in
      Dictionary(
        files.map { ($0, FileDigest.digest(of: folder.appending(path: $0))) }, uniquingKeysWith: { a, _ in a }
      )
    }
  }

  init(_ value: InlineValue) {
    code = value.expression
  }
}

/// A file's size and a hash of its bytes; "missing" where it cannot be read, so that it is noticed when it appears.
private enum FileDigest {
  static func digest(of file: URL) -> String {
    guard let data = try? Data(contentsOf: file, options: .mappedIfSafe) else { return "missing" }
    return "\(data.count)-\(FNV1a.hash(data).hexadecimal)"
  }
}
