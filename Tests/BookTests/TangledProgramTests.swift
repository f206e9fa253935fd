import Book
import Chapters
import Testing

@Suite("Tangling")
struct TangledProgramTests {
  private func program(_ cells: [(String, CellOptions)]) -> TangledProgram {
    let cells = cells.enumerated().map { index, cell in
      Cell(
        label: "cell-\(index + 1)", options: cell.1, code: cell.0, firstLine: 10 * index + 2,
        columnOffsets: [],
        position: SourcePosition(line: 10 * index + 1, column: 1))
    }
    return TangledProgram(Chapter(path: "en/a.md", file: "a.md", source: "", cells: cells))
  }

  /// The program without the lines that every program begins with.
  private func body(_ cells: String...) -> String {
    let text = program(cells.map { ($0, CellOptions()) }).text
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .drop { $0.hasPrefix("//") || $0.hasPrefix("import ") }.joined(separator: "\n")
  }

  @Test func cellsFollowOneAnotherWithTheirLines() {
    #expect(
      body("let x = 1", "print(x)") == """

        // en/a.md:2 cell-1
        let x = 1

        // en/a.md:12 cell-2
        print(x)

        """)
  }

  @Test func aNameDeclaredAgainHidesTheFirst() {
    #expect(
      body("let x = 1", "let x = x + 1\nprint(x)", "let x = 5") == """

        // en/a.md:2 cell-1
        let x = 1

        do {
        // en/a.md:12 cell-2
        let x = x + 1
        print(x)

        do {
        // en/a.md:22 cell-3
        let x = 5

        }}

        """)
  }

  @Test func declarationsOfTheTopLevelMoveOut() {
    #expect(
      body(
        "let x = 1",
        "import Foundation\nlet x = 2\nstruct P {}\nextension Int { var y: Int { 1 } }\nprint(P())")
          == """

          // en/a.md:2 cell-1
          let x = 1

          // en/a.md:12 cell-2
          import Foundation
          struct P {}
          extension Int { var y: Int { 1 } }

          do {
          // en/a.md:12 cell-2

          let x = 2
          print(P())

          }

          """)
  }

  @Test func overloadsAreNoRedeclarations() {
    #expect(!body("func f(_ x: Int) {}", "func f(_ x: Double) {}").contains("do {"))
    #expect(body("func f(_ x: Int) {}", "func f(_ x: Int) {}").contains("do {"))
    #expect(body("func f() {}", "let f = 1").contains("do {"))
    #expect(body("struct A {}", "typealias A = Int").contains("do {"))
    #expect(body("let (a, b) = (1, 2)", "var b = 3").contains("do {"))
    #expect(!body("func g() { let x = 1; _ = x }", "let x = 2").contains("do {"))
  }

  @Test func whatIsNotRunIsOnlyShown() {
    var skipped = CellOptions()
    skipped.eval = false
    var failing = CellOptions()
    failing.expectError = .compile
    let text = program([("let x = 1", skipped), ("let x: Int = \"\"\nx", failing)]).text
    #expect(text.contains("// let x = 1\n"))
    #expect(text.contains("// let x: Int = \"\"\n// x\n"))
    #expect(!text.contains("do {"))
  }

  @Test func saysWhatWillNotBuild() {
    let cells = ["struct A {}", "struct A {}\nextension A {}"].map { ($0, CellOptions()) }
    #expect(program(cells).warnings.count == 1)
  }

  @Test(arguments: [
    ("en/11-training", "en-11-training"), ("11 a", "chapter-11-a"), ("卷积", "chapter"), ("taken", "taken-2"),
  ])
  func namesPrograms(page: String, name: String) {
    #expect(BookTangler.targetName(page, besides: ["taken"]) == name)
  }
}
