import Book
import Foundation
import Testing

@Suite("Reading a book")
struct BookReadingTests {
  private func paths(_ files: [String]) throws -> [String] {
    let folder = try TemporaryFolder(Dictionary(uniqueKeysWithValues: files.map { ($0, "# x\n") }))
    return try Book.read(at: folder.path).chapters.map(\.path)
  }

  @Test func withoutConfigurationTakesMarkdownInNameOrder() throws {
    #expect(
      try paths(["10-b.md", "2-a.md", "README.md", ".hidden.md", "notes.txt", "sub/3.md"]) == [
        "2-a.md", "10-b.md",
      ])
  }

  @Test func findsLanguageFolders() throws {
    let folder = try TemporaryFolder(["zh-Hans/1.md": "", "en/1.md": "", "en/2.md": "", "images/3.md": ""])
    let book = try Book.read(at: folder.path)
    #expect(book.chapters.map(\.path) == ["en/1.md", "en/2.md", "zh-Hans/1.md"])
    #expect(book.chapters.map(\.pagePath) == ["en/1.html", "en/2.html", "zh-Hans/1.html"])
    #expect(book.languages == ["en", "zh-Hans"])
  }

  @Test func oneLanguageNeedsNoFolderInTheOutput() throws {
    let folder = try TemporaryFolder(["book.yml": "languages: [de]", "de/1.md": ""])
    let book = try Book.read(at: folder.path)
    #expect(book.chapters.map(\.path) == ["de/1.md"])
    #expect(book.chapters.map(\.pagePath) == ["1.html"])
    #expect(book.chapters.map(\.language) == ["de"])
  }

  @Test func listedChaptersKeepTheirOrder() throws {
    let folder = try TemporaryFolder([
      "book.yml": "languages: [en, zh-Hans]\nchapters: [b.md, a.md, en/only.md]", "en/a.md": "",
      "en/b.md": "",
      "en/only.md": "", "zh-Hans/b.md": "",
    ])
    let book = try Book.read(at: folder.path)
    #expect(book.chapters.map(\.path) == ["en/b.md", "en/a.md", "en/only.md", "zh-Hans/b.md"])
    // A chapter that is not translated yet is no mistake.
    #expect(book.warnings.map(\.line) == [2])
    #expect(book.warnings.first?.message.contains("zh-Hans/a.md") == true)
  }

  @Test func aSingleFileIsABook() throws {
    let folder = try TemporaryFolder(["a.md": "", "b.md": ""])
    let book = try Book.read(at: folder.path + "/b.md")
    #expect(book.chapters.map(\.path) == ["b.md"])
    #expect(book.folder.standardizedFileURL.path == folder.url.standardizedFileURL.path)
  }

  @Test func configurationMayBeNamed() throws {
    let folder = try TemporaryFolder(["a.md": "", "book.yml": "title: T"])
    #expect(try Book.read(at: folder.path + "/book.yml").configuration.title == "T")
  }

  @Test(arguments: [
    "a b.md", "卷积.md", "a'b\"c.md", "a&b<c>.md", "#1?.md", "100%25.md", "-o.md", "é.md", "…\u{7}.md",
  ])
  func takesAnyName(name: String) async throws {
    let folder = try TemporaryFolder([name: "# Heading\n"])
    let book = try Book.read(at: folder.path)
    #expect(book.chapters.map(\.path) == [name])
    let read = try await book.readChapters(jobs: 2)
    #expect(read.diagnostics.isEmpty)
    #expect(read.chapters.count == 1)
  }

  // MARK: What is refused

  private func error(_ files: [String: String]) throws -> BookError {
    let folder = try TemporaryFolder(files)
    return try #require(throws: BookError.self) { try Book.read(at: folder.path) }
  }

  @Test func nothingThere() throws {
    let error = try #require(throws: BookError.self) { try Book.read(at: "/no/such/book") }
    #expect(error.isWrongUsage)
    #expect(error.diagnostics.first?.file == "/no/such/book")
  }

  @Test func notMarkdown() throws {
    let folder = try TemporaryFolder(["a.txt": ""])
    let error = try #require(throws: BookError.self) { try Book.read(at: folder.path + "/a.txt") }
    #expect(error.isWrongUsage)
  }

  @Test func empty() throws {
    #expect(try error([:]).description.contains("no chapters"))
    #expect(try error(["book.yml": "title: T"]).description.contains("no chapters"))
    #expect(try error(["README.md": "about"]).description.contains("no chapters"))
  }

  @Test func missingChapterWithSuggestion() throws {
    let diagnostics = try error([
      "book.yml": "chapters:\n  - 1-intro.md\n  - 2-lost.md", "1-intor.md": "", "2.md": "",
    ])
    .diagnostics
    #expect(diagnostics.map(\.line) == [2, 3])
    #expect(diagnostics.map(\.column) == [5, 5])
    #expect(diagnostics.first?.hint?.contains("1-intor.md") == true)
    #expect(diagnostics.first?.sourceLine == "  - 1-intro.md")
  }

  @Test func listedButNotMarkdown() throws {
    #expect(try error(["book.yml": "chapters: [a.txt]", "a.txt": ""]).description.contains("Markdown"))
  }

  @Test func twoChaptersOnePage() throws {
    #expect(try error(["a.md": "", "a.markdown": ""]).description.contains("a.html"))
  }

  @Test func configurationThatIsNoText() throws {
    let folder = try TemporaryFolder(["a.md": ""])
    try folder.write(Data([0x74, 0xFF]), to: "book.yml")
    let error = try #require(throws: BookError.self) { try Book.read(at: folder.path) }
    #expect(error.diagnostics.first?.message.contains("UTF-8") == true)
  }

  @Test func invalidUTF8NamesTheByte() async throws {
    let folder = try TemporaryFolder(["good.md": "fine"])
    try folder.write(Data("one\n卷".utf8) + Data([0xE5, 0x8D]) + Data("x\nthree".utf8), to: "bad.md")
    let read = try await Book.read(at: folder.path).readChapters(jobs: 1)
    #expect(read.chapters.map(\.chapter.path) == ["good.md"])
    #expect(read.unreadable.map(\.path) == ["bad.md"])
    let diagnostic = try #require(read.diagnostics.first)
    #expect(diagnostic.line == 2)
    #expect(diagnostic.column == 4)
    #expect(diagnostic.message.contains("UTF-8"))
  }

  @Test func chapterThatIsAFolder() async throws {
    let folder = try TemporaryFolder(["odd.md/inner.txt": ""])
    let read = try await Book.read(at: folder.path).readChapters(jobs: 1)
    #expect(read.diagnostics.first?.message.contains("cannot be read") == true)
  }
}
