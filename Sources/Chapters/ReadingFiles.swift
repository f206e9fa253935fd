import Diagnostics
import Foundation

extension Chapter {
  /// Reads a chapter from a file.
  ///
  /// - Parameters:
  ///   - path: The file relative to the book's folder: `en/11-training.md`.
  ///   - file: The file as diagnostics name it: `chapters/en/11-training.md`.
  ///   - citesWorks: Whether the book has a bibliography: without one, `@name` is text.
  /// - Throws: A `Diagnostic` if the file cannot be read or is not UTF-8. All else that is wrong with it is in the
  ///   chapter's `diagnostics`.
  public static func read(
    from url: URL, path: String, file: String, citesWorks: Bool = false
  ) throws(Diagnostic) -> Chapter {
    parse(try readText(from: url, file: file), path: path, file: file, citesWorks: citesWorks)
  }

  /// The text of a file of the user's.
  ///
  /// - Throws: A `Diagnostic` that says why it cannot be had, with the place of the first byte that is not UTF-8.
  package static func readText(from url: URL, file: String) throws(Diagnostic) -> String {
    let data: Data
    do {
      data = try Data(contentsOf: url)
    } catch {
      throw Diagnostic(.error, file: file, message: "cannot be read: \(reason(error, url))")
    }
    let bytes = [UInt8](data)
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    throw invalidUTF8(bytes, file: file)
  }

  private static func reason(_ error: any Error, _ url: URL) -> String {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory) else {
      return "there is no such file"
    }
    if isDirectory.boolValue { return "it is a folder" }
    if (error as? CocoaError)?.code == .fileReadNoPermission { return "permission denied" }
    return (error as NSError).localizedDescription
  }

  private static func invalidUTF8(_ bytes: [UInt8], file: String) -> Diagnostic {
    let offset = firstInvalidByte(of: bytes)
    let before = bytes[..<offset]
    let line = before.count { $0 == .newline } + 1
    let lineStart = before.lastIndex(of: .newline).map { $0 + 1 } ?? 0
    let value = String(bytes[offset], radix: 16, uppercase: true)
    let encoding =
      bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
      ? "It looks like UTF-16; save" : "Save"
    return Diagnostic(
      .error, file: file, line: line, column: offset - lineStart + 1,
      message: "not UTF-8: the byte 0x\(value), at offset \(offset) of the file, begins no character",
      hint: "\(encoding) the file as UTF-8.")
  }

  private static func firstInvalidByte(of bytes: [UInt8]) -> Int {
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var offset = 0
    while case .valid(let scalar) = parser.parseScalar(from: &iterator) { offset += scalar.count }
    return min(offset, max(0, bytes.count - 1))
  }
}
