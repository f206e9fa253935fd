/// Pictures as PNG files. The pixels are stored, not compressed: maps are small, and the page is compressed on
/// its way.
package enum PNG {
  /// A picture of palette colours.
  /// - Parameters:
  ///   - pixels: `width` × `height` indices into `palette`, row by row.
  ///   - palette: at most 256 colours.
  package static func encoded(width: Int, height: Int, pixels: [UInt8], palette: [Color]) -> [UInt8] {
    let colors = palette.flatMap { [UInt8($0.red), UInt8($0.green), UInt8($0.blue)] }
    return file(width: width, height: height, colorType: 3, palette: chunk("PLTE", colors), pixels: pixels)
  }

  /// A picture of greys, or of red, green and blue.
  /// - Parameters:
  ///   - channels: 1 or 3.
  ///   - pixels: `width` × `height` × `channels` bytes, row by row, the channels of a pixel together.
  package static func encoded(width: Int, height: Int, channels: Int, pixels: [UInt8]) -> [UInt8] {
    file(width: width, height: height, colorType: channels == 3 ? 2 : 0, palette: [], pixels: pixels)
  }

  private static func file(
    width: Int, height: Int, colorType: UInt8, palette: [UInt8], pixels: [UInt8]
  ) -> [UInt8] {
    // Eight bits a channel, and the only compression, filters and order that there are.
    let header = bigEndian(UInt32(width)) + bigEndian(UInt32(height)) + [8, colorType, 0, 0, 0]
    // Each row begins with its filter: none.
    let row = pixels.count / max(height, 1)
    let rows = (0..<height).flatMap { [0] + pixels[$0 * row..<($0 + 1) * row] }
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header) + palette
      + chunk("IDAT", stored(rows)) + chunk("IEND", [])
  }

  private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(type.utf8) + data
    return bigEndian(UInt32(data.count)) + body + bigEndian(crc32(body))
  }

  /// A zlib stream of stored blocks (RFC 1950, RFC 1951).
  private static func stored(_ data: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    var start = 0
    repeat {
      let end = min(start + 0xFFFF, data.count)
      let size = UInt16(end - start)
      stream.append(end == data.count ? 1 : 0)
      for number in [size, ~size] { stream += [UInt8(number & 0xFF), UInt8(number >> 8)] }
      stream += data[start..<end]
      start = end
    } while start < data.count
    return stream + bigEndian(adler32(data))
  }

  private static func bigEndian(_ value: UInt32) -> [UInt8] {
    withUnsafeBytes(of: value.bigEndian) { Array($0) }
  }

  private static let crcTable: [UInt32] = (0..<256).map { (index: UInt32) -> UInt32 in
    var value = index
    for _ in 0..<8 { value = value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    return value
  }

  private static func crc32(_ bytes: [UInt8]) -> UInt32 {
    var value = UInt32.max
    for byte in bytes { value = crcTable[Int((value ^ UInt32(byte)) & 0xFF)] ^ (value >> 8) }
    return ~value
  }

  private static func adler32(_ bytes: [UInt8]) -> UInt32 {
    var a: UInt32 = 1
    var b: UInt32 = 0
    for byte in bytes {
      a = (a + UInt32(byte)) % 65521
      b = (b + a) % 65521
    }
    return b << 16 | a
  }
}
