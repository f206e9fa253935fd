import Foundation

/// Writes files whole or not at all.
enum AtomicFile {
  /// Puts `data` into a temporary file beside `url` and renames it; the old file stays until then, and where
  /// anything fails (a full disk, say) the temporary file is removed.
  ///
  /// Nothing waits for the disk: output can be built again.
  /// - Throws: `POSIXError`.
  static func write(_ data: Data, to url: URL) throws(POSIXError) {
    let path = url.path
    // The name stays short, because the file's own may be as long as the file system allows.
    let name = ".lectern-\(getpid())-\(UInt32.random(in: 0 ... .max)).tmp"
    let temporary = url.deletingLastPathComponent().appending(path: name).path
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .current }
    do throws(POSIXError) {
      try writeAll(data, to: descriptor)
      guard close(descriptor) == 0 else { throw .current }
      guard rename(temporary, path) == 0 else { throw .current }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Closes the descriptor if it fails.
  private static func writeAll(_ data: Data, to descriptor: CInt) throws(POSIXError) {
    var offset = 0
    while offset < data.count {
      let written = data.withUnsafeBytes { bytes in
        Foundation.write(descriptor, bytes.baseAddress! + offset, bytes.count - offset)
      }
      if written >= 0 {
        offset += written
      } else if errno != EINTR {
        let error = POSIXError.current
        close(descriptor)
        throw error
      }
    }
  }
}

extension POSIXError {
  /// What the last call of the system's complained of.
  static var current: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
