/// Duktape's strings: UTF-8 in which characters beyond the basic plane are two surrogates of three bytes each.
package enum CESU8 {
  package static func decoded(_ bytes: some Collection<UInt8>) -> String {
    let bytes = Array(bytes)
    guard bytes.contains(0xED) else { return String(decoding: bytes, as: UTF8.self) }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      guard let high = surrogate(bytes, at: index), (0xD800..<0xDC00).contains(high),
        let low = surrogate(bytes, at: index + 3), (0xDC00..<0xE000).contains(low),
        let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
      else {
        result.append(bytes[index])
        index += 1
        continue
      }
      result += UTF8.encode(scalar)!
      index += 6
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func surrogate(_ bytes: [UInt8], at index: Int) -> UInt32? {
    guard index + 2 < bytes.count, bytes[index] == 0xED, bytes[index + 1] >= 0xA0 else { return nil }
    return 0xD000 | UInt32(bytes[index + 1] & 0x3F) << 6 | UInt32(bytes[index + 2] & 0x3F)
  }
}
