import Foundation
import Tensors
import Testing

/// One case of a file of reference values: an operation, its inputs by formula, its outputs and gradients.
struct OracleCase: Sendable, CustomTestStringConvertible {
  let file: String
  let json: JSONValue
  let relative: Double
  let absolute: Double

  var name: String { json["name"].string ?? "?" }
  var operation: String { json["op"].string ?? "?" }
  var attributes: JSONValue { json["attributes"] }
  var integers: JSONValue { json["integers"] }
  var testDescription: String { "\(file): \(name)" }

  /// All inputs as leaves.
  func inputs() -> [String: Tensor] {
    (json["inputs"].object ?? [:]).mapValues { OracleCase.tensor($0).requiringGradient() }
  }

  /// A tensor by its values, or by the formula float32(offset + scale · sin(1 + 0.37 · seed + 1.6180339887 ·
  /// i)).
  static func tensor(_ json: JSONValue, shape: [Int]? = nil) -> Tensor {
    let shape = shape ?? json["shape"].ints ?? []
    if let values = json["values"].floats { return Tensor(values, shape: shape) }
    let fill = json["fill"]
    let (seed, scale, offset) = (
      fill["seed"].double ?? 0, fill["scale"].double ?? 1, fill["offset"].double ?? 0
    )
    return Tensor(
      (0..<shape.reduce(1, *)).map {
        Float(offset + scale * sin(1 + 0.37 * seed + 1.6180339887 * Double($0)))
      },
      shape: shape)
  }

  /// What is wrong with values, if anything: the first that differs by more than the file's tolerance.
  func mismatch(_ what: String, _ actual: [Float], _ expected: [Double]) -> String? {
    if actual.count != expected.count {
      return "\(what): \(actual.count) values instead of \(expected.count)"
    }
    for (i, (a, e)) in zip(actual, expected).enumerated()
    where !(abs(Double(a) - e) <= absolute + relative * abs(e)) {
      return "\(what)[\(i)] is \(a) instead of \(e)"
    }
    return nil
  }

  func mismatch(_ what: String, _ actual: Tensor?, _ expected: JSONValue) -> String? {
    guard let actual else { return "\(what) is missing" }
    if let shape = expected["shape"].ints, shape != actual.shape {
      return "\(what) has shape \(actual.shape) instead of \(shape)"
    }
    let summary = expected["summary"]
    if !summary.isNull { return mismatch(what, actual.scalars, summary: summary) }
    return mismatch(what, actual.scalars, expected["values"].array?.compactMap(\.double) ?? [])
  }

  /// A large tensor by its sum, its length and every so many-th element. Rounding in a sum goes with the
  /// sizes of what is added, not with what is left of it, so that the length is its measure.
  private func mismatch(_ what: String, _ actual: [Float], summary: JSONValue) -> String? {
    let values = actual.map(Double.init)
    let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let expected = (sum: summary["sum"].double ?? .nan, length: summary["l2"].double ?? .nan)
    if !(abs(length - expected.length) <= absolute + relative * expected.length) {
      return "the length of \(what) is \(length) instead of \(expected.length)"
    }
    let sum = values.reduce(0, +)
    if !(abs(sum - expected.sum) <= absolute + relative * max(abs(expected.sum), expected.length)) {
      return "the sum of \(what) is \(sum) instead of \(expected.sum)"
    }
    let samples = summary["samples"].array?.compactMap(\.double) ?? []
    let picked = stride(from: 0, to: actual.count, by: summary["stride"].int ?? 1).map { actual[$0] }
    return mismatch(what, Array(picked.prefix(samples.count)), samples)
  }
}

extension OracleCase {
  /// The cases of all files that come with the tests, and of those in the folder `LECTERN_ORACLES`, if there
  /// is one.
  static let all: [OracleCase] = {
    var folders: [URL] = []
    if let data = Bundle.module.url(forResource: "Data", withExtension: nil) { folders.append(data) }
    if let extra = ProcessInfo.processInfo.environment["LECTERN_ORACLES"] {
      folders.append(URL(fileURLWithPath: extra, isDirectory: true))
    }
    return folders.flatMap { cases(in: $0) }
  }()

  /// The cases of all JSON files in a folder and in the folders in it, but for those that speak of environments and
  /// decision processes: ReinforcementLearningTests walk those. A file that cannot be read is a case that fails.
  private static func cases(in folder: URL) -> [OracleCase] {
    let paths = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
    return paths.filter { $0.hasSuffix(".json") }.sorted().flatMap { path -> [OracleCase] in
      let name = String(path.dropLast(5))
      guard let data = try? Data(contentsOf: folder.appendingPathComponent(path)),
        let json = try? JSONDecoder().decode(JSONValue.self, from: data)
      else { return [OracleCase(file: name, json: .null, relative: 0, absolute: 0)] }
      if json.speaksOfProcesses { return [] }
      guard let cases = json["cases"].array else {
        return [OracleCase(file: name, json: .null, relative: 0, absolute: 0)]
      }
      return cases.map {
        OracleCase(
          file: name, json: $0, relative: json["tolerance"]["relative"].double ?? 1e-4,
          absolute: json["tolerance"]["absolute"].double ?? 1e-5)
      }
    }
  }
}

extension JSONValue {
  /// Whether a file of reference values belongs to ReinforcementLearningTests.
  fileprivate var speaksOfProcesses: Bool {
    ["traces", "studentChain", "gridworld", "randomWalk", "gambler"].contains { !self[$0].isNull }
      || !self["cases"][0]["environment"].isNull
  }
}
