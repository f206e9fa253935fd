/// Text made harmless for HTML, in element content and in quoted attributes alike.
enum Escaping {
  /// Works on bytes, not on characters: a quotation mark followed by a combining accent is one `Character`,
  /// which compares unequal to the plain mark, and would pass a filter of characters unescaped.
  static func escaped(_ text: String) -> String {
    var text = text
    return text.withUTF8 { bytes in
      guard bytes.contains(where: needsAttention) else { return String(decoding: bytes, as: UTF8.self) }
      var result: [UInt8] = []
      result.reserveCapacity(bytes.count + bytes.count / 8)
      for (index, byte) in bytes.enumerated() {
        switch byte {
        case UInt8(ascii: "&"): result += "&amp;".utf8
        case UInt8(ascii: "<"): result += "&lt;".utf8
        case UInt8(ascii: ">"): result += "&gt;".utf8
        case UInt8(ascii: "\""): result += "&quot;".utf8
        // No HTML may hold these, escaped or not.
        case 0x00...0x08, 0x0B, 0x0C, 0x0E...0x1F, 0x7F: break
        case 0xC2 where index + 1 < bytes.count && bytes[index + 1] < 0xA0: break
        case 0x80...0x9F where index > 0 && bytes[index - 1] == 0xC2: break
        default: result.append(byte)
        }
      }
      return String(decoding: result, as: UTF8.self)
    }
  }

  private static func needsAttention(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""): true
    case 0x00...0x08, 0x0B, 0x0C, 0x0E...0x1F, 0x7F, 0xC2: true
    default: false
    }
  }
}
