import Bibliography
import Testing

/// The works of a BibTeX file and its messages, each as its first line without the file's name.
func read(_ text: String, file: String = "a.bib") -> (works: Bibliography, messages: [String]) {
  var bibliography = Bibliography()
  let diagnostics = bibliography.read(text, file: file)
  return (
    bibliography, diagnostics.map { String($0.description.prefix { $0 != "\n" }.dropFirst(file.count + 1)) }
  )
}

@Suite struct BibTeXTests {
  @Test func anArticle() throws {
    let (works, messages) = read(
      """
      % A comment, and an address: someone@example.org.
      @string{nn = "Neural Networks"}
      @Article{hornik1991,
        author  = {Kurt Hornik},
        title   = {Approximation capabilities of {MLPs}},
        journal = nn,
        volume  = 4, number = {2},
        pages   = {251--257},
        year    = 1991,
        month   = mar,
        doi     = {https://doi.org/10.1016/0893-6080(91)90009-T},
      }
      """)
    #expect(messages == [])
    let work = try #require(works["hornik1991"])
    #expect(work.kind == .article)
    #expect(work.authors == [Name(family: "Hornik", given: "Kurt")])
    #expect(work.title == "Approximation capabilities of MLPs")
    #expect(work.container == "Neural Networks")
    #expect(work.volume == "4")
    #expect(work.issue == "2")
    #expect(work.pages == "251–257")
    #expect(work.year == "1991")
    #expect(work.month == 3)
    #expect(work.doi == "10.1016/0893-6080(91)90009-T")
    #expect(work.position.line == 3)
  }

  @Test(arguments: [
    (#"Schr{\"o}dinger, Erwin"#, [Name(family: "Schrödinger", given: "Erwin")]),
    (
      #"Erd\H{o}s, P{\'a}l and \v{C}ech, Eduard"#,
      [Name(family: "Erdős", given: "Pál"), Name(family: "Čech", given: "Eduard")]
    ),
    (#"{\L}ukasiewicz, Jan"#, [Name(family: "Łukasiewicz", given: "Jan")]),
    (#"\'{\i}, A and {\aa}, B"#, [Name(family: "í", given: "A"), Name(family: "å", given: "B")]),
    ("Ludwig van Beethoven", [Name(family: "van Beethoven", given: "Ludwig")]),
    ("van der Maaten, Laurens", [Name(family: "van der Maaten", given: "Laurens")]),
    ("King, Jr., Martin Luther", [Name(family: "King", given: "Martin Luther", suffix: "Jr.")]),
    ("{The Swift Team}", [Name(family: "The Swift Team")]),
    (
      "{Barnes and Noble} and Knuth, Donald E.",
      [Name(family: "Barnes and Noble"), Name(family: "Knuth", given: "Donald E.")]
    ),
    ("张三 and 李, 四", [Name(family: "张三"), Name(family: "李", given: "四")]),
    ("Donald~E. Knuth", [Name(family: "Knuth", given: "Donald E.")]),
    ("Aristotle", [Name(family: "Aristotle")]),
  ])
  func names(field: String, names: [Name]) throws {
    let (works, messages) = read("@misc{k, author = {\(field)}, title = {T}, year = 2000}")
    #expect(messages == [])
    #expect(works["k"]?.authors == names)
  }

  @Test func others() {
    let work = read("@misc{k, author = {A, B and others}, title = {T}, year = 2000}").works["k"]
    #expect(work?.authors.count == 1)
    #expect(work?.hasMoreAuthors == true)
  }

  @Test(arguments: [
    (#"\emph{A} \textbf{b} {C}"#, "A b C"), ("``q'' -- it's --- x~y", "“q” – it’s — x\u{A0}y"),
    (##"50\% \& more \$5 a\_b \#1"##, "50% & more $5 a_b #1"), (#"na{\"\i}ve"#, "naïve"),
    (#"$\beta$-VAE"#, #"$\beta$-VAE"#),
    ("two\n   lines", "two lines"), (#"stra{\ss}e \ldots{} end"#, "straße … end"),
  ])
  func text(latex: String, text: String) {
    #expect(read("@misc{k, author = {A}, title = {\(latex)}, year = 1}").works["k"]?.title == text)
  }

  @Test func valuesArePutTogether() {
    let (works, messages) = read(
      """
      @string(who = {A, } # "B")
      @misc(k, author = who, title = "a {"quoted"} " # {b}, year = "20" # 01)
      """)
    #expect(messages == [])
    #expect(works["k"]?.authors == [Name(family: "A", given: "B")])
    #expect(works["k"]?.title == "a \"quoted\" b")
    #expect(works["k"]?.year == "2001")
  }

  @Test func whatIsWrongIsToldWithItsPlace() {
    let (works, messages) = read(
      """
      @article{a, title = {A}, year = 2000
      @article{b, title = {B}, yaer 2000}
      @artcle{c, title = {C}, year = 2000}
      @article{d, title = C, year = 2000}
      @article{, title = {E}}
      @article{f, year = 2000}
      @article{g, title = {G}}
      @article{c, title = {C again}, year = 2001}
      @article{h, title = {H}, year = 2000} }
      @article{i, title = {{I}, year = 2000}
      """)
    #expect(
      messages == [
        "2:1: error: expected `,` or the entry's end behind `year`",
        "2:31: error: expected `=` behind `yaer`",
        "3:1: warning: unknown type `@artcle`, which is taken as `@misc`",
        "4:21: error: there is no string `C`",
        "5:10: error: the entry has no key",
        "6:1: error: the work `f` has neither an author nor a title",
        "7:1: warning: the work `g` has no year",
        "8:10: error: the key `c` is given twice",
        "10:1: error: the entry that begins here never ends",
      ])
    #expect(works.works.keys.sorted() == ["c", "g", "h"])
  }

  @Test func mistakesHaveHints() {
    var bibliography = Bibliography()
    let diagnostics = bibliography.read("@artcle{c, title = {C}, year = fbe}", file: "a.bib")
    #expect(diagnostics.first?.hint == "Did you mean `feb`?")
    #expect(diagnostics.first?.sourceLine == "@artcle{c, title = {C}, year = fbe}")
  }

  /// Whatever bytes come, it ends and does not trap.
  @Test func anyText() {
    let whole =
      "@string{s = \"x\"}\n@article{k, author = {A {\\\"o} and B}, title = \"t\" # s, year = 2000, }\n"
    for length in 0...whole.utf8.count {
      _ = read(String(decoding: whole.utf8.prefix(length), as: UTF8.self))
    }
    for noise in [
      "@", "@@@@", "@a{", "@comment", "@comment{", "@string", "@string{", "@string{a", "@article{k,{",
      "@article(k,)", "{", "}", "\\", "@misc{k, title={\\", "@misc{k, author={and and}}",
      "@misc{k, author={,,,}, title={$}}", "@misc{k,title={\\\"}}",
    ] {
      _ = read(noise)
    }
  }
}
