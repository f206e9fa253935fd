import Chapters
import Testing

@Suite struct OptionTests {
  private func cell(_ options: String) -> String { "```swift-run\n\(options)\ncode\n```\n" }

  @Test func everyOption() throws {
    let read = chapter(
      cell(
        """
        //| label: fig-train
        //| echo: false
        //| eval: true
        //| output: false
        //| include: true
        //| error: true
        //| warning: false
        //| cache: false
        //| code-fold: true
        //| code-summary: The code
        #| fig-cap: |
        #|   Loss: while
        #|   training
        //|fig-alt: "A: curve"
          //| tbl-cap: T
        //| lst-cap: L
        //| timeout: 300
        //| depends:
        //|   - a.csv
        //|   - b.csv
        //| expect-error: runtime
        //| edition: instructor
        //| volatile: true
        //| same-as: other
        """))
    #expect(read.diagnostics.isEmpty)
    let options = try #require(read.cells.first).options
    var expected = CellOptions()
    expected.label = "fig-train"
    expected.echo = false
    expected.eval = true
    expected.output = false
    expected.include = true
    expected.error = true
    expected.warning = false
    expected.cache = false
    expected.codeFold = .closed
    expected.codeSummary = "The code"
    expected.figCap = "Loss: while\ntraining\n"
    expected.figAlt = "A: curve"
    expected.tblCap = "T"
    expected.lstCap = "L"
    expected.timeout = 300
    expected.depends = ["a.csv", "b.csv"]
    expected.expectError = .runtime
    expected.edition = .instructor
    expected.volatile = true
    expected.sameAs = "other"
    #expect(options == expected)
    #expect(read.cells[0].label == "fig-train")
    #expect(read.cells[0].code == String(repeating: "\n", count: 24) + "code")
  }

  @Test(arguments: [
    ("//| ecko: true", "2:5: error: unknown option `ecko`"),
    ("//| echo: maybe", "2:11: error: `echo` takes true or false, not `maybe`"),
    ("//| echo:", "2:10: error: `echo` takes true or false, not nothing"),
    ("//| echo:false", "2:10: error: a space is missing after `echo:`"),
    ("//| code-fold: open", "2:16: error: `code-fold` takes `true`, `false` or `show`, not `open`"),
    ("//| edition: teacher", "2:14: error: `edition` takes `student` or `instructor`, not `teacher`"),
    ("//| expect-error: true", "2:19: error: `expect-error` takes `compile` or `runtime`, not `true`"),
    ("//| timeout: 2m", "2:14: error: `timeout` takes a number of seconds above 0, not `2m`"),
    ("//| timeout: -1", "2:14: error: `timeout` takes a number of seconds above 0, not `-1`"),
    ("//| depends: {a: b}", "2:14: error: `depends` takes a file name or a list of them, not a mapping"),
    ("//| fig-cap: [a]", "2:14: error: `fig-cap` takes text, not a list"),
    (
      "//| label: two words",
      "2:12: error: `label` takes a label of letters, digits, `-` and `_`, not `two words`"
    ),
    ("//| label: 1st", "2:12: error: `label` takes a label of letters, digits, `-` and `_`, not `1st`"),
    ("//| label: cell-2", "2:12: error: the label `cell-2` is one of those that cells without a label have"),
    ("//| echo: true\n//| echo: false", "3:5: error: `echo` is given twice"),
    ("//| fig-cap: a: b", "2:15: error: broken YAML: mapping values are not allowed in this context"),
    ("//| 标签: x", "2:5: error: unknown option `标签`"),
    ("//| fig-cap: 图\n//| ecko: 1", "3:5: error: unknown option `ecko`"),
    ("code\n//| echo: true", "3:1: warning: an option below the head of the cell means nothing"),
  ])
  func mistakes(options: String, message: String) {
    #expect(messages(cell(options)) == [message])
  }

  @Test(arguments: [
    ("//| ecko: true", "Did you mean `echo`?"),
    ("//| fig_cap: a", "Did you mean `fig-cap`?"),
    ("//| fig.cap: a", "Did you mean `fig-cap`?"),
    ("//| echo:false", "Write `//| echo: false`."),
    ("//| label: two words", "Write `label: two-words`, for example."),
    ("//| edition: students", "Did you mean `student`?"),
    ("//| code-fold: shwo", "Did you mean `show`?"),
  ])
  func hints(options: String, hint: String) {
    #expect(chapter(cell(options)).diagnostics.map(\.hint) == [hint])
  }

  @Test func placeInNestedCell() throws {
    let read = chapter("> - ~~~ swift-run\n>   //| 题: x\n>   ~~~\n")
    let problem = try #require(read.diagnostics.first)
    #expect(
      problem.description.hasPrefix("a.md:2:9: error: unknown option `题`\n    >   //| 题: x\n            ^\n"))
  }

  @Test func duplicateLabels() throws {
    let read = chapter(cell("//| label: a") + cell("//| label: b") + "\n" + cell("//| label: a"))
    let problem = try #require(read.diagnostics.first)
    #expect(read.diagnostics.count == 1)
    #expect(problem.message == "the label `a` is given twice")
    #expect(problem.line == 11 && problem.column == 12)
    #expect(problem.notes.map(\.line) == [2])
  }

  @Test func labelsWithoutNames() {
    let read = chapter(cell("") + cell("//| label: x") + cell(""))
    #expect(read.cells.map(\.label) == ["cell-1", "x", "cell-3"])
  }
}
