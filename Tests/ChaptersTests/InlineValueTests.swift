import Chapters
import Testing

@Suite struct InlineValueTests {
  /// Sources with one inline value, whose expression is `FOUND`.
  @Test(arguments: [
    "Text `{swift} FOUND` text", "`{swift}   FOUND  `", "`` {swift} FOUND ``", "# Title `{swift} FOUND` #",
    "Title `{swift} FOUND`\n=====", "> a\n> > - b\n> >   `{swift} FOUND`", "a\n`{swift}\nFOUND` b",
    "[a `{swift} FOUND`](u)", "![a `{swift} FOUND`](u)", "*a **b `{swift} FOUND`***", "~~a `{swift} FOUND`~~",
    "| a | `{swift} FOUND` |\n|---|---|", "| a |\n|---|\n| x \\| `{swift} FOUND` |",
    "a[^1]\n\n[^1]: `{swift} FOUND`",
    "[a](b\n'c') `{swift} FOUND`", "a\\\n`{swift} FOUND`", "**强：**调`{swift} FOUND`", "- [ ] `{swift} FOUND`",
    "> [!NOTE] `{swift} FOUND`\n> b", "> [!NOTE]\n> `{swift} FOUND`", "`x` \\` `{swift} FOUND`",
    "\u{FEFF}`{swift} FOUND`", "a\r\nb `{swift} FOUND`", "---\ntitle: a\n---\n`{swift} FOUND`",
    "[x]: u\nb `{swift} FOUND`", "`a` `{swift} FOUND`\n`b`", "<i>`{swift} FOUND`</i>", "题`{swift} FOUND`",
  ])
  func place(source: String) throws {
    let read = chapter(source)
    let value = try #require(read.inlineValues.first)
    #expect(read.inlineValues.count == 1)
    #expect(value.expression == "FOUND")
    #expect(read.text(at: value.position).hasPrefix("FOUND"), "\(value.position)")
    #expect(read.units == [.inlineValue(0)])
  }

  @Test(arguments: [
    ("`{swift} a || b`", "a || b"), ("`{swift} a\nb`", "a b"), ("`` {swift} \"`\" ``", "\"`\""),
    ("| `{swift} a \\|\\| b` |\n|---|", "a || b"), ("`{swift} \"强调：**\"`", "\"强调：**\""),
    ("`{swift} { $0 }(1)` costs $5", "{ $0 }(1)"),
  ])
  func expressions(source: String, expression: String) {
    #expect(chapter(source).inlineValues.map(\.expression) == [expression])
  }

  @Test(arguments: [
    "`{swift}x`", "`swift x`", "``` {python} x ```", "\\`{swift} x\\`", "<!-- `{swift} x` -->",
    "    `{swift} x`",
  ])
  func noValue(source: String) {
    #expect(chapter(source).inlineValues.isEmpty)
  }

  @Test func empty() {
    #expect(messages("a `{swift}` b") == ["1:4: error: an inline value without an expression"])
  }
}
