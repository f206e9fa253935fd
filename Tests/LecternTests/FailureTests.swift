import Foundation
import Testing

@Suite("Books that fail")
struct FailureTests {
  @Test func everyPageIsWrittenAndEveryErrorNamed() throws {
    let place = try Workplace("failing")
    let result = try place.lectern("build", "failing")
    #expect(result.status == 1)
    for page in ["1-crash", "2-compile", "3-expected", "4-compile-too", "index"] {
      #expect(place.exists("output/\(page).html"), "\(page)")
    }
    let errors = result.errors
    #expect(errors.contains("failing/1-crash.md:9:"), "\(errors)")
    #expect(errors.contains("failing/2-compile.md:4:14: error:"), "\(errors)")
    #expect(errors.contains("failing/2-compile.md:10:16: error:"), "\(errors)")
    #expect(errors.contains("failing/4-compile-too.md:4:1: error:"), "\(errors)")
    #expect(errors.contains("failing/3-expected.md:4: error:"), "\(errors)")
    #expect(errors.contains("failing/3-expected.md:8:1: error:"), "\(errors)")
    #expect(try place.text(of: "output/1-crash.html").contains("still here"))
    #expect(try place.text(of: "output/2-compile.html").contains("fine"))
  }

  @Test func compileErrorsOfTheWholeBookComeBeforeAnythingRuns() throws {
    let place = try Workplace("failing")
    let errors = try place.lectern("build", "failing", "--jobs", "2").errors
    let lastCompileError = try #require(errors.range(of: "4-compile-too.md:4:1: error:"))
    let firstRun = try #require(errors.firstRange(of: /[1-4]-[a-z-]+\.md: \d+ cells?/))
    #expect(lastCompileError.lowerBound < firstRun.lowerBound, "\(errors)")
  }

  @Test func failuresAreReportedAgainFromTheCache() throws {
    let place = try Workplace("failing")
    let first = try place.lectern("build", "failing", "--quiet")
    let second = try place.lectern("build", "failing", "--quiet")
    #expect(second.status == 1)
    #expect(second.errors == first.errors)
  }

  @Test func checkFindsThemWithoutRunning() throws {
    let place = try Workplace("failing")
    let result = try place.lectern("check", "failing")
    #expect(result.status == 1)
    #expect(result.errors.contains("failing/2-compile.md:4:14: error:"), "\(result.errors)")
    #expect(result.errors.contains("failing/4-compile-too.md:4:1: error:"))
    #expect(!result.errors.contains("1-crash.md"))
    #expect(!place.exists("output"))
  }

  @Test func checkIsContentWithAGoodBook() throws {
    let place = try Workplace("small")
    let result = try place.lectern("check", "small")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("2 chapters checked"))
  }

  @Test(arguments: ["build", "check"])
  func brokenConfiguration(command: String) throws {
    let place = try Workplace(files: ["book/book.yml": "title: a: b\n", "book/a.md": "# A\n"])
    let result = try place.lectern(command, "book")
    #expect(result.status == 1)
    #expect(result.errors.hasPrefix("book/book.yml:1:9: error: broken YAML"), "\(result.errors)")
    #expect(result.errors.contains("\n    title: a: b\n            ^"), "\(result.errors)")
    #expect(!place.exists("output"))
  }

  @Test func anUnreadableChapterSparesTheOthers() throws {
    let place = try Workplace(files: ["book/a.md": "# A\n", "book/b.md": "# B\n"])
    #expect(try place.lectern("build", "book").status == 0)
    let old = try place.text(of: "output/b.html")
    try place.write(Data([0x23, 0x20, 0xFF, 0x0A]), to: "book/b.md")
    try place.write("# New\n", to: "book/a.md")
    let result = try place.lectern("build", "book")
    #expect(result.status == 1)
    #expect(result.errors.contains("book/b.md:1:3: error: not UTF-8"), "\(result.errors)")
    #expect(try place.text(of: "output/a.html").contains("New"))
    // The last good page stays.
    #expect(try place.text(of: "output/b.html") == old)
  }

  @Test func anEmptyBook() throws {
    let place = try Workplace(files: ["book/book.yml": "title: Nothing\n"])
    let result = try place.lectern("build", "book")
    #expect(result.status == 1)
    #expect(result.errors.contains("no chapters"))
    #expect(!place.exists("output"))
  }

  @Test func aTemplateThatNamesAnUnknownField() throws {
    let theme = Executable.package.appending(path: "templates")
    let names = try FileManager.default.contentsOfDirectory(atPath: theme.path).filter {
      $0.hasSuffix(".mustache")
    }
    let name = try #require(names.first { $0.contains("page") || $0.contains("chapter") })
    let place = try Workplace("small")
    let template = try String(contentsOf: theme.appending(path: name), encoding: .utf8)
    try place.write(template + "\n{{noSuchField}}\n", to: "theme/\(name)")
    let result = try place.lectern("build", "small", "--templates", "theme")
    #expect(result.status == 1)
    #expect(result.errors.contains("noSuchField"), "\(result.errors)")
    #expect(result.errors.contains(name), "\(result.errors)")
    #expect(!place.exists("output"))
  }

  @Test func noToolchain() throws {
    let place = try Workplace("small")
    let result = try place.lectern(
      "build", "small", environment: ["PATH": "/nowhere", "LECTERN_SWIFT": "/nowhere/swiftc"])
    #expect(result.status == 1)
    #expect(result.errors.contains("/nowhere/swiftc"), "\(result.errors)")
    #expect(!place.exists("output"))
    let onPath = try place.lectern("build", "small", environment: ["PATH": "/nowhere", "LECTERN_SWIFT": ""])
    #expect(onPath.status == 1)
    #expect(onPath.errors.contains("error:"), "\(onPath.errors)")
  }

  /// A toolchain whose compiler says of the library what one of another version says.
  @Test func anotherToolchain() throws {
    let place = try Workplace("small")
    let root = place.url.path + "/toolchain"
    try place.write(
      """
      #!/bin/sh
      swiftc "$@" | sed -e 's|"runtimeResourcePath": .*|"runtimeResourcePath": "\(root)/lib/swift"|' \\
        -e 's/Swift version [0-9.]*/Swift version 5.9/'

      """, to: "bin/swiftc")
    try place.write(
      """
      #!/bin/sh
      echo '<unknown>:0: error: module compiled with Swift 6.3 cannot be imported by the Swift 5.9 compiler' >&2
      exit 1

      """, to: "toolchain/bin/swift-frontend")
    let info = try Executable.start(
      URL(filePath: "/usr/bin/env"), ["swiftc", "-print-target-info"], in: place.url
    ).wait().output
    let target = try #require(info.firstMatch(of: /"arch": "(\w+)"/)?.1)
    for file in ["toolchain/bin/ld.lld", "toolchain/lib/swift/linux/\(target)/swiftrt.o"] {
      try place.write("", to: file)
    }
    for file in ["bin/swiftc", "toolchain/bin/swift-frontend", "toolchain/bin/ld.lld"] {
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: place.url.path + "/" + file)
    }
    let result = try place.lectern(
      "build", "small", environment: ["LECTERN_SWIFT": place.url.path + "/bin/swiftc"])
    #expect(result.status == 1)
    #expect(result.errors.contains("compiled with Swift 6.3 cannot be imported"), "\(result.errors)")
    #expect(result.errors.contains("another version of Swift"), "\(result.errors)")
    #expect(result.errors.ranges(of: "cannot be imported").count == 1, "\(result.errors)")
    #expect(!place.exists("output"))
  }
}
