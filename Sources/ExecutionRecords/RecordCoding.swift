import Foundation

extension ExecutionRecord {
  /// The record as the file beside its page: keys sorted, one value a line, the same bytes for the same run.
  public func json() throws -> Data {
    let encoder = JSONEncoder.forRecords
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }
}

extension JSONEncoder {
  /// Writes what JSON has no numbers for (a chart's infinite loss) as strings.
  package static var forRecords: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return encoder
  }
}

extension JSONDecoder {
  /// Reads what `JSONEncoder.forRecords` writes.
  package static var forRecords: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return decoder
  }
}
