import CWorkerSupport
import KernelProtocol

extension CapturedOutputs {
  /// What the log holds now.
  static func taken() -> CapturedOutputs {
    capture_drain()
    return CapturedOutputs(records: records(), tails: [Kind.stdout, .stderr].compactMap(tail))
  }

  private static func records() -> [Record] {
    var length = 0
    guard let start = capture_records(&length) else { return [] }
    var rest = UnsafeRawBufferPointer(start: start, count: length)
    var records: [Record] = []
    while rest.count >= 8 {
      let kind = Kind(rawValue: rest.loadUnaligned(as: UInt32.self))
      let size = Int(rest.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
      if let kind { records.append(Record(kind: kind, bytes: Array(rest[8..<(8 + size)]))) }
      rest = UnsafeRawBufferPointer(rebasing: rest[(8 + size)...])
    }
    return records
  }

  private static func tail(of kind: Kind) -> Tail? {
    var omittedBytes: UInt64 = 0
    var omittedLines: UInt64 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: capture_tail_capacity()) { buffer, count in
      count = capture_tail(kind.rawValue, buffer.baseAddress, &omittedBytes, &omittedLines)
    }
    guard !bytes.isEmpty else { return nil }
    return Tail(kind: kind, bytes: bytes, omittedBytes: omittedBytes, omittedLines: omittedLines)
  }
}
