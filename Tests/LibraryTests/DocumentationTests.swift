import Testing

/// Everything that cells can see says what it is, and tells the defaults that it has.
@Suite struct DocumentationTests {
  /// Members that a protocol asks for are told there, once for all types.
  static let toldByTheirProtocol: Set<String> = [
    "forward", "setTraining", "namedParts", "description", "cellOutput", "render", "draw", "reset", "step",
    "==",
    "tensorShape", "appendScalars", "part", "float", "pair", "wrappedValue", "projectedValue", "contains",
    "sample",
    "next", "makeIterator", "actionSpace", "observationSpace", "actionNames", "table", "map", "arrows",
    "stateName",
    "model", "startDistribution", "cell", "state", "parameters", "learningRate", "stateCount", "layers",
  ]

  @Test func everythingPublicIsDocumented() {
    let silent = PublicDeclaration.all.filter { declaration in
      declaration.documentation.isEmpty && !DocumentationTests.isTold(declaration)
    }
    #expect(silent.isEmpty, "\(silent.map(\.description).joined(separator: "\n"))")
    #expect(PublicDeclaration.all.count > 800)
  }

  private static func isTold(_ declaration: PublicDeclaration) -> Bool {
    let name = declaration.name.split(separator: ".").last.map(String.init) ?? ""
    if toldByTheirProtocol.contains(name) { return true }
    // Conversions from literals, and `@Parameter var x = …`.
    let from = ["floatLiteral", "integerLiteral", "arrayLiteral", "wrappedValue"]
    return name == "init" && from.contains { declaration.source.contains("init(\($0)") }
  }

  /// Where a doc comment says “0.1 by default”, 0.1 it is.
  @Test func documentedDefaultsAreTheDefaults() {
    var compared = 0
    for declaration in PublicDeclaration.all {
      for (name, value) in declaration.defaults {
        let isProperty = declaration.name.hasSuffix(name)
        guard let actual = DocumentationTests.plain(value),
          let documented = DocumentationTests.documented(
            name, declaration.documentation, isProperty: isProperty)
        else { continue }
        compared += 1
        #expect(
          documented == actual,
          "\(declaration): the comment says \(name) is \(documented) by default, and it is \(value)")
      }
    }
    #expect(compared > 150, "\(compared) defaults were compared")
  }

  @Test func comparingNoticesADifference() {
    let source = """
      /// - Parameters:
      ///   - rate: 0.1 by default.
      ///   - bias: whether there is one; yes by default.
      public func f(rate: Float = 0.2, bias: Bool = true, other: Int = 3) {}
      public func g() {}
      """
    let found = PublicDeclaration.declarations(in: source, file: "f.swift")
    #expect(found.map(\.name) == ["f", "g"] && found[1].documentation.isEmpty)
    #expect(DocumentationTests.documented("rate", found[0].documentation) == "0.1")
    #expect(DocumentationTests.documented("bias", found[0].documentation) == "true")
    #expect(DocumentationTests.documented("other", found[0].documentation) == nil)
    #expect(found[0].defaults.map(\.value) == ["0.2", "true", "3"])
  }

  /// The default that a comment names for a parameter, or for the property that it stands above, in Swift's words.
  static func documented(_ name: String, _ lines: [String], isProperty: Bool = false) -> String? {
    let text =
      isProperty
      ? lines.joined(separator: " ")
      : paragraphs(lines).first { $0.hasPrefix("- \(name):") || $0.hasPrefix("- Parameter \(name):") }
    guard let text, let end = text.range(of: " by default") else { return nil }
    let words = text[..<end.lowerBound].split { " ;:".contains($0) }
    return words.last.flatMap { inSwift(String($0).replacing(",", with: "")) }
  }

  private static func paragraphs(_ lines: [String]) -> [String] {
    lines.reduce(into: []) { result, line in
      if line.hasPrefix("- ") || result.isEmpty {
        result.append(line)
      } else {
        result[result.count - 1] += " " + line
      }
    }
  }

  private static func inSwift(_ word: String) -> String? {
    let words = [
      "no": "false", "yes": "true", "none": "nil", "½": "0.5", "10⁻⁵": "1e-05", "10⁻⁶": "1e-06",
      "10⁻⁸": "1e-08",
      "10⁻¹⁰": "1e-10", "tanh": ".tanh", "ReLU": "relu", "exact": "nil",
    ]
    if let swift = words[word] { return swift }
    return Double(word).map { "\($0)" }.map(trimmed)
  }

  /// A default as a comment can name it; `nil` for one that has to be told in words, such as one that is computed.
  static func plain(_ value: String) -> String? {
    let named = [
      "true": "true", "false": "false", "relu": "relu", ".relu": "relu", ".tanh": ".tanh", ".none": "nil",
      ".epsilonGreedy(0.1)": "0.1",
    ]
    return named[value] ?? Double(value.replacing("_", with: "")).map { trimmed("\($0)") }
  }

  private static func trimmed(_ number: String) -> String {
    number.hasSuffix(".0") ? String(number.dropLast(2)) : number
  }
}
