import ExecutionRecords
import Foundation

/// A cache file's contents: a first line with the format, the lengths and a hash of all that follows, then the
/// complete key, then the run.
struct Entry {
  private static let magic = "lectern-run"
  private static let version = 1

  var key: String
  var stored: StoredRun

  init(key: String, stored: StoredRun) {
    self.key = key
    self.stored = stored
  }

  /// `nil` where anything at all is not as it was written.
  init?(_ data: Data) {
    guard let lineEnd = data.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let header = String(decoding: data[..<lineEnd], as: UTF8.self).split(separator: " ")
    let body = data[(lineEnd + 1)...]
    guard header.count == 4, header[0] == Self.magic, header[1] == "\(Self.version)",
      let keyLength = Int(header[2]), keyLength <= body.count, keyLength >= 0,
      header[3] == FNV1a.hash(Data(body)).hexadecimal,
      let stored = try? JSONDecoder.forRecords.decode(StoredRun.self, from: Data(body.dropFirst(keyLength)))
    else { return nil }
    key = String(decoding: body.prefix(keyLength), as: UTF8.self)
    self.stored = stored
  }

  func encoded() throws -> Data {
    let key = Data(key.utf8)
    let body = key + (try JSONEncoder.forRecords.encode(stored))
    let header = "\(Self.magic) \(Self.version) \(key.count) \(FNV1a.hash(body).hexadecimal)\n"
    return Data(header.utf8) + body
  }
}
