import Yams

extension CellOptions {
  /// Reads options from entries of YAML. What is wrong goes to `problems`, and the rest is kept.
  ///
  /// - Parameter isDefaults: Whether these are the defaults of many cells (`execute:`), which cannot name one.
  package init(_ entries: [YAMLText.Entry], isDefaults: Bool = false, problems: inout [YAMLText.Problem]) {
    self.init()
    for entry in entries {
      guard let key = OptionKey(rawValue: entry.key) else {
        problems.append(Self.unknownKey(entry, isDefaults: isDefaults))
        continue
      }
      guard !isDefaults || key.isSharable else {
        problems.append(
          .init(
            at: entry.keyPosition, "`\(key.rawValue)` is about one cell",
            hint: "Write it as a `//| \(key.rawValue): …` line at the head of that cell."))
        continue
      }
      if let problem = set(key, to: entry) { problems.append(problem) }
    }
  }

  /// Sets one option; returns what is wrong with its value, if anything is.
  private mutating func set(_ key: OptionKey, to entry: YAMLText.Entry) -> YAMLText.Problem? {
    func problem(_ allowed: String, hint: String? = nil) -> YAMLText.Problem {
      .init(
        at: entry.valuePosition, "`\(key.rawValue)` takes \(allowed), not \(entry.value.shown)", hint: hint)
    }
    switch key.value {
    case .flag(let option):
      guard let flag = entry.value.flag else { return problem("true or false") }
      self[keyPath: option] = flag
    case .text(let option):
      guard let text = entry.value.text else { return problem("text") }
      self[keyPath: option] = text
    case .label(let option):
      guard let label = entry.value.text else { return problem("a label") }
      guard label.isLabel else {
        return problem(
          "a label of letters, digits, `-` and `_`",
          hint: label.asLabel.map { "Write `\(key.rawValue): \($0)`, for example." })
      }
      self[keyPath: option] = label
    case .seconds(let option):
      guard let text = entry.value.text, let seconds = Double(text), seconds > 0, seconds.isFinite else {
        return problem(
          "a number of seconds above 0", hint: "`timeout: 300` lets the cell run for five minutes.")
      }
      self[keyPath: option] = seconds
    case .tolerance(let option):
      guard let tolerance = entry.value.tolerance else {
        return problem(
          "a number of 0 or more", hint: "`tolerance: 0.01` lets numbers move by a hundredth.")
      }
      self[keyPath: option] = tolerance
    case .files(let option):
      if let file = entry.value.text {
        self[keyPath: option] = [file]
      } else if let list = entry.value.sequence, case let files = list.compactMap(\.text),
        files.count == list.count
      {
        self[keyPath: option] = files
      } else {
        return problem("a file name or a list of them")
      }
    case .choice(let choice):
      guard let text = entry.value.text, choice.names.contains(text) else {
        return problem(
          choice.names.listed,
          hint: entry.value.text.flatMap(choice.names.closest).map { "Did you mean `\($0)`?" })
      }
      choice.set(&self, text)
    }
    return nil
  }

  private static func unknownKey(_ entry: YAMLText.Entry, isDefaults: Bool) -> YAMLText.Problem {
    let names = isDefaults ? OptionKey.sharableNames : OptionKey.names
    let hint =
      names.closest(to: entry.key).map { "Did you mean `\($0)`?" }
      ?? "The options are \(names.listed(by: "and"))."
    return .init(at: entry.keyPosition, "unknown option `\(entry.key)`", hint: hint)
  }
}

extension Node {
  /// The text of a scalar that says something.
  package var text: String? {
    guard case .scalar(let scalar) = self else { return nil }
    if scalar.style == .plain, ["", "~", "null"].contains(scalar.string) { return nil }
    return scalar.string
  }

  /// YAML 1.2's booleans: a `yes` may well be a caption.
  package var flag: Bool? {
    guard case .scalar(let scalar) = self, scalar.style == .plain else { return nil }
    return ["true": true, "false": false][scalar.string.lowercased()]
  }

  /// How far numbers may move: 0 or more.
  package var tolerance: Double? {
    text.flatMap { Double($0) }.flatMap { $0 >= 0 && $0.isFinite ? $0 : nil }
  }

  /// The value as a message shows it.
  package var shown: String {
    switch self {
    case .scalar(let scalar): text == nil ? "nothing" : "`\(scalar.string.prefix(60))`"
    case .sequence: "a list"
    case .mapping: "a mapping"
    case .alias: "an alias"
    }
  }
}

extension String {
  /// Whether this can name a cell, a figure, an equation …: a letter, then letters, digits, `-`, `_`.
  var isLabel: Bool {
    guard let first = unicodeScalars.first, first.properties.isAlphabetic else { return false }
    return unicodeScalars.allSatisfy(\.isLabelScalar)
  }

  /// The label that a name would make: `my figure 1` makes `my-figure-1`.
  var asLabel: String? {
    let words = unicodeScalars.split { !$0.isLabelScalar }.map { String(Substring.UnicodeScalarView($0)) }
    let label = words.joined(separator: "-")
    return label.isLabel ? label : nil
  }
}

extension Unicode.Scalar {
  var isLabelScalar: Bool {
    properties.isAlphabetic || properties.numericType == .decimal || self == "-" || self == "_"
  }
}

extension [String] {
  /// `true, false or show`, each in backquotes.
  package var listed: String { listed(by: "or") }

  package func listed(by conjunction: String) -> String {
    let quoted = map { "`\($0)`" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
    return quoted.dropLast().joined(separator: ", ") + " \(conjunction) " + last
  }
}
