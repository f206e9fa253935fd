import Foundation
import Testing

@Suite("Translations")
struct TranslationTests {
  private func place() throws -> Workplace {
    try Workplace(files: [
      "book/book.yml": "languages: [en, zh-Hans]\n",
      "book/en/1.md": """
      # Counting

      ```swift-run
      //| label: count
      //| cache: false
      import Foundation
      let log = try FileHandle(forWritingTo: URL(filePath: "runs"))
      try log.seekToEnd()
      try log.write(contentsOf: Data("ran\\n".utf8))
      print("counted")
      ```

      ```swift-run
      //| label: wrong
      //| expect-error: runtime
      print("before")
      print([1, 2][3])
      ```

      Three and four are `{swift} 3 + 4`.

      """,
      "book/zh-Hans/1.md": """
      # 计数

      ```swift-run
      //| same-as: count
      ```

      ```swift-run
      //| same-as: wrong
      ```

      三加四得 `{swift} 3 + 4`，三乘四得 `{swift} 3 * 4`。

      """,
      "book/en/runs": "",
    ])
  }

  @Test func cellsRunOnceAndAreShownInBothLanguages() throws {
    let place = try place()
    let result = try place.lectern("build", "book", "--no-cache")
    #expect(result.status == 0, "\(result.errors)")
    #expect(try place.text(of: "book/en/runs") == "ran\n")
    let english = try place.text(of: "output/en/1.html")
    let chinese = try place.text(of: "output/zh-Hans/1.html")
    #expect(english.contains("counted") && chinese.contains("counted"))
    #expect(chinese.contains("三乘四得 12"))
    #expect(try !place.text(of: "output/en/1.json").contains("3 * 4"))
    // The failure stands in the other file.
    #expect(chinese.contains("en/1.md 第 17 行"))
    #expect(english.contains("line 17"))
    #expect(chinese.contains("print([1, 2]"))
  }

  @Test func whatWasAcceptedHoldsForBoth() throws {
    let place = try place()
    #expect(try place.lectern("test", "book", "--accept").status == 0)
    #expect(place.exists("book/en/1.outputs"))
    #expect(!place.exists("book/zh-Hans/1.outputs"))
    #expect(try place.lectern("test", "book").status == 0)
    #expect(try place.lectern("build", "book", "--output", "run").status == 0)
    let runs = try place.text(of: "book/en/runs")
    let frozen = try place.lectern("build", "book", "--frozen", "--output", "frozen")
    #expect(frozen.status == 0, "\(frozen.errors)")
    #expect(place.contents(of: "frozen") == place.contents(of: "run"))
    #expect(try place.text(of: "book/en/runs") == runs)

    let text = try place.text(of: "book/zh-Hans/1.md")
    try place.write(text.replacing("3 * 4", with: "3 * 5"), to: "book/zh-Hans/1.md")
    let changed = try place.lectern("test", "book")
    #expect(changed.status == 1)
    #expect(changed.errors.contains("book/zh-Hans/1.md:11:"), "\(changed.errors)")
  }

  @Test func errorsInATranslationsOwnValueAreToldThere() throws {
    let place = try place()
    let text = try place.text(of: "book/zh-Hans/1.md")
    try place.write(text.replacing("3 * 4", with: "3 * nothing"), to: "book/zh-Hans/1.md")
    let result = try place.lectern("build", "book")
    #expect(result.status == 1)
    #expect(result.errors.contains("book/zh-Hans/1.md:11:"), "\(result.errors)")
    #expect(result.errors.contains("cannot find 'nothing' in scope"), "\(result.errors)")
    #expect(result.errors.contains("三加四得"), "\(result.errors)")
  }

  @Test func driftIsAnErrorWithBothLines() throws {
    let place = try place()
    let text = try place.text(of: "book/zh-Hans/1.md")
    try place.write(text.replacing("same-as: wrong", with: "same-as: wrung"), to: "book/zh-Hans/1.md")
    for command in ["check", "build"] {
      let result = try place.lectern(command, "book")
      #expect(result.status == 1)
      #expect(
        result.errors.contains("book/zh-Hans/1.md:7:1: error: there is no cell `wrung` in book/en/1.md"),
        "\(result.errors)")
      #expect(result.errors.contains("Did you mean `wrong`?"))
    }
  }
}
