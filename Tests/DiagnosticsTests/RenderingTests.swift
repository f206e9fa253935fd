import Diagnostics
import Testing

@Suite struct RenderingTests {
  @Test(arguments: [
    (Diagnostic(.error, file: "a.md", message: "m"), "a.md: error: m"),
    (Diagnostic(.warning, file: "a.md", line: 3, message: "m"), "a.md:3: warning: m"),
    (Diagnostic(.note, file: "a.md", line: 3, column: 1, message: "m"), "a.md:3:1: note: m"),
    (
      Diagnostic(.error, file: "a.md", line: 3, column: 5, message: "m", sourceLine: "let x", hint: "Do y."),
      "a.md:3:5: error: m\n    let x\n        ^\n    Do y."
    ),
    (
      Diagnostic(.error, file: "a.md", line: 3, column: 8, message: "m", sourceLine: "\t卷积x"),
      "a.md:3:8: error: m\n    \t卷积x\n    \t    ^"
    ),
    (
      Diagnostic(
        .error, file: "a.md", line: 3, column: 1, message: "m",
        notes: [Diagnostic(.note, file: "b.md", message: "n")]),
      "a.md:3:1: error: m\nb.md: note: n"
    ),
    (
      Diagnostic(.error, file: "a.md", line: 3, column: 99, message: "m", sourceLine: "ab"),
      "a.md:3:99: error: m\n    ab\n      ^"
    ),
  ])
  func description(diagnostic: Diagnostic, expected: String) {
    #expect(diagnostic.description == expected)
  }
}
