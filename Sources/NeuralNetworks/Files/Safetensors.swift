import Tensors

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Why a file of weights cannot be used.
public struct WeightsError: Error, CustomStringConvertible {
  /// What is wrong with the file, and where.
  public let description: String
}

/// Writes tensors into a safetensors file, which PyTorch's and other libraries read: the length of a header,
/// the header as JSON with the place of each tensor, then the numbers.
public func saveTensors(_ tensors: [String: Tensor], to path: String) throws {
  var header: [String: SafetensorsEntry] = [:]
  var offset = 0
  let names = tensors.keys.sorted()
  for name in names {
    let end = offset + tensors[name]!.count * 4
    header[name] = SafetensorsEntry(dtype: "F32", shape: tensors[name]!.shape, offsets: [offset, end])
    offset = end
  }
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  var json = try encoder.encode(header)
  // The numbers begin at a multiple of eight.
  json.append(contentsOf: [UInt8](repeating: 0x20, count: (8 - json.count % 8) % 8))
  var data = withUnsafeBytes(of: UInt64(json.count).littleEndian) { Data($0) }
  data.append(json)
  for name in names { tensors[name]!.scalars.withUnsafeBytes { data.append(contentsOf: $0) } }
  try data.write(to: URL(fileURLWithPath: path), options: .atomic)
}

/// Reads a safetensors file. Numbers of 16, 32 and 64 bits become 32-bit ones.
public func loadTensors(from path: String) throws -> [String: Tensor] {
  let data = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  func broken(_ why: String) -> WeightsError {
    WeightsError(description: "\(path): not a safetensors file: \(why)")
  }
  guard data.count >= 8 else { throw broken("it ends within the header's length") }
  let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(data[$1]) << UInt64(8 * $1) }
  guard length <= UInt64(data.count - 8) else { throw broken("the header of \(length) bytes does not fit") }
  let start = 8 + Int(length)
  let header: [String: SafetensorsItem]
  do {
    header = try JSONDecoder().decode([String: SafetensorsItem].self, from: Data(data[8..<start]))
  } catch {
    throw broken("its header is no JSON of tensors")
  }
  var tensors: [String: Tensor] = [:]
  for case (let name, .tensor(let entry)) in header {
    guard entry.offsets.count == 2, entry.shape.allSatisfy({ $0 >= 0 }),
      let width = SafetensorsEntry.widths[entry.dtype]
    else { throw broken("the entry of \(name) is not understood (\(entry.dtype))") }
    let count = elementCount(entry.shape)
    let (first, end) = (start + entry.offsets[0], start + entry.offsets[1])
    guard first >= start, end <= data.count, end - first == count * width else {
      throw broken("the numbers of \(name) do not lie where its header says")
    }
    tensors[name] = Tensor((0..<count).map { entry.number(data, at: first + $0 * width) }, shape: entry.shape)
  }
  return tensors
}

extension Module {
  /// Writes all parameters and running statistics into a safetensors file, under PyTorch's names.
  public func save(to path: String) throws {
    var tensors = Dictionary(uniqueKeysWithValues: namedParameters.map { ($0.name, $0.parameter.value) })
    for (name, state) in namedStates { tensors[name] = state.wrappedValue }
    try saveTensors(tensors, to: path)
  }

  /// Reads all parameters and running statistics from a safetensors file. Names and shapes must agree; what
  /// the file holds besides is an error too, unless `strict` is false.
  public func load(from path: String, strict: Bool = true) throws {
    var tensors = try loadTensors(from: path)
    func take(_ name: String, _ shape: [Int]) throws -> Tensor {
      guard let tensor = tensors.removeValue(forKey: name) else {
        throw WeightsError(description: "\(path): there is no tensor \(name)")
      }
      guard tensor.shape == shape else {
        throw WeightsError(
          description: "\(path): \(name) has shape \(tensor.shape), the model needs \(shape)")
      }
      return tensor
    }
    let parameters = try namedParameters.map { ($0.parameter, try take($0.name, $0.parameter.shape)) }
    let states = try namedStates.map { ($0.state, try take($0.name, $0.state.wrappedValue.shape)) }
    let rest = tensors.keys.filter { !$0.hasSuffix("num_batches_tracked") }.sorted()
    if strict, let first = rest.first {
      throw WeightsError(
        description:
          "\(path): the model has no place for \(first)\(rest.count > 1 ? " and \(rest.count - 1) more" : "")"
      )
    }
    for (parameter, value) in parameters { parameter.value = value }
    for (state, value) in states { state.wrappedValue = value }
  }
}

private struct SafetensorsEntry: Codable {
  let dtype: String
  let shape: [Int]
  /// Where the numbers begin and end, counted from the header's end.
  let offsets: [Int]

  private enum CodingKeys: String, CodingKey {
    case dtype, shape
    case offsets = "data_offsets"
  }

  /// Bytes for a number of each type that is read.
  static let widths = ["F32": 4, "F64": 8, "F16": 2, "BF16": 2, "I64": 8, "I32": 4]

  func number(_ data: [UInt8], at place: Int) -> Float {
    let bits = (0..<SafetensorsEntry.widths[dtype]!).reduce(UInt64(0)) {
      $0 | UInt64(data[place + $1]) << UInt64(8 * $1)
    }
    switch dtype {
    case "F64": return Float(Double(bitPattern: bits))
    case "BF16": return Float(bitPattern: UInt32(bits) << 16)
    case "F16": return halfPrecision(UInt16(bits))
    case "I64": return Float(Int64(bitPattern: bits))
    case "I32": return Float(Int32(bitPattern: UInt32(bits)))
    default: return Float(bitPattern: UInt32(bits))
    }
  }
}

/// A number of 16 bits: sign, 5 bits of exponent, 10 of fraction.
private func halfPrecision(_ bits: UInt16) -> Float {
  let sign: Float = bits >> 15 == 0 ? 1 : -1
  let exponent = Int(bits >> 10 & 31)
  let fraction = Float(bits & 1023) / 1024
  if exponent == 0 { return sign * fraction * 0x1p-14 }
  if exponent == 31 { return fraction == 0 ? sign * .infinity : .nan }
  return sign * Float(sign: .plus, exponent: exponent - 15, significand: 1 + fraction)
}

/// The header's values: a tensor's place, or the file's own remarks.
private enum SafetensorsItem: Decodable {
  case tensor(SafetensorsEntry)
  case remarks

  init(from decoder: any Decoder) throws {
    if let entry = try? SafetensorsEntry(from: decoder) {
      self = .tensor(entry)
    } else {
      _ = try [String: String](from: decoder)
      self = .remarks
    }
  }
}
