import Foundation
import Testing

@Suite("lectern build --format")
struct HandoutTests {
  @Test func standalonePagesNeedNoOtherFile() throws {
    let place = try Workplace("small")
    let result = try place.lectern("build", "small", "--standalone")
    #expect(result.status == 0, "\(result.errors)")
    let files = Set(place.contents(of: "output").keys)
    #expect(
      files == [
        ".lectern-manifest.json", "index.html", "one.html", "one.json", "part/two.html", "part/two.json",
      ])
    let page = try place.text(of: "output/one.html")
    #expect(page.contains("[1, 4, 9]"))
    #expect(page.contains("data:image/svg+xml;base64,"))
    for match in page.matches(of: #/<(?:link|script|img|source)[^>]* (?:src|href)="([^"]*)"/#) {
      let isLink = match.0.contains("rel=\"prev\"") || match.0.contains("rel=\"next\"")
      #expect(isLink || match.1.hasPrefix("data:"), "\(match.0)")
    }
    // Links lead to the files beside it.
    #expect(page.contains(#"href="part/two.html""#))
  }

  @Test func theFolderHoldsWhatTheLastBuildMade() throws {
    let place = try Workplace("small")
    #expect(try place.lectern("build", "small").status == 0)
    #expect(place.exists("output/assets/lectern.css"))
    #expect(try place.lectern("build", "small", "--format", "standalone").status == 0)
    #expect(!place.exists("output/assets"))
  }

  @Test func everyLanguageIsABook() throws {
    let place = try Workplace("handouts")
    let result = try place.lectern("build", "handouts", "--format", "epub,notebook")
    #expect(result.status == 0, "\(result.errors)")
    let first = place.contents(of: "output")
    #expect(
      Set(first.keys) == [
        ".lectern-manifest.json", "en/book.epub", "zh-Hans/book.epub", "en/1-cases.ipynb", "en/2-more.ipynb",
        "zh-Hans/3-words.ipynb", "zh-Hans/4-end.ipynb",
      ])
    #expect(try place.lectern("build", "handouts", "--format", "epub,notebook", "-o", "again").status == 0)
    #expect(place.contents(of: "again") == first)
  }

  /// A program in Chromium's place, which notes what it was asked and prints what it says.
  private func printer(_ place: Workplace, _ script: String) throws -> [String: String] {
    try place.write("#!/bin/sh\n\(script)\n", to: "printer")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: place.url.path + "/printer")
    return ["LECTERN_CHROMIUM": place.url.path + "/printer"]
  }

  @Test func chaptersArePrinted() throws {
    let place = try Workplace("small")
    let script = """
      for argument; do
        case "$argument" in
          --print-to-pdf=*) target="${argument#*=}" ;;
          file://*) page="${argument#file://}" ;;
        esac
      done
      { printf '%%PDF-1.4\\n%%\\323\\353\\351\\341\\n/CreationDate (D:20261125193402+00)\\n'; cat "$page"; } > "$target"
      """
    let result = try place.lectern("build", "small", "--format", "pdf", environment: printer(place, script))
    #expect(result.status == 0, "\(result.errors)")
    #expect(Set(place.contents(of: "output").keys) == [".lectern-manifest.json", "one.pdf", "part/two.pdf"])
    let page = try place.text(of: "output/one.pdf")
    // The day is blanked; links to other files of this machine are none.
    #expect(page.contains("/CreationDate (D:20000101000000+00)\n"))
    #expect(page.contains("[1, 4, 9]") && !page.contains("href=\"part/two.html\""))
  }

  @Test func aMissingBrowserIsToldBeforeAnythingRuns() throws {
    let place = try Workplace("small")
    let result = try place.lectern(
      "build", "small", "--format", "pdf", environment: ["LECTERN_CHROMIUM": "/nowhere/chromium"])
    #expect(result.status == 1)
    #expect(
      result.errors.contains("/nowhere/chromium: error: PDF is printed by Chromium, which was not found"))
    #expect(result.errors.contains("LECTERN_CHROMIUM"))
    #expect(!result.errors.contains("cells in") && !place.exists("output"))
  }

  @Test func aBrowserThatFailsIsTold() throws {
    let place = try Workplace("small")
    let result = try place.lectern(
      "build", "small", "--format", "pdf", environment: printer(place, "echo 'no room left' >&2; exit 1"))
    #expect(result.status == 1)
    #expect(
      result.errors.contains(".pdf: error: Chromium could not print the page: no room left"),
      "\(result.errors)")
    #expect(!place.exists("output/one.pdf"))
  }

  @Test(arguments: [
    (["--format", "html,standalone"], "Build twice, into two folders"), (["--format", "odt"], "odt"),
    (["--standalone", "--format", "html"], "Build twice, into two folders"), (["--format", ","], "','"),
  ])
  func formatsThatMakeNoSense(options: [String], words: String) throws {
    let place = try Workplace("small")
    let result = try Executable.start(Executable.lectern, ["build", "small"] + options, in: place.url).wait()
    #expect(result.status == 2)
    #expect(result.errors.contains(words), "\(result.errors)")
    #expect(!place.exists("output"))
  }
}
