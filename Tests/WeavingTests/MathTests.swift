import Chapters
import ExecutionRecords
import Foundation
import Testing
import Weaving

private let katex = MathRenderer()

private func failure(_ tex: String) -> MathRenderer.Failure? {
  do {
    _ = try katex.set(tex, isDisplayed: false).html
    return nil
  } catch {
    return error
  }
}

@Suite struct MathTests {
  @Test func setsHTMLAndMathML() throws {
    let html = try katex.set("x^2", isDisplayed: false).html
    #expect(html.contains("<math"))
    #expect(html.contains("class=\"katex-html\" aria-hidden=\"true\""))
    #expect(!html.contains("katex-display"))
    #expect(try katex.set("x^2", isDisplayed: true).html.contains("katex-display"))
  }

  @Test(arguments: [
    "\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}",
    "\\begin{CD} A @>a>> B \\\\ @VVbV @AAcA \\\\ C @= D \\end{CD}",
    "\\begin{aligned} a &= b \\\\ &= c \\end{aligned}", "\\begin{cases} 1 & x > 0 \\\\ 0 \\end{cases}",
    "\\frac{\\partial E}{\\partial w}", "\\sqrt[3]{x}", "\\sum_{i=1}^n \\hat y_i", "\\mathbb{R}^n",
    "\\text{损失}",
    "\\newcommand{\\loss}{E} \\loss + \\loss", "a < b > c \\& d",
  ])
  func setsWhatChaptersNeed(_ tex: String) throws {
    #expect(!(try katex.set(tex, isDisplayed: true).html).isEmpty)
  }

  @Test func keepsCharactersBeyondTheBasicPlane() throws {
    #expect(try katex.set("\\text{😀𠀋}", isDisplayed: false).html.contains("😀𠀋"))
    #expect(CESU8.decoded([0x61, 0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80]) == "a😀")
  }

  @Test func macrosEndWithTheirFormula() throws {
    _ = try katex.set("\\gdef\\mine{x} \\mine", isDisplayed: false).html
    #expect(failure("\\mine") != nil)
  }

  @Test func errorsSayWhereTheyAre() {
    #expect(
      failure("\\frac{1}{2")
        == .invalid(message: "formula: Unexpected end of input in a macro argument, expected '}'", offset: 10)
    )
    #expect(
      failure("ab \\wrong c") == .invalid(message: "formula: Undefined control sequence: \\wrong", offset: 3))
    // Offsets are bytes, where KaTeX counts UTF-16 units.
    #expect(
      failure("\\text{损😀} \\wrong")
        == .invalid(message: "formula: Undefined control sequence: \\wrong", offset: 15))
  }

  @Test(arguments: ["\\edef\\a{x}", "x\\xdef\\a{x}"])
  func refusesDefinitionsThatExpand(_ tex: String) {
    guard case .invalid(let message, _)? = failure(tex) else {
      Issue.record("was set")
      return
    }
    #expect(message.contains("not supported"))
  }

  struct Runaway: CustomTestStringConvertible {
    var testDescription: String
    var tex: String
  }

  static let runaways = [
    Runaway(
      testDescription: "each macro doubles the last",
      tex: (0..<26).map { i in
        let name = { (n: Int) in "\\" + String(UnicodeScalar(UInt8(97 + n))) + "q" }
        return "\\def\(name(i)){\(i == 0 ? "x" : name(i - 1) + name(i - 1))}"
      }.joined() + "\\zq"),
    Runaway(
      testDescription: "a long macro often",
      tex: "\\def\\a{" + String(repeating: "x", count: 8000) + "}" + String(repeating: "\\a", count: 900)),
    Runaway(testDescription: "a macro that calls itself", tex: "\\def\\a{\\a\\a}\\a"),
    Runaway(
      testDescription: "deep groups",
      tex: String(repeating: "{", count: 5000) + "x" + String(repeating: "}", count: 5000)),
    Runaway(
      testDescription: "deep roots",
      tex: String(repeating: "\\sqrt{", count: 2000) + "x" + String(repeating: "}", count: 2000)),
    Runaway(
      testDescription: "deep powers",
      tex: String(repeating: "x^{", count: 3000) + "x" + String(repeating: "}", count: 3000)),
    Runaway(testDescription: "far too long", tex: String(repeating: "x", count: 30_000)),
  ]

  @Test(arguments: runaways)
  func stopsWhatIsTooMuch(_ runaway: Runaway) throws {
    let time = ContinuousClock().measure { #expect(failure(runaway.tex) != nil) }
    #expect(time < .seconds(30))
    // And goes on working.
    #expect(!(try katex.set("y", isDisplayed: false).html).isEmpty)
  }

  @Test(arguments: [
    "\\href{javascript:alert(1)}{x}", "\\includegraphics{https://example.org/a.png}", "\\htmlClass{a}{x}",
    "\\url{javascript:x}", "x \\tag{1}", "x \\label{a}", "损失",
  ])
  func refuses(_ tex: String) {
    #expect(failure(tex) != nil)
  }

  @Test func setsALongFormula() throws {
    let row = (0..<12).map { "w_{\($0)} x_{\($0)}" }.joined(separator: " & ")
    let matrix =
      "\\begin{pmatrix}" + Array(repeating: row, count: 12).joined(separator: "\\\\") + "\\end{pmatrix}"
    #expect(!(try katex.set(matrix, isDisplayed: true).html).isEmpty)
  }

  @Test func worksFromManyThreads() async throws {
    try await withThrowingTaskGroup(of: String.self) { group in
      for i in 0..<40 { group.addTask { try katex.set("x_{\(i % 10)}", isDisplayed: false).html } }
      for try await html in group { #expect(html.contains("<math")) }
    }
  }

  @Test func aFormulaThatDoesNotParseIsADiagnostic() throws {
    let source = "a\n\n> $$\n> \\frac{1}{2}\n> + \\wrong\n> $$\n"
    let formula = Formula(
      tex: "\\frac{1}{2}\n+ \\wrong\n", isDisplayed: true, position: SourcePosition(line: 4, column: 3))
    let (html, diagnostics) = try rendered([.math(formula)], source: source)
    #expect(html.contains("<code class=\"math-error\">"))
    #expect(diagnostics.count == 1)
    #expect(diagnostics[0].hasPrefix("a.md:5:5: error: formula: Undefined control sequence: \\wrong"))
  }

  @Test func aMissingKaTeXIsToldOnce() throws {
    let theme = try Theme(folders: [themeFolder], katex: nil)
    let formula = Formula(tex: "x", isDisplayed: false, position: nowhere)
    let chapter = Chapter(
      path: "a.md", file: "a.md", source: "$x$",
      blocks: [.paragraph([.math(formula), .text(" "), .math(formula)])])
    let page = Weaver(theme: theme).page(for: chapter, record: .init(chapter: "a.md"), in: .single())
    #expect(page.diagnostics.map(\.message) == ["formulas need KaTeX, which is not installed"])
    #expect(page.diagnostics[0].hint?.contains("libjs-katex") == true)
    #expect(throws: (any Error).self) { try Weaver(theme: theme).assets(math: MathCharacters()) }
    #expect(throws: Never.self) { try Weaver(theme: theme).assets(math: nil) }
  }

  @Test func formulasOfAnEarlierBuildAreUsedAgain() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "formulas-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "formulas.json")
    let first = MathRenderer(stored: file)
    let html = try first.set("x^2", isDisplayed: false).html
    first.keepFormulas()

    // What the file says is used, so that nothing is set twice…
    let changed = try String(contentsOf: file, encoding: .utf8).replacing("katex-html", with: "katex-kept")
    try changed.write(to: file, atomically: true, encoding: .utf8)
    #expect(try MathRenderer(stored: file).set("x^2", isDisplayed: false).html.contains("katex-kept"))
    // …but only for the same formula, set in the same way, and only while the file is whole.
    #expect(try MathRenderer(stored: file).set("x^2", isDisplayed: true).html.contains("katex-html"))
    try String(changed.dropLast(5)).write(to: file, atomically: true, encoding: .utf8)
    #expect(try MathRenderer(stored: file).set("x^2", isDisplayed: false).html == html)
  }
}
