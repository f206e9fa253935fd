import Book
import Chapters
import Testing

@Suite("book.yml")
struct ConfigurationTests {
  @Test func readsEverything() {
    let (book, diagnostics) = BookConfiguration.parse(
      """
      title: "Study guide: networks"
      author: Ada
      description: Notes
      languages: [en, zh-Hans]
      chapters:
        - 11-training.md
        - ./part/12-卷积.md
      editions: [student, instructor]
      html: true
      seed: 18446744073709551615
      execute:
        echo: false
        timeout: 2.5
        code-fold: show
        memory: 512 MiB
        output-limit: 4 KiB
      """, file: "book.yml")
    #expect(diagnostics.isEmpty)
    #expect(book.title == "Study guide: networks")
    #expect(book.author == "Ada")
    #expect(book.languages == ["en", "zh-Hans"])
    #expect(book.chapters?.map(\.path) == ["11-training.md", "part/12-卷积.md"])
    #expect(book.editions == [.student, .instructor])
    #expect(book.allowsHTML)
    #expect(book.kernel.seed == .max)
    #expect(book.kernel.memoryLimit == 512 << 20)
    #expect(book.kernel.outputLimit == 4096)
    #expect(book.execute.echo == false)
    #expect(book.execute.timeout == 2.5)
    #expect(book.execute.codeFold == .open)
  }

  @Test(arguments: ["", "# nothing\n", "title:\n", "---\n"])
  func mayBeEmpty(text: String) {
    let (book, diagnostics) = BookConfiguration.parse(text, file: "book.yml")
    #expect(diagnostics.isEmpty)
    #expect(book == BookConfiguration())
  }

  /// Each mistake with the place of its message, something that the message says, and something that the hint says.
  @Test(arguments: [
    ("tilte: A", 1, 1, "unknown", "title"),
    ("title: A\nfoo: 1", 2, 1, "unknown", "author"),
    ("title: [A", 1, 10, "broken YAML", ""),
    ("title: Part 1: Nets", 1, 14, "broken YAML", "quotation"),
    ("title: A\n\tauthor: B", 2, 1, "broken YAML", ""),
    ("title: A\ntitle: B", 2, 1, "twice", ""),
    ("- a\n- b", 1, 1, "", ""),
    ("title: {a: b}", 1, 8, "title", ""),
    ("seed: -1", 1, 7, "seed", ""),
    ("seed: x", 1, 7, "seed", ""),
    ("html: maybe", 1, 7, "html", ""),
    ("languages: [en, en]", 1, 17, "twice", ""),
    ("languages: [english!]", 1, 13, "language tag", "zh-Hans"),
    ("languages: [en]\ntitle: {en: A, de: B}", 2, 16, "`de` is none of the book's languages", "en"),
    ("title: [a]", 1, 8, "text for each language", ""),
    ("chapters: [a.md, ./a.md]", 1, 18, "twice", ""),
    ("chapters: [../a.md]", 1, 12, "outside", ""),
    ("chapters: [/etc/a.md]", 1, 12, "outside", ""),
    ("chapters: {a: b}", 1, 11, "list", ""),
    ("editions: [studnet]", 1, 12, "student", ""),
    ("execute: 1", 1, 10, "execute", ""),
    ("execute:\n  ehco: true", 2, 3, "unknown", "echo"),
    ("execute:\n  echo: perhaps", 2, 9, "echo", ""),
    ("execute:\n  memory: lots", 2, 11, "memory", "4 GiB"),
    ("execute:\n  memory: 1 KiB", 2, 11, "memory", ""),
    ("execute:\n  timeout: 0", 2, 12, "timeout", ""),
    ("title: 卷积\n作者: A", 2, 1, "unknown", ""),
    ("title: A\nlanguages: [卷, '积 ']", 2, 13, "language tag", ""),
  ])
  func refuses(text: String, line: Int, column: Int, message: String, hint: String) throws {
    let (_, diagnostics) = BookConfiguration.parse(text, file: "guide/book.yml")
    let first = try #require(diagnostics.first)
    #expect(first.severity == .error)
    #expect(first.file == "guide/book.yml")
    #expect(first.line == line)
    #expect(first.column == column)
    #expect(message.isEmpty || first.message.contains(message), "\(first)")
    #expect(hint.isEmpty || (first.hint ?? "").contains(hint), "\(first)")
  }

  @Test func reportsAllMistakesAtOnce() {
    let (book, diagnostics) = BookConfiguration.parse(
      "titel: A\nseed: x\nhtml: 3\nauthor: B\n", file: "book.yml")
    #expect(diagnostics.map(\.line) == [1, 2, 3])
    #expect(book.author == "B")
  }

  @Test func columnsAreBytes() throws {
    let (_, diagnostics) = BookConfiguration.parse("{title: 卷积, foo: 1}", file: "book.yml")
    #expect(diagnostics.first?.column == 17)
  }
}
