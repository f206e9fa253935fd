import Chapters
import Testing

@Suite struct FrontMatterTests {
  @Test func everyKey() {
    let front = chapter(
      """
      ---
      title: "Part 1: Tensors"
      subtitle: Shapes
      author: [Ada, Grace]
      date: 2026-02-03
      description: >
        Two
        lines
      language: zh-Hans
      execute:
        echo: false
        code-fold: show
        timeout: 2.5
      ...
      Text
      """)
    #expect(front.diagnostics.isEmpty)
    #expect(front.frontMatter.title == "Part 1: Tensors")
    #expect(front.frontMatter.subtitle == "Shapes")
    #expect(front.frontMatter.author == "Ada, Grace")
    #expect(front.frontMatter.date == "2026-02-03")
    #expect(front.frontMatter.description == "Two lines\n")
    #expect(front.frontMatter.language == "zh-Hans")
    #expect(front.frontMatter.execute.echo == false)
    #expect(front.frontMatter.execute.codeFold == .open)
    #expect(front.frontMatter.execute.timeout == 2.5)
    #expect(outline(front.blocks) == "p(Text)")
  }

  @Test(arguments: [
    ("---\ntitel: x\n---\n", "2:1: error: unknown key `titel` in the front matter"),
    ("---\nlang: en\n---\n", "2:1: error: unknown key `lang` in the front matter"),
    ("---\ntitle: [a]\n---\n", "2:8: error: `title` takes text, not a list"),
    ("---\ntitle: a: b\n---\n", "2:9: error: broken YAML: mapping values are not allowed in this context"),
    (
      "---\ntitle: \"a\n---\n",
      "2:10: error: broken YAML: while scanning a quoted scalar, found unexpected end of stream"
    ),
    ("---\ntitle: 题\ntitle: b\n---\n", "3:1: error: `title` is given twice"),
    ("---\nlanguage: english please\n---\n", "2:11: error: `english please` is no language tag"),
    ("---\nexecute:\n  label: x\n---\n", "3:3: error: `label` is about one cell"),
    ("---\nexecute:\n  echo: yes\n---\n", "3:9: error: `echo` takes true or false, not `yes`"),
    ("---\nexecute: true\n---\n", "2:10: error: expected options under `execute:`, as in `echo: false`"),
    ("---\njust words\n---\n", "2:1: error: expected `key: value` lines"),
    ("---\ntitle: a\n\nText", "1:1: error: the front matter that begins here never ends"),
  ])
  func mistakes(source: String, message: String) {
    #expect(messages(source) == [message])
  }

  @Test func suggestions() {
    #expect(chapter("---\nlang: en\n---\n").diagnostics.first?.hint == "Did you mean `language`?")
    #expect(chapter("---\ntitel: x\n---\n").diagnostics.first?.hint == "Did you mean `title`?")
    #expect(
      chapter("---\nzzzzzz: x\n---\n").diagnostics.first?.hint
        == """
        The keys are `title`, `subtitle`, `author`, `date`, `description`, `language`, `label`, `bibliography`, \
        `number-sections` and `execute`.
        """)
    #expect(
      chapter("---\ntitel: x\n---\n").diagnostics.first?.description.split(separator: "\n").dropFirst()
        .prefix(2)
        == ["    titel: x", "    ^"])
  }

  @Test(arguments: ["---\n\nText", "---", "", "Text\n---\n", "--- x\na: b\n---\n"])
  func noFrontMatter(source: String) {
    #expect(chapter(source).frontMatter == FrontMatter())
    #expect(chapter(source).diagnostics.isEmpty)
  }

  @Test func title() {
    #expect(chapter("# A `code` title\n").title == "A code title")
    #expect(chapter("---\ntitle: T\n---\n# H\n").title == "T")
    #expect(chapter("Text\n\n## Two\n\n# One $x$\n").title == "One x")
    #expect(chapter("Text").title == nil)
  }
}
