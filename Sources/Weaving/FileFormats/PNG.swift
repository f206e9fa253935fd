import Foundation

/// Pictures as PNG files.
package enum PNG {
  /// A picture of palette colours.
  /// - Parameters:
  ///   - pixels: `width` × `height` indices into `palette`, row by row.
  ///   - palette: at most 256 colours.
  ///   - alpha: how much of the colours is to be seen, 255 for all.
  package static func encoded(
    width: Int, height: Int, pixels: [UInt8], palette: [Color], alpha: UInt8 = 255
  ) -> [UInt8] {
    let colors = palette.flatMap { [UInt8($0.red), UInt8($0.green), UInt8($0.blue)] }
    let opacity = alpha == 255 ? [] : chunk("tRNS", palette.map { _ in alpha })
    return file(
      width: width, height: height, colorType: 3, palette: chunk("PLTE", colors) + opacity, pixels: pixels)
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
    let header =
      [UInt8](bigEndian: UInt32(width)) + [UInt8](bigEndian: UInt32(height)) + [8, colorType, 0, 0, 0]
    // Each row begins with its filter: none.
    let row = pixels.count / max(height, 1)
    let rows = (0..<height).flatMap { [0] + pixels[$0 * row..<($0 + 1) * row] }
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header) + palette
      + chunk("IDAT", Zlib.compressed(rows)) + chunk("IEND", [])
  }

  /// What an image's address may be, so that the picture is part of the page.
  package static func dataURI(_ file: [UInt8]) -> String {
    "data:image/png;base64,\(Data(file).base64EncodedString())"
  }

  private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(type.utf8) + data
    return [UInt8](bigEndian: UInt32(data.count)) + body + [UInt8](bigEndian: Zlib.checksum(body))
  }
}
