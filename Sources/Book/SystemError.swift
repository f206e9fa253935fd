import Foundation

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
