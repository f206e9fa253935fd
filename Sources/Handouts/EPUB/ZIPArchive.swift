import CZip
import Foundation

/// Files in one, by libzip. This is the only file that knows it.
struct ZIPArchive {
  struct Failure: Error {
    var reason: String
  }

  private var files: [(path: String, data: Data, isCompressed: Bool)] = []

  /// Adds a file behind those that there are.
  mutating func add(_ path: String, _ data: Data, isCompressed: Bool = true) {
    files.append((path, data, isCompressed))
  }

  /// The archive. Every file in it is of 1980-01-01, the first day that the format has.
  func data() throws(Failure) -> Data {
    guard let target = zip_source_buffer_create(nil, 0, 0, nil) else {
      throw Failure(reason: "out of memory")
    }
    defer { zip_source_free(target) }
    // The archive frees its source when it is closed; this keeps it for reading.
    zip_source_keep(target)
    guard let archive = zip_open_from_source(target, ZIP_TRUNCATE, nil) else {
      zip_source_free(target)
      throw Failure(reason: "out of memory")
    }
    for file in files {
      guard add(file.path, file.data, isCompressed: file.isCompressed, to: archive) else {
        let reason = String(cString: zip_strerror(archive))
        zip_discard(archive)
        throw Failure(reason: reason)
      }
    }
    guard zip_close(archive) == 0 else {
      let reason = String(cString: zip_strerror(archive))
      zip_discard(archive)
      throw Failure(reason: reason)
    }
    return try read(target)
  }

  private func add(_ path: String, _ data: Data, isCompressed: Bool, to archive: OpaquePointer) -> Bool {
    // libzip frees it.
    let copy = malloc(max(1, data.count))
    data.copyBytes(to: UnsafeMutableRawBufferPointer(start: copy, count: data.count))
    guard let source = zip_source_buffer(archive, copy, UInt64(data.count), 1) else {
      free(copy)
      return false
    }
    let index = zip_file_add(archive, path, source, ZIP_FL_ENC_UTF_8)
    guard index >= 0 else {
      zip_source_free(source)
      return false
    }
    let method = isCompressed ? ZIP_CM_DEFLATE : ZIP_CM_STORE
    let firstDay: UInt16 = 1 << 5 | 1
    return zip_set_file_compression(archive, UInt64(index), method, isCompressed ? 9 : 0) == 0
      && zip_file_set_dostime(archive, UInt64(index), 0, firstDay, 0) == 0
  }

  private func read(_ source: OpaquePointer) throws(Failure) -> Data {
    var status = zip_stat_t()
    guard zip_source_stat(source, &status) == 0, zip_source_open(source) == 0 else {
      throw Failure(reason: "it cannot be read again")
    }
    defer { zip_source_close(source) }
    var data = Data(count: Int(status.size))
    let count = data.withUnsafeMutableBytes { zip_source_read(source, $0.baseAddress!, status.size) }
    guard count == Int64(status.size) else { throw Failure(reason: "it cannot be read again") }
    return data
  }
}
