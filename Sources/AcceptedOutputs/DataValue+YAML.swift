import Yams

extension DataValue {
  /// The value as YAML that reads well and changes little where the value changes little: text as it was printed,
  /// numbers in rows, keys in an order that a reader expects.
  ///
  /// Reading it gives the same value again; text that no plain form can hold is quoted.
  package func yaml() throws -> String {
    let text = try Yams.serialize(node: node(isPlain: true), indent: 2, width: 100, allowUnicode: true)
    if try DataValue(yaml: text) == self { return text }
    return try Yams.serialize(node: node(isPlain: false), indent: 2, width: 100, allowUnicode: true)
  }

  package init(yaml: String) throws {
    self = try Yams.compose(yaml: yaml).map(DataValue.init) ?? .null
  }

  // MARK: Writing

  private static let firstKeys = [
    "format", "seed", "cells", "cell", "inline-values", "expression", "code", "status", "kind", "stream",
    "message", "severity",
    "line", "column", "title", "name", "shape", "columns", "text", "value",
  ]

  private func node(isPlain: Bool) -> Node {
    switch self {
    case .null: return Node("null")
    case .flag(let flag): return Node(flag ? "true" : "false")
    case .number(let number): return Node(Self.shown(number))
    case .text(let text): return Self.scalar(text, isPlain: isPlain)
    case .list(let list):
      let isRow = list.allSatisfy(\.isShort)
      return .sequence(
        Node.Sequence(list.map { $0.node(isPlain: isPlain) }, .implicit, isRow ? .flow : .block))
    case .object(let object):
      func rank(_ key: String) -> Int { Self.firstKeys.firstIndex(of: key) ?? Self.firstKeys.count }
      let keys = object.keys.sorted { (rank($0), $0) < (rank($1), $1) }
      return .mapping(
        Node.Mapping(
          keys.map { (Self.scalar($0, isPlain: true), object[$0]!.node(isPlain: isPlain)) }, .implicit,
          object.isEmpty ? .flow : .block))
    }
  }

  /// What may stand beside others in one line.
  private var isShort: Bool {
    switch self {
    case .null, .flag, .number: true
    case .text(let text): text.utf8.count <= 40 && !text.contains { $0.isNewline }
    case .list(let list): list.isEmpty
    case .object: false
    }
  }

  private static func shown(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }

  private static func scalar(_ text: String, isPlain: Bool) -> Node {
    let style: Node.Scalar.Style =
      if !isPlain || text.isEmpty || isTaken(text) {
        .doubleQuoted
      } else if text.contains(where: \.isNewline) {
        .literal
      } else {
        .any
      }
    return .scalar(Node.Scalar(text, .implicit, style))
  }

  /// Whether text without quotation marks would be read as something else.
  private static func isTaken(_ text: String) -> Bool {
    Double(text) != nil || ["null", "true", "false", "~"].contains(text)
  }

  // MARK: Reading

  private init(_ node: Node) {
    switch node {
    case .scalar(let scalar): self.init(scalar)
    case .sequence(let sequence): self = .list(sequence.map(DataValue.init))
    case .mapping(let mapping):
      self = .object(
        Dictionary(mapping.map { ($0.key.string ?? "", DataValue($0.value)) }, uniquingKeysWith: { $1 }))
    case .alias: self = .null
    }
  }

  private init(_ scalar: Node.Scalar) {
    guard scalar.style == .plain || scalar.style == .any else {
      self = .text(scalar.string)
      return
    }
    switch scalar.string {
    case "null", "~", "": self = .null
    case "true": self = .flag(true)
    case "false": self = .flag(false)
    case let string:
      // "inf" and "nan" are text: JSON has no such numbers.
      if let number = Double(string), number.isFinite, string.first?.isLetter == false {
        self = .number(number)
      } else {
        self = .text(string)
      }
    }
  }
}
