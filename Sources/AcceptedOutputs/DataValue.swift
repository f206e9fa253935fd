import Foundation

/// A value as JSON and YAML have it: what outputs are compared as and written as, whatever kind they are of.
package enum DataValue: Hashable, Sendable {
  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case list([DataValue])
  case object([String: DataValue])
}

extension DataValue: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? container.decode([DataValue].self) {
      self = .list(list)
    } else {
      self = .object(try container.decode([String: DataValue].self))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .flag(let flag): try container.encode(flag)
    // A whole number is read as one, whether a count or a measurement is expected.
    case .number(let number):
      if let whole = Int(exactly: number) {
        try container.encode(whole)
      } else {
        try container.encode(number)
      }
    case .text(let text): try container.encode(text)
    case .list(let list): try container.encode(list)
    case .object(let object): try container.encode(object)
    }
  }
}

extension DataValue {
  /// A value of any type, taken apart.
  package init(encoding value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    self = try JSONDecoder().decode(DataValue.self, from: encoder.encode(value))
  }

  /// The value as one of a type.
  package func decoded<Value: Decodable>(as type: Value.Type = Value.self) throws -> Value {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try decoder.decode(type, from: JSONEncoder().encode(self))
  }

  package subscript(key: String) -> DataValue? {
    get { if case .object(let object) = self { object[key] } else { nil } }
    set {
      guard case .object(var object) = self else { return }
      object[key] = newValue
      self = .object(object)
    }
  }

  package var text: String? { if case .text(let text) = self { text } else { nil } }
  package var list: [DataValue]? { if case .list(let list) = self { list } else { nil } }
  package var whole: Int? { if case .number(let number) = self { Int(exactly: number) } else { nil } }

  /// All numbers at so many significant digits.
  package func rounded(toDigits digits: Int) -> DataValue {
    switch self {
    case .number(let number): .number(Self.rounded(number, digits))
    case .list(let list): .list(list.map { $0.rounded(toDigits: digits) })
    case .object(let object): .object(object.mapValues { $0.rounded(toDigits: digits) })
    case .null, .flag, .text: self
    }
  }

  private static func rounded(_ number: Double, _ digits: Int) -> Double {
    guard digits < 17, number.isFinite, Int(exactly: number) == nil else { return number }
    return Double(String(format: "%.\(digits - 1)e", number)) ?? number
  }
}
