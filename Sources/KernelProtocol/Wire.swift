/// A value that is written as bytes, little-endian, each field after the other.
///
/// The worker does without Foundation, whose loading would cost it more than a small chapter's cells.
protocol WireCodable {
  func write(to writer: inout WireWriter)
  init(from reader: inout WireReader) throws(WireError)
}

/// The bytes are not a message of this protocol's version.
public enum WireError: Error, Hashable {
  case truncated
  case unknownTag(UInt8)
}

struct WireWriter {
  var bytes: [UInt8] = []

  mutating func write(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func write(_ value: [UInt8]) {
    write(UInt32(value.count))
    bytes.append(contentsOf: value)
  }

  mutating func write(_ value: String) { write(Array(value.utf8)) }

  mutating func write(_ values: [some WireCodable]) {
    write(UInt32(values.count))
    for value in values { value.write(to: &self) }
  }
}

struct WireReader {
  var bytes: ArraySlice<UInt8>

  mutating func read<Value: FixedWidthInteger>(_: Value.Type = Value.self) throws(WireError) -> Value {
    let size = MemoryLayout<Value>.size
    guard bytes.count >= size else { throw .truncated }
    defer { bytes = bytes.dropFirst(size) }
    return bytes.withUnsafeBytes { Value(littleEndian: $0.loadUnaligned(as: Value.self)) }
  }

  mutating func readBytes() throws(WireError) -> [UInt8] {
    let count = Int(try read(UInt32.self))
    guard bytes.count >= count else { throw .truncated }
    defer { bytes = bytes.dropFirst(count) }
    return Array(bytes.prefix(count))
  }

  mutating func readString() throws(WireError) -> String {
    String(decoding: try readBytes(), as: UTF8.self)
  }

  mutating func readArray<Value: WireCodable>() throws(WireError) -> [Value] {
    let count = try read(UInt32.self)
    var values: [Value] = []
    for _ in 0..<count { values.append(try Value(from: &self)) }
    return values
  }
}
