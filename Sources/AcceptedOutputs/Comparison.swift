import CellOutputs

/// What of a unit's outputs is not as it was accepted.
public struct Comparison: Sendable {
  /// A number that moved farther than it may.
  public struct Movement: Hashable, Sendable {
    /// Where it stands: "output 2 (tensor), values[3]".
    public var place: String
    public var old: Double
    public var new: Double

    public init(place: String, old: Double, new: Double) {
      self.place = place
      self.old = old
      self.new = new
    }
  }

  public private(set) var movements: [Movement] = []
  /// All else, a line or more each.
  public private(set) var others: [String] = []
  /// How many numbers were compared.
  private(set) var numbers = 0
  private let tolerance: Tolerance
  /// Of the map that is being compared, 0 elsewhere: numbers that are nearly equal may have been rounded to two neighbours.
  private var step = 0.0

  public var isEqual: Bool { movements.isEmpty && others.isEmpty }

  init(of new: DataValue, with old: DataValue, tolerance: Tolerance) {
    self.tolerance = tolerance
    compareStatus(new, old)
    compareOutputs(new["outputs"]?.list ?? [], old["outputs"]?.list ?? [])
    compare(new["text"] ?? .null, old["text"] ?? .null, at: "the value")
    for key in ["error", "warnings"] {
      compare(new[key] ?? .null, old[key] ?? .null, at: key)
    }
  }

  private mutating func compareStatus(_ new: DataValue, _ old: DataValue) {
    let statuses = [old, new].map { $0["status"]?.text ?? "ok" }
    if statuses[0] != statuses[1] {
      others.append("it was accepted as `\(statuses[0])` and is `\(statuses[1])` now")
    }
  }

  private mutating func compareOutputs(_ new: [DataValue], _ old: [DataValue]) {
    if new.count != old.count {
      others.append("\(Self.count(old.count, "output")) accepted, \(new.count) now")
    }
    for (index, pair) in zip(new, old).enumerated() {
      let kinds = [pair.1, pair.0].map { $0["kind"]?.text ?? "output" }
      let place = "output \(index + 1) (\(kinds[0]))"
      if kinds[0] == kinds[1] {
        compareOutput(pair.0, pair.1, at: place)
      } else {
        others.append("\(place) is a \(kinds[1]) now")
      }
    }
  }

  /// A tensor's text repeats its values, with fewer digits.
  private mutating func compareOutput(_ new: DataValue, _ old: DataValue, at place: String) {
    guard new["values"] != nil, new["text"] != nil, old["text"] != nil else {
      return compare(new, old, at: place)
    }
    let before = movements.count + others.count
    var (values, oldValues) = (new, old)
    values["text"] = nil
    oldValues["text"] = nil
    compare(values, oldValues, at: place)
    if movements.count + others.count == before { compare(new["text"]!, old["text"]!, at: place) }
  }

  private mutating func compare(_ new: DataValue, _ old: DataValue, at place: String) {
    switch (new, old) {
    case (.number(let new), .number(let old)): compare(new, old, at: place)
    case (.text(let new), .text(let old)): compare(new, old, at: place)
    case (.list(let new), .list(let old)) where new.count == old.count:
      for (index, pair) in zip(new, old).enumerated() { compare(pair.0, pair.1, at: "\(place)[\(index)]") }
    case (.list(let new), .list(let old)):
      others.append("\(place): \(Self.count(old.count, "item")) accepted, \(new.count) now")
    case (.object(let new), .object(let old)):
      let (outer, own) = (step, Self.step(of: old))
      defer { step = outer }
      for key in Set(new.keys).union(old.keys).sorted() {
        let separator = place.hasSuffix(")") ? ", " : "."
        if let own { step = ["channels", "panels"].contains(key) ? own : 0 }
        compare(new[key] ?? .null, old[key] ?? .null, at: "\(place)\(separator)\(key)")
      }
    case (let new, let old):
      if new != old { others.append("\(place): \(Self.shown(old)) accepted, \(Self.shown(new)) now") }
    }
  }

  private mutating func compare(_ new: Double, _ old: Double, at place: String) {
    numbers += 1
    let isNeighbour = step > 0 && abs(new - old) <= step * 1.001
    if !isNeighbour && !tolerance.allows(new, for: old) {
      movements.append(Movement(place: place, old: old, new: new))
    }
  }

  /// The step of a map's or a matrix's values; `nil` for all else.
  private static func step(of output: [String: DataValue]) -> Double? {
    guard let kind = output["kind"]?.text, ["feature-map", "matrix"].contains(kind),
      case .number(let low)? = output["low"], case .number(let high)? = output["high"]
    else { return nil }
    return Double(MapPrecision(low: Float(low), high: Float(high)).step)
  }

  /// Words exactly, the numbers between them by tolerance.
  private mutating func compare(_ new: String, _ old: String, at place: String) {
    if new == old { return }
    let (newText, oldText) = (NumberedText(new), NumberedText(old))
    // Columns that numbers are set in are a blank wider where a number is a digit shorter.
    func words(_ text: NumberedText) -> [[Substring]] { text.words.map { $0.split(separator: " ") } }
    let isNumbersAlone = newText.numbers != oldText.numbers && words(newText) == words(oldText)
    guard isNumbersAlone else {
      others.append("\(place): \(Self.difference(new, old))")
      return
    }
    for (index, pair) in zip(newText.numbers, oldText.numbers).enumerated() {
      compare(pair.0.value, pair.1.value, at: "\(place), number \(index + 1)")
    }
  }

  // MARK: Words

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  private static func shown(_ value: DataValue) -> String {
    switch value {
    case .null: "nothing"
    case .flag(let flag): "\(flag)"
    case .number(let number): "\(number)"
    case .text(let text): "“\(text.prefix(60))”"
    case .list(let list): count(list.count, "item")
    case .object: "an object"
    }
  }

  /// The first lines that differ.
  private static func difference(_ new: String, _ old: String) -> String {
    func lines(_ text: String) -> [Substring] {
      text.split(separator: "\n", omittingEmptySubsequences: false)
    }
    let (new, old) = (lines(new), lines(old))
    let same = zip(new, old).prefix { $0 == $1 }.count
    let tail = zip(new.dropFirst(same).reversed(), old.dropFirst(same).reversed()).prefix { $0 == $1 }.count
    func shown(_ lines: [Substring], _ sign: String) -> [String] {
      lines.dropFirst(same).dropLast(tail).prefix(3).map { "  \(sign) \($0.prefix(120))" }
    }
    let other = new.count == old.count ? "" : " (\(count(old.count, "line")) accepted, \(new.count) now)"
    return (["line \(same + 1) is another\(other)"] + shown(old, "−") + shown(new, "+")).joined(
      separator: "\n")
  }
}

extension Comparison {
  /// What differs, for a message: at most `limit` of the moved numbers, those that moved most.
  public func summary(limit: Int = 5) -> String {
    var lines = others
    if !movements.isEmpty {
      let number = movements.count
      lines.append(
        "\(number) of \(numbers) numbers moved by more than \(Self.shown(tolerance.value)):")
      let farthest = movements.sorted { abs($0.new - $0.old) > abs($1.new - $1.old) }
      for movement in farthest.prefix(limit) {
        let difference = movement.new - movement.old
        let sign = difference < 0 ? "" : "+"
        lines.append(
          "  \(movement.place): \(Self.shown(movement.old)) → \(Self.shown(movement.new)) (\(sign)\(Self.shown(difference)))"
        )
      }
      if number > limit { lines.append("  and \(number - limit) that moved less") }
    }
    return lines.joined(separator: "\n")
  }

  private static func shown(_ number: Double) -> String {
    guard number.isFinite, Int(exactly: number) == nil else {
      return Int(exactly: number).map(String.init) ?? "\(number)"
    }
    return "\(DataValue.number(number).rounded(toDigits: 6).decimal)"
  }
}

extension DataValue {
  fileprivate var decimal: Double { if case .number(let number) = self { number } else { .nan } }
}

extension AcceptedChapter {
  /// How a new run of a cell compares with this one; `nil` where it was never accepted.
  public func comparison(ofCell label: String, with new: AcceptedChapter, tolerance: Tolerance) -> Comparison?
  {
    guard let old = cells[label], let new = new.cells[label] else { return nil }
    return Comparison(of: new.record, with: old.record, tolerance: tolerance)
  }

  public func comparison(
    ofInlineValue index: Int, with new: AcceptedChapter, tolerance: Tolerance
  ) -> Comparison? {
    guard inlineValues.indices.contains(index), new.inlineValues.indices.contains(index) else { return nil }
    return Comparison(
      of: new.inlineValues[index].record, with: inlineValues[index].record, tolerance: tolerance)
  }

  /// This run, but what an older one has of the units for which `isKept` says so: a change of a few cells shall be a
  /// change of a few lines.
  public func keeping(
    cellsOf old: AcceptedChapter, where isKept: (String) -> Bool, inlineValuesWhere isKeptValue: (Int) -> Bool
  ) -> AcceptedChapter {
    var result = self
    for label in labels {
      guard let kept = old.cells[label], kept.code == cells[label]?.code, isKept(label) else { continue }
      result.cells[label] = kept
    }
    for index in inlineValues.indices where old.inlineValues.indices.contains(index) {
      let kept = old.inlineValues[index]
      if kept.code == inlineValues[index].code, isKeptValue(index) { result.inlineValues[index] = kept }
    }
    return result
  }
}
