import Foundation

/// KaTeX, loaded into an interpreter of its own. One thread at a time may use it.
final class KaTeX: @unchecked Sendable {
  /// A matrix of 12 × 12 sums takes 600,000 and about a second; what takes more than this is a runaway macro.
  static let allocationsPerFormula = 2_000_000
  static let maximumLength = 20_000

  private let interpreter: Interpreter
  private let fonts: MathFonts

  init(_ installation: KaTeXInstallation) throws(MathRenderer.Failure) {
    guard let script = try? String(contentsOf: installation.script, encoding: .utf8) else {
      throw KaTeXInstallation.missing
    }
    do {
      fonts = try MathFonts(installation)
    } catch {
      throw .notInstalled(message: error.message, hint: error.hint ?? "")
    }
    do {
      interpreter = try Interpreter()
      try interpreter.run(Self.prelude, named: "prelude.js")
      try interpreter.run(script, named: "katex.min.js")
      try interpreter.run(Self.bridge, named: "bridge.js")
    } catch {
      throw .notInstalled(
        message: "KaTeX does not load from \(installation.script.path): \(error)",
        hint: "version 0.16 is known to work")
    }
  }

  func set(_ formula: MathRenderer.Formula) throws(MathRenderer.Failure) -> SetFormula {
    let tex = formula.tex
    if let refused = Self.refused(in: tex) { throw refused }
    let answer: String
    do {
      answer = try interpreter.call(
        "setFormula", [tex, formula.isDisplayed ? "yes" : "", Self.json(formula.macros)],
        allocations: Self.allocationsPerFormula)
    } catch {
      switch error {
      case .exhausted:
        throw .invalid(message: "formula: too complex, its macros grow without end or nearly so", offset: 0)
      case .thrown(let message):
        let isTooDeep = message.hasPrefix("RangeError")
        throw .invalid(
          message: isTooDeep ? "formula: its groups are nested too deeply" : "formula: \(message)", offset: 0)
      }
    }
    // `+html`, or `-offset message`.
    if answer.hasPrefix("+") {
      let html = Self.lightened(answer.dropFirst())
      return SetFormula(html: html, characters: fonts.characters(in: html))
    }
    let parts = answer.dropFirst().split(separator: " ", maxSplits: 1)
    let units = Int(parts.first ?? "") ?? 0
    let offset = String(decoding: tex.utf16.prefix(units), as: UTF16.self).utf8.count
    throw .invalid(message: Self.cleaned(String(parts.last ?? "")), offset: min(offset, tex.utf8.count))
  }

  private static func json(_ macros: [String: String]) -> String {
    (try? JSONEncoder().encode(macros)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  /// KaTeX's markup without the namespace, which HTML does not need. The TeX beside the MathML stays: notebooks and
  /// EPUB take it from there, and it is 2 KB of a page of 200 formulas as a server sends it.
  private static func lightened(_ html: Substring) -> String {
    String(html).replacing(" xmlns=\"http://www.w3.org/1998/Math/MathML\"", with: "")
  }

  /// What is refused before KaTeX sees it.
  static func refused(in tex: String) -> MathRenderer.Failure? {
    if tex.utf8.count > maximumLength {
      return .invalid(message: "formula: longer than \(maximumLength) bytes", offset: 0)
    }
    for (command, reason) in refusedCommands {
      for range in tex.ranges(of: command) where tex[range.upperBound...].first?.isLetter != true {
        return .invalid(
          message: "formula: \(command) \(reason)",
          offset: tex.utf8.distance(from: tex.startIndex, to: range.lowerBound))
      }
    }
    return nil
  }

  private static let refusedCommands: [(String, reason: String)] = [
    // These expand while they define, without KaTeX's count: a few lines of them double without end.
    ("\\edef", "is not supported: use \\def or \\newcommand"),
    ("\\xdef", "is not supported: use \\gdef or \\newcommand"),
    // KaTeX writes what it does not trust in red, which is no error to it.
    ("\\href", "is not allowed: link in the text"), ("\\url", "is not allowed: link in the text"),
    ("\\includegraphics", "is not allowed"), ("\\htmlClass", "is not allowed"),
    ("\\htmlId", "is not allowed"),
    ("\\htmlStyle", "is not allowed"), ("\\htmlData", "is not allowed"),
    // Numbers stand outside the formula, where they can be linked to.
    ("\\tag", "is not supported: write {#eq-name} after the formula"),
    ("\\label", "is not supported: write {#eq-name} after the formula"),
    ("\\eqref", "is not supported: write @eq-name in the text"),
    ("\\ref", "is not supported: write @eq-name or @fig-name in the text"),
    ("\\cite", "is not supported: write [@key] in the text"),
  ]

  /// KaTeX's message without the parts that the diagnostic says itself.
  private static func cleaned(_ message: String) -> String {
    var message = Substring(message.droppingPrefix("ParseError: ").droppingPrefix("KaTeX parse error: "))
    if let range = message.firstRange(of: " at position ") ?? message.firstRange(of: " at end of input") {
      message = message[..<range.lowerBound]
    }
    if message.hasPrefix("Too many expansions") { message = "its macros expand more than 1000 times" }
    return "formula: \(message)"
  }

  /// Duktape lacks `fill`, without which matrices and diagrams fail.
  private static let prelude = """
    if (!Array.prototype.fill) {
      Object.defineProperty(Array.prototype, "fill", {value: function (value, start, end) {
        var from = start === undefined ? 0 : start, to = end === undefined ? this.length : end;
        for (var i = from; i < to; i++) this[i] = value;
        return this;
      }});
    }
    """

  /// Emoji and rare characters are set as they are; whatever else LaTeX would not accept is an error.
  private static let bridge = """
    function strictness(code) { return code === "unknownSymbol" ? "ignore" : "error"; }
    function setFormula(tex, isDisplayed, macros) {
      try {
        return "+" + katex.renderToString(tex, {
          displayMode: isDisplayed === "yes", output: "htmlAndMathml", throwOnError: true, strict: strictness,
          trust: false, maxExpand: 1000, maxSize: 50, macros: JSON.parse(macros)
        });
      } catch (error) {
        if (!(error instanceof katex.ParseError)) throw error;
        return "-" + (error.position || 0) + " " + error.message;
      }
    }
    """
}
