internal import CZlib

/// What zlib packs and counts. This is the only file that knows it.
enum Zlib {
  /// As small as it gets.
  static func compressed(_ data: [UInt8]) -> [UInt8] {
    var size = compressBound(uLong(data.count))
    var result = [UInt8](repeating: 0, count: Int(size))
    let status = compress2(&result, &size, data, uLong(data.count), Z_BEST_COMPRESSION)
    precondition(status == Z_OK, "a buffer of compressBound's size holds what compress2 makes")
    return Array(result.prefix(Int(size)))
  }

  static func checksum(_ data: [UInt8]) -> UInt32 { UInt32(crc32(0, data, uInt(data.count))) }
}

extension [UInt8] {
  /// A number as most file formats have it, its largest byte first.
  init<Number: FixedWidthInteger>(bigEndian number: Number) {
    self = Swift.withUnsafeBytes(of: number.bigEndian) { [UInt8]($0) }
  }
}
