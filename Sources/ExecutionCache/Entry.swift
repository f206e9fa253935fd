import CellKernel
import ExecutionRecords
import Foundation
import KernelProtocol

/// A cache file's contents: a first line with the format, the key and a digest of all that follows, then the outcome.
struct Entry {
  private static let magic = "lectern-outcome"
  private static let version = 1

  var key: String
  var stored: StoredOutcome

  init(key: String, stored: StoredOutcome) {
    self.key = key
    self.stored = stored
  }

  /// `nil` where anything at all is not as it was written.
  init?(_ data: Data) {
    guard let lineEnd = data.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let header = String(decoding: data[..<lineEnd], as: UTF8.self).split(separator: " ").map(String.init)
    let body = Data(data[(lineEnd + 1)...])
    guard header.count == 4, header[0] == Self.magic, header[1] == "\(Self.version)",
      header[3] == Self.digest(of: body, header[2]),
      let stored = try? JSONDecoder.forRecords.decode(StoredOutcome.self, from: body)
    else { return nil }
    key = header[2]
    self.stored = stored
  }

  func encoded() throws -> Data {
    let body = try JSONEncoder.forRecords.encode(stored)
    return Data("\(Self.magic) \(Self.version) \(key) \(Self.digest(of: body, key))\n".utf8) + body
  }

  /// Of the key too, so that a damaged one is not taken for another's.
  private static func digest(of body: Data, _ key: String) -> String {
    Digest([key, body.withUnsafeBytes { Digest($0).description }]).description
  }
}
