import Foundation
import Testing

@Suite("lectern check") struct CheckTests {
  private static let start = """
    # Start

    ```swift-run
    //| label: train
    //| fig-cap: A loss
    let losses = [3.0, 2, 1]
    try! "ran".write(toFile: "ran.txt", atomically: false, encoding: .utf8)
    lineChart(losses)
    ```

    The loss (@fig-trian) falls.

    ```swift-run
    losses.frist
    ```

    """

  @Test func namesThePlaceAndTheNearestName() throws {
    let place = try Workplace(files: ["book/1.md": Self.start])
    let result = try place.lectern("check", "book")
    #expect(result.status == 1)
    for message in [
      "book/1.md:11:11: error: nothing is labelled ‘fig-trian’", "    did you mean @fig-train?",
      "book/1.md:14:8: error: value of type '[Double]' has no member 'frist'",
    ] {
      #expect(result.errors.contains(message), "\(message)\nis not in\n\(result.errors)")
    }
    #expect(!place.exists("book/ran.txt") && !place.exists("output"))
  }

  /// What was checked before is not compiled again, and nobody can tell.
  @Test func anotherCheckSaysTheSameAsAFirstOne() throws {
    let place = try Workplace(files: ["book/1.md": Self.start, "book/2.md": "# End\n"])
    let edits = [
      Self.start, Self.start.replacing("# Start", with: "# Start\n\nProse."),
      Self.start.replacing("losses.frist", with: "func f() { let unused = losses }"),
      Self.start.replacing("let losses", with: "var losses").replacing("frist", with: "first"),
      Self.start.replacing("3.0, 2, 1", with: "\"a\""),
    ]
    for text in edits {
      try place.write(text, to: "book/1.md")
      let fresh = try Workplace(files: ["book/1.md": text, "book/2.md": "# End\n"])
      let expected = try fresh.lectern("check", "book", "--quiet")
      for _ in 0..<2 {
        let found = try place.lectern("check", "book", "--quiet")
        #expect(found.errors == expected.errors)
        #expect(found.status == expected.status)
      }
    }
  }
}
