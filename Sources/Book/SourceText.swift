import Diagnostics
import Foundation

/// Reads text files of the user's.
enum SourceText {
  /// - Throws: `Diagnostic` for a file that cannot be read or is not UTF-8, at the first wrong byte.
  static func read(_ url: URL, displayedAs file: String) throws(Diagnostic) -> String {
    let data: Data
    do {
      data = try Data(contentsOf: url)
    } catch {
      throw Diagnostic(.error, file: file, message: "cannot be read: \(SystemError.reason(of: error))")
    }
    if let text = String(bytes: data, encoding: .utf8) { return text }
    throw invalidEncoding(data, file: file)
  }

  private static func invalidEncoding(_ data: Data, file: String) -> Diagnostic {
    let offset = validPrefix(of: data)
    let before = data.prefix(offset)
    let lineStart = (before.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    let lineEnd = data[lineStart...].firstIndex(of: UInt8(ascii: "\n")) ?? data.count
    let isUTF16 = data.starts(with: [0xFF, 0xFE]) || data.starts(with: [0xFE, 0xFF])
    return Diagnostic(
      .error, file: file, line: before.count { $0 == UInt8(ascii: "\n") } + 1,
      column: offset - lineStart + 1, message: "the text is not valid UTF-8",
      sourceLine: String(decoding: data[lineStart..<lineEnd].prefix(400), as: UTF8.self),
      hint: isUTF16 ? "the file seems to be UTF-16; save it as UTF-8" : "save the file as UTF-8")
  }

  /// How many bytes come before the first that no UTF-8 text has there.
  private static func validPrefix(of data: Data) -> Int {
    var decoder = UTF8()
    var bytes = data.makeIterator()
    var offset = 0
    while case .scalarValue(let scalar) = decoder.decode(&bytes) {
      offset += UTF8.width(scalar)
    }
    return offset
  }
}

/// Words for errors of the system.
enum SystemError {
  /// "No such file or directory", without Foundation's wrapping around it.
  static func reason(of error: any Error) -> String {
    if let error = error as? POSIXError { return reason(error.code.rawValue) }
    let error = error as NSError
    if let underlying = error.userInfo[NSUnderlyingErrorKey] as? any Error { return reason(of: underlying) }
    if error.domain == NSPOSIXErrorDomain { return reason(Int32(error.code)) }
    switch CocoaError.Code(rawValue: error.code) {
    case .fileReadNoSuchFile, .fileNoSuchFile: return reason(ENOENT)
    case .fileReadNoPermission, .fileWriteNoPermission: return reason(EACCES)
    case .fileWriteOutOfSpace: return reason(ENOSPC)
    case .fileWriteVolumeReadOnly: return reason(EROFS)
    case .fileWriteFileExists: return reason(EEXIST)
    default: return error.localizedDescription
    }
  }

  static func reason(_ code: Int32) -> String {
    String(cString: strerror(code)).lowercasedFirst
  }
}

extension String {
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
