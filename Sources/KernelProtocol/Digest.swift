/// A hash of 128 bits: tells contents apart. Nothing is trusted to it that somebody could gain from forging.
public struct Digest: Hashable, Sendable {
  private var high: UInt64 = 0x9E37_79B9_7F4A_7C15
  private var low: UInt64 = 0xC2B2_AE3D_27D4_EB4F

  public init(_ bytes: UnsafeRawBufferPointer) {
    var offset = 0
    while offset + 16 <= bytes.count {
      mix(
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)),
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)))
      offset += 16
    }
    var last: (UInt64, UInt64) = (0, 0)
    withUnsafeMutableBytes(of: &last) { rest in
      rest.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[offset...]))
    }
    mix(UInt64(littleEndian: last.0), UInt64(littleEndian: last.1))
    mix(UInt64(bytes.count), 0x1656_67B1_9E37_79F9)
    mix(high, low)
  }

  public init(_ text: String) {
    var text = text
    self = text.withUTF8 { Digest(UnsafeRawBufferPointer($0)) }
  }

  /// The digest of several values as one.
  public init(_ parts: [String]) {
    // Each part's length stands before it, so that no two lists are written alike.
    self.init(parts.map { "\($0.utf8.count):\($0)" }.joined())
  }

  private mutating func mix(_ a: UInt64, _ b: UInt64) {
    let old = high
    high = Self.fold(a ^ high, b ^ 0xA076_1D64_78BD_642F) ^ low
    low = Self.fold(b ^ low, a ^ 0xE703_7ED1_A0B4_28DB) &+ old
  }

  private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }
}

extension Digest: CustomStringConvertible {
  /// 32 hexadecimal digits.
  public var description: String {
    [high, low].map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
