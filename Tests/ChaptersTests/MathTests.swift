import Chapters
import Testing

@Suite struct MathTests {
  @Test(arguments: [
    ("$x$", "p(math(x))"),
    ("$a_1 * b_1$ and *c*", "p(math(a_1 * b_1) and em(c))"),
    ("costs $5 and $6", "p(costs $5 and $6)"),
    ("$5,$6", "p($5,$6)"),
    ("$ x$ and $x $", "p($ x$ and $x $)"),
    ("\\$x$ y", "p($x$ y)"),
    ("$x\\$y$", "p(math(x\\$y))"),
    ("$$x$$", "math[](x)"),
    ("see $$x$$ there", "p(see Math(x) there)"),
    ("$$x$$ there", "p(Math(x) there)"),
    ("a $$x\n+ y$$ b", "p(a $$x) -(p(y$$ b))"),
    ("a $$x\n= y$$ b", "p(a Math(x\n= y) b)"),
    ("a $$x$$ {#eq-a} b", "p(a Math(x) b)"),
    ("$$x$$ {#eq-a}", "math[eq-a](x)"),
    ("$$\nx\n$$ {#eq-a}", "math[eq-a](x)"),
    ("$$ x\n\n+ y\n# z\n$$\nText", "math[](x\n\n+ y\n# z) p(Text)"),
    ("Text\n$$\n- x\n$$\nText", "p(Text) math[](- x) p(Text)"),
    ("> $$\n> x\n> $$", "quote(math[](x))"),
    ("- $$\n  x\n  $$\n- y", "-(math[](x) | p(y))"),
    ("```math\nx\n y\n```", "math[](x\n y)"),
    ("```math {#eq-f}\nx\n```", "math[eq-f](x)"),
    ("    $$x$$", "code[]"),
    ("`$x$`", "p(code($x$))"),
    ("$5, see `$x`", "p($5, see code($x))"),
    ("$\\text{`a`}$", "p(math(\\text{`a`}))"),
    ("*a $x$ b*", "p(em(a math(x) b))"),
    ("[a $x_1$](u_1)", "p(a(a math(x_1)))"),
    ("![a $x$](u)", "p(img(a math(x)))"),
    ("# On $x^2$", "h1#on-x2(On math(x^2))"),
    ("由$x$得到**$y$**", "p(由math(x)得到strong(math(y)))"),
    (
      "| $a|b$ | c |\n|---|---|\n| $\\lVert x \\rVert$ | `d` |",
      "table(math(a|b) | c / math(\\lVert x \\rVert) | code(d))"
    ),
    ("| $P(A \\| B)$ |\n|---|", "table(math(P(A | B)))"),
    ("| $5 | $6 |\n|---|---|", "table($5 | $6)"),
    ("|5$|6$|\n|-|-|\n|7$|8$|", "table(5$ | 6$ / 7$ | 8$)"),
    ("| `$a` | b$ |\n|---|---|", "table(code($a) | b$)"),
    (
      "> - | $|a|$ | $b$ |\n>   |---|---|\n>   | c | $d|e$",
      "quote(-(table(math(|a|) | math(b) / c | math(d|e))))"
    ),
    ("$a|b$ without a table", "p(math(a|b) without a table)"),
    ("$$", "math[]()"),
    ("$", "p($)"),
    ("$$$", "p($$$)"),
    ("$$$$", "p($$$$)"),
    ("$x", "p($x)"),
    ("~~$x$~~", "p(del(math(x)))"),
    ("$x$[^1]\n\n[^1]: a", "p(math(x)note0)"),
    ("<b>$x$</b>", "p(html(<b>)math(x)html(</b>))"),
    ("$<b>$", "p(math(<b>))"),
    ("$[a](b)$", "p(math([a](b)))"),
  ])
  func reads(source: String, outline expected: String) {
    #expect(outline(chapter(source).blocks) == expected)
  }

  @Test(arguments: [
    ("$$\nx\n", "1:1: error: the formula that begins here never ends"),
    ("$$\nx\n$$ where", "3:3: warning: text behind the end of a formula is taken as it is"),
    ("$$x$$ {#eq-a}\n\n$$y$$ {#eq-a}", "3:9: error: the label `eq-a` is given twice"),
    ("$$x$$ {#eq-a:b}", "1:9: error: a label is made of letters, digits, `-` and `_`, which `eq-a:b` is not"),
  ])
  func mistakes(source: String, message: String) {
    #expect(messages(source) == [message])
  }

  @Test(arguments: [
    "Text $FOUND$", "*a* $FOUND$ `b`", "> a\n> > b $FOUND$", "- a\n\n      b\n\n  $FOUND$",
    "a\nb\n   c $FOUND$",
    "[a](b\n\"c\") $FOUND$", "a\\\nb $FOUND$", "`a\nb` $FOUND$", "<b\nc> $FOUND$", "# a $FOUND$ #",
    "a $FOUND$\n===",
    "| a | $FOUND$ |\n|---|---|", "| a |\n|---|\n| \\| $FOUND$ |", "[x]: u\n[y]: v\na $FOUND$",
    "x $$a\nb$$ $FOUND$",
    "**强调：**然后 $FOUND$", "**强：**调\n**强：**调$FOUND$", "| **强：**调 | $FOUND$ |\n|---|---|",
    "a[^1]\n\n[^1]: $FOUND$",
    "$$\n FOUND\n$$", "> $$ FOUND\n> $$", "```math\nFOUND\n```", "- ```math\n\n   FOUND\n  ```", "$$FOUND$$",
    "\tx\n\n> a\n$FOUND$",
    "&amp; &copy; $FOUND$", "| 1 | a |\n|---|---|\n| 1 | 1 $FOUND$ |",
  ])
  func places(source: String) {
    let read = chapter(source)
    let position = read.formulas.first { $0.tex == "FOUND" }?.position
    #expect(position.map(read.text(at:))?.hasPrefix("FOUND") == true, "\(position as Any)")
  }
}
