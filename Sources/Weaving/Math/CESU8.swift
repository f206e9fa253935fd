/// Duktape's strings: UTF-8 in which characters beyond the basic plane are two surrogates of three bytes
/// each.
package enum CESU8 {
  package static func encoded(_ text: String) -> [UInt8] {
    guard text.utf8.contains(where: { $0 >= 0xF0 }) else { return Array(text.utf8) }
    return text.utf16.flatMap { unit -> [UInt8] in
      switch unit {
      case 0..<0x80: [UInt8(unit)]
      case 0x80..<0x800: [0xC0 | UInt8(unit >> 6), 0x80 | UInt8(unit & 0x3F)]
      default: [0xE0 | UInt8(unit >> 12), 0x80 | UInt8(unit >> 6 & 0x3F), 0x80 | UInt8(unit & 0x3F)]
      }
    }
  }

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
