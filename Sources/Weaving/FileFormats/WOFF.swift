/// Fonts as WOFF files: a TrueType font, each of its tables packed by zlib.
///
/// WOFF 2 would be a seventh smaller, and takes a library of its own (Brotli, and one that reorders outlines).
package enum WOFF {
  /// - Parameter font: a TrueType or OpenType font; `nil` comes back for anything else.
  package static func packed(_ font: [UInt8]) -> [UInt8]? {
    guard let tables = tables(of: font) else { return nil }
    let directorySize = headerSize + tables.count * entrySize
    var directory: [UInt8] = []
    var body: [UInt8] = []
    for table in tables {
      let compressed = Zlib.compressed(table.data)
      let stored = compressed.count < table.data.count ? compressed : table.data
      directory += table.tag
      directory += [UInt8](bigEndian: UInt32(directorySize + body.count))
      directory += [UInt8](bigEndian: UInt32(stored.count)) + [UInt8](bigEndian: UInt32(table.data.count))
      directory += table.checksum
      body += stored + padding(after: stored.count)
    }
    let unpacked = 12 + tables.reduce(0) { $0 + 16 + $1.data.count + padding(after: $1.data.count).count }
    var file = Array("wOFF".utf8) + font[..<4]
    file += [UInt8](bigEndian: UInt32(directorySize + body.count))
    file += [UInt8](bigEndian: UInt16(tables.count)) + [0, 0] + [UInt8](bigEndian: UInt32(unpacked))
    // The font's own version, of which nobody asks; no metadata, no private data.
    file += [UInt8](repeating: 0, count: headerSize - file.count)
    return file + directory + body
  }

  private static let headerSize = 44
  private static let entrySize = 20

  private struct Table {
    var tag: [UInt8]
    var checksum: [UInt8]
    var data: [UInt8]
  }

  /// The tables in the order of their tags.
  private static func tables(of font: [UInt8]) -> [Table]? {
    func number(at offset: Int, bytes: Int) -> Int {
      font[offset..<offset + bytes].reduce(0) { $0 << 8 | Int($1) }
    }
    guard font.count >= 12 else { return nil }
    let count = number(at: 4, bytes: 2)
    guard count > 0, font.count >= 12 + 16 * count else { return nil }
    var tables: [Table] = []
    for entry in (0..<count).map({ 12 + 16 * $0 }) {
      let offset = number(at: entry + 8, bytes: 4)
      let length = number(at: entry + 12, bytes: 4)
      guard offset + length <= font.count else { return nil }
      tables.append(
        Table(
          tag: Array(font[entry..<entry + 4]), checksum: Array(font[entry + 4..<entry + 8]),
          data: Array(font[offset..<offset + length])))
    }
    return tables.sorted { $0.tag.lexicographicallyPrecedes($1.tag) }
  }

  private static func padding(after size: Int) -> [UInt8] { Array(repeating: 0, count: (4 - size % 4) % 4) }
}
