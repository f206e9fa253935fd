import Foundation
import Testing

@Suite("lectern build")
struct BuildTests {
  @Test func makesPagesRecordsAndAnIndex() throws {
    let place = try Workplace("small")
    let result = try place.lectern("build", "small")
    #expect(result.status == 0, "\(result.errors)")
    for path in ["index.html", "one.html", "one.json", "part/two.html", "part/two.json", "images/dot.svg"] {
      #expect(place.exists("output/\(path)"), "\(path)")
    }
    let page = try place.text(of: "output/one.html")
    #expect(page.contains("printed"))
    #expect(page.contains("[1, 4, 9]"))
    #expect(page.contains("14"))
    #expect(try place.text(of: "output/part/two.json").contains(#""text" : "2""#))
  }

  @Test func writesTheRecordAsTheDesignSays() throws {
    let place = try Workplace("small")
    #expect(try place.lectern("build", "small").status == 0)
    let json = try JSONSerialization.jsonObject(with: Data(place.text(of: "output/one.json").utf8))
    let record = try #require(json as? [String: Any])
    #expect(record["format"] as? Int == 1)
    #expect(record["chapter"] as? String == "one.md")
    let cell = try #require((record["cells"] as? [[String: Any]])?.first)
    #expect(cell["label"] as? String == "squares")
    #expect(cell["line"] as? Int == 5)
    #expect(cell["status"] as? String == "ok")
    let outputs = try #require(cell["outputs"] as? [[String: Any]])
    #expect(outputs.first?["kind"] as? String == "text")
    #expect(outputs.first?["stream"] as? String == "stdout")
    #expect(outputs.first?["text"] as? String == "printed\n")
    let two = try place.text(of: "output/part/two.json")
    #expect(two.contains(#""not-compiled""#))
    #expect(two.contains(#""failed""#))
    // Diagnostics in a record are named within the book, wherever the build was started.
    #expect(!two.contains("small/part"))
  }

  @Test func doesNothingTwice() throws {
    let place = try Workplace("small")
    #expect(try place.lectern("build", "small").status == 0)
    let dates = {
      try ["index.html", "one.html", "one.json"].map { path in
        try FileManager.default.attributesOfItem(atPath: place.url.path + "/output/\(path)")[
          .modificationDate] as? Date
      }
    }
    let before = try dates()
    let result = try place.lectern("build", "small")
    #expect(result.status == 0)
    #expect(result.errors.contains("2 not changed"), "\(result.errors)")
    #expect(result.errors.contains("0 files written"), "\(result.errors)")
    #expect(try dates() == before)
  }

  @Test func givesTheSameBytesHoweverItIsBuilt() throws {
    let place = try Workplace("small", "languages")
    var outputs: [[String: Data]] = []
    for (index, options) in [["--jobs", "1"], ["--jobs", "4"], ["--no-cache"], []].enumerated() {
      let output = "output-\(index)"
      let arguments = ["build", "small", "--output", output] + options
      let result = try Executable.start(Executable.lectern, arguments, in: place.url).wait()
      #expect(result.status == 0, "\(result.errors)")
      outputs.append(place.contents(of: output))
    }
    // From another folder, with another name for the book.
    let result = try Executable.start(
      Executable.lectern, ["build", ".", "-o", "../output-here", "--no-cache"],
      in: place.url.appending(path: "small")
    ).wait()
    #expect(result.status == 0, "\(result.errors)")
    outputs.append(place.contents(of: "output-here"))
    for output in outputs.dropFirst() { #expect(output == outputs[0]) }
  }

  @Test func eachLanguageHasItsFolder() throws {
    let place = try Workplace("languages")
    let result = try place.lectern("build", "languages", "--quiet")
    #expect(result.status == 0)
    #expect(result.errors.isEmpty, "\(result.errors)")
    for path in ["index.html", "en/1-sum.html", "en/1-sum.json", "zh-Hans/1-sum.html", "zh-Hans/1-sum.json"] {
      #expect(place.exists("output/\(path)"), "\(path)")
    }
    #expect(try place.text(of: "output/zh-Hans/1-sum.html").contains("zh-Hans"))
  }

  @Test func oneFileIsABook() throws {
    let place = try Workplace("small")
    let result = try place.lectern("build", "small/one.md", "--output", "out")
    #expect(result.status == 0, "\(result.errors)")
    #expect(place.exists("out/one.html"))
    #expect(place.exists("out/index.html"))
  }

  @Test func pagesOfChaptersThatAreGoneGo() throws {
    let place = try Workplace(files: ["book/a.md": "# A\n", "book/b.md": "# B\n"])
    #expect(try place.lectern("build", "book").status == 0)
    try place.write("mine", to: "output/mine.html")
    try FileManager.default.removeItem(at: place.url.appending(path: "book/b.md"))
    #expect(try place.lectern("build", "book").status == 0)
    #expect(place.exists("output/a.html"))
    #expect(!place.exists("output/b.html"))
    #expect(!place.exists("output/b.json"))
    #expect(place.exists("output/mine.html"))
  }

  @Test(arguments: [
    "a b.md", "卷积 网络.md", "quote'\".md", "a&b<i>.md", "#1?x.md", "100%25.md", "-o.md", "new\nline.md",
  ])
  func anyNameWorks(name: String) throws {
    let place = try Workplace(files: ["book/\(name)": "# T\n\n```swift-run\nprint(6 * 7)\n```\n"])
    let result = try place.lectern("build", "book")
    #expect(result.status == 0, "\(result.errors)")
    let page = "output/\(name.dropLast(3)).html"
    #expect(try place.text(of: page).contains("42"))
  }

  @Test func editionsAndTemplates() throws {
    let place = try Workplace(files: [
      "book/a.md": "# A\n\n```swift-run\n//| edition: instructor\nprint(\"sec\" + \"ret\")\n```\n",
      "book/book.yml": "editions: [student, instructor]",
    ])
    #expect(try place.lectern("build", "book").status == 0)
    #expect(try !place.text(of: "output/a.html").contains("secret"))
    #expect(try place.lectern("build", "book", "--edition", "instructor").status == 0)
    #expect(try place.text(of: "output/a.html").contains("secret"))
  }

  @Test func whatHasChangedRunsAgain() throws {
    let place = try Workplace(files: ["a.md": "```swift-run\nprint(\"first\")\n```\n"])
    #expect(try place.lectern("build", "a.md").status == 0)
    try place.write("Prose.\n\n```swift-run\nprint(\"first\")\n```\n", to: "a.md")
    let prose = try place.lectern("build", "a.md")
    #expect(prose.errors.contains("1 not changed"), "\(prose.errors)")
    #expect(try place.text(of: "output/a.json").contains("\"line\" : 3"))
    try place.write("```swift-run\nprint(\"second\")\n```\n", to: "a.md")
    #expect(try place.lectern("build", "a.md").status == 0)
    #expect(try place.text(of: "output/a.html").contains("second"))
  }

  @Test func damagedCacheHeals() throws {
    let place = try Workplace("small")
    #expect(try place.lectern("build", "small").status == 0)
    let good = place.contents(of: "output")
    for entry in place.contents(of: "small/.lectern/cache").keys {
      try place.write("damaged", to: "small/.lectern/cache/\(entry)")
    }
    let result = try place.lectern("build", "small")
    #expect(result.status == 0)
    #expect(!result.errors.contains("not changed"))
    #expect(place.contents(of: "output") == good)
    #expect(try place.lectern("build", "small").errors.contains("2 not changed"))
  }
}
