import Foundation
import Testing

@Suite("lectern test")
struct AcceptedOutputsTests {
  private static let chapter = """
    # One

    Text and $x^2$.

    ```swift-run
    //| label: values
    let values = [0.123456789, 2]
    print(values)
    Tensor([[1, 2], [3, Float(values[0])]])
    ```

    The sum is `{swift} values.reduce(0, +)`.

    ```swift-run
    //| label: clock
    //| volatile: true
    import Foundation
    print(ProcessInfo.processInfo.systemUptime)
    ```

    ```swift-run
    //| label: wrong
    //| expect-error: compile
    let word: String = 5
    ```

    ```swift-run
    //| label: trap
    //| expect-error: runtime
    print([1, 2][values.count])
    ```

    """

  private func place() throws -> Workplace {
    try Workplace(files: ["book/1.md": Self.chapter, "book/2.md": "# Two\n\nNo code.\n"])
  }

  private func edit(_ place: Workplace, _ old: String, _ new: String) throws {
    let text = try place.text(of: "book/1.md")
    #expect(text.contains(old))
    try place.write(text.replacing(old, with: new), to: "book/1.md")
  }

  @Test func acceptedOutputsAreHeldAgainstEachRun() throws {
    let place = try place()
    let first = try place.lectern("test", "book")
    #expect(first.status == 1)
    #expect(first.errors.contains("book/1.md: error: its outputs were never accepted"), "\(first.errors)")
    #expect(try place.lectern("test", "book", "--accept").status == 0)
    #expect(place.exists("book/1.outputs"))
    #expect(!place.exists("book/2.outputs"))
    let accepted = try place.text(of: "book/1.outputs")
    // The clock is another in each run, and is not compared.
    let again = try place.lectern("test", "book", "--no-cache")
    #expect(again.status == 0, "\(again.errors)")
    #expect(try place.lectern("test", "book", "--accept", "--no-cache").status == 0)
    #expect(try place.text(of: "book/1.outputs") == accepted)

    try edit(place, "0.123456789", "0.2")
    let moved = try place.lectern("test", "book")
    #expect(moved.status == 1)
    #expect(
      moved.errors.contains("book/1.md:5:1: error: the outputs of the cell `values` are not"),
      "\(moved.errors)")
    #expect(moved.errors.contains("0.123457 → 0.2 (+0.0765432)"), "\(moved.errors)")
    #expect(moved.errors.contains("the cell `values` is not the one whose outputs were accepted"))
    #expect(moved.errors.contains("the value `values.reduce(0, +)` is not the one that was accepted"))
    #expect(!moved.errors.contains("`clock`"))
    #expect(try place.text(of: "book/1.outputs") == accepted)

    #expect(try place.lectern("test", "book", "--accept").status == 0)
    let new = try place.text(of: "book/1.outputs").split(separator: "\n")
    let old = accepted.split(separator: "\n")
    let changed = zip(old, new).count { $0 != $1 }
    #expect(old.count == new.count)
    #expect(changed > 0 && changed <= 8, "only what changed: \(changed) lines")
  }

  @Test func tolerances() throws {
    let place = try place()
    #expect(try place.lectern("test", "book", "--accept").status == 0)
    // Other numbers by the same code: through a file that the cell does not declare.
    let data = "print(try! String(contentsOfFile: \"number.txt\", encoding: .utf8))"
    try place.write("loss 0.50\n", to: "data/number.txt")
    try place.write(
      "# A\n\n```swift-run\n//| label: read\nimport Foundation\n\(data)\n```\n", to: "data/a.md")
    #expect(try place.lectern("test", "data", "--accept").status == 0)
    try place.write("loss 0.51\n", to: "data/number.txt")
    let strict = try place.lectern("test", "data", "--no-cache")
    #expect(strict.status == 1)
    #expect(strict.errors.contains("1 of 1 numbers moved by more than 0.0001"), "\(strict.errors)")
    try place.write("tolerance: 0.05\n", to: "data/book.yml")
    #expect(try place.lectern("test", "data", "--no-cache").status == 0)
    let text = try place.text(of: "data/a.md")
    try place.write(
      text.replacing("//| label: read", with: "//| label: read\n//| tolerance: 0.001"), to: "data/a.md")
    #expect(try place.lectern("test", "data", "--no-cache").status == 1)
    try place.write("cost 0.50\n", to: "data/number.txt")
    let other = try place.lectern("test", "data", "--no-cache")
    #expect(other.status == 1)
    #expect(other.errors.contains("− loss 0.50") && other.errors.contains("+ cost 0.50"), "\(other.errors)")
  }

  @Test func frozenPagesAreThoseOfARun() throws {
    let place = try place()
    #expect(try place.lectern("test", "book", "--accept").status == 0)
    #expect(try place.lectern("build", "book", "-o", "ran").status == 0)
    let without = ["PATH": "/nowhere", "LECTERN_SWIFT": "/nowhere/swiftc"]
    let frozen = try place.lectern("build", "book", "-o", "frozen", "--frozen", environment: without)
    #expect(frozen.status == 0, "\(frozen.errors)")
    let (ran, thawed) = (place.contents(of: "ran"), place.contents(of: "frozen"))
    #expect(Set(ran.keys) == Set(thawed.keys))
    for (path, contents) in ran where !path.hasSuffix(".json") {
      #expect(thawed[path] == contents, "\(path)")
    }
    let page = try place.text(of: "frozen/1.html")
    #expect(page.contains("cannot convert value of type"))
  }

  @Test func frozenBuildsNoticeOtherCode() throws {
    let place = try place()
    #expect(try place.lectern("build", "book", "--frozen").status == 1)
    #expect(try place.lectern("test", "book", "--accept").status == 0)
    #expect(try place.lectern("build", "book", "--frozen").status == 0)
    let page = try place.text(of: "output/1.html")
    try edit(place, "Text and", "Words and")
    #expect(try place.lectern("build", "book", "--frozen").status == 0)
    #expect(try place.text(of: "output/1.html") == page.replacing("Text and", with: "Words and"))
    try edit(place, "print(values)", "print(values, 1)")
    let result = try place.lectern("build", "book", "--frozen")
    #expect(result.status == 1)
    #expect(
      result.errors.contains("book/1.md:5:1: error: the cell `values` is not the one"), "\(result.errors)")
    #expect(place.exists("output/1.html"))
  }

  @Test func nothingAcceptedIsLost() throws {
    let place = try place()
    #expect(try place.lectern("test", "book", "--accept").status == 0)
    let accepted = try place.text(of: "book/1.outputs")
    try edit(place, "print(values)", "print(values); fatalError(\"no\")")
    let failing = try place.lectern("test", "book", "--accept")
    #expect(failing.status == 1)
    #expect(failing.errors.contains("the outputs were not accepted"), "\(failing.errors)")
    #expect(try place.text(of: "book/1.outputs") == accepted)
    try edit(place, "; fatalError(\"no\")", "")
    // A chapter that was renamed leaves its outputs behind.
    try FileManager.default.moveItem(
      at: place.url.appending(path: "book/2.md"), to: place.url.appending(path: "book/3.md"))
    try place.write("format: 1\nseed: 0\ncells: []\n", to: "book/2.outputs")
    let stale = try place.lectern("test", "book")
    #expect(stale.status == 1)
    #expect(
      stale.errors.contains("book/2.outputs: error: accepted outputs of a chapter that is not"),
      "\(stale.errors)")
    #expect(try place.lectern("test", "book", "--accept").status == 0)
    #expect(!place.exists("book/2.outputs"))
    try place.write("cells: [", to: "book/1.outputs")
    let broken = try place.lectern("test", "book")
    #expect(broken.status == 1)
    #expect(
      broken.errors.contains("book/1.outputs: error: this is no file of accepted outputs"), "\(broken.errors)"
    )
    #expect(try place.lectern("build", "book", "--frozen").status == 1)
  }

  /// WeavingTests looks at what every figure becomes; this is what it looks at.
  @Test func theChapterOfFiguresPutsOutWhatWasAccepted() throws {
    let place = try Workplace("figures")
    let result = try place.lectern("test", "figures")
    #expect(result.status == 0, "\(result.errors)")
  }
}
