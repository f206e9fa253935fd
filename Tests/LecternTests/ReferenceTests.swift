import Foundation
import Testing

@Suite("References, works and images")
struct ReferenceTests {
  @Test func aBookOfTwoLanguages() throws {
    let place = try Workplace("references")
    let result = try place.lectern("build", "references", "--quiet")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors == "")
    let english = try place.text(of: "output/en/02-attention.html")
    #expect(english.contains("href=\"01-nets.html#fig-layers\""))
    #expect(english.contains(">Figure\u{A0}1.1</a>"))
    #expect(english.contains("Vaswani et al. 2017"))
    let chinese = try place.text(of: "output/zh-Hans/01-nets.html")
    #expect(chinese.contains(">图\u{A0}1.1</a>"))
    #expect(chinese.contains(">第\u{A0}1.2\u{A0}节</a>"))
    #expect(chinese.contains("Vaswani 等，2017"))
    #expect(chinese.contains(">参考文献</h2>"))
    #expect(
      chinese.contains("<img src=\"images/layers.svg\" alt=\"三个节点，各与另外两个相连\" width=\"320\" height=\"160\""))
    #expect(place.exists("output/zh-Hans/images/layers.svg"))
    #expect(!place.exists("output/works.bib"))
  }

  /// Everything in one run, each with its file, line and column; nothing is run.
  @Test(arguments: ["check", "build"]) func mistakes(command: String) throws {
    let place = try Workplace("mistaken")
    let result = try place.lectern(command, "mistaken")
    #expect(result.status == 1)
    for message in [
      "mistaken/works.bib:5:29: error: expected `=` behind `title`",
      "mistaken/1-start.md:3:1: error: the image `cat.png` does not exist",
      "mistaken/1-start.md:5:4: error: nothing is labelled ‘fig-dog’",
      "mistaken/1-start.md:5:25: error: there is no work ‘goood2000’ in mistaken/works.bib",
      "    did you mean @good2000?",
      "mistaken/1-start.md:7:11: error: formula: Undefined control sequence: \\wrong",
      "mistaken/1-start.md:9:1: error: the chapter ‘2-more.md’ has no place ‘#nowhere’",
      "mistaken/1-start.md:9:41: error: the file `data.csv` does not exist",
      "mistaken/1-start.md:9:61: error: there is no chapter ‘3-none.md’",
      "mistaken/2-more.md:3:1: error: `fake.png` is no image that every browser shows, or it is damaged",
      "mistaken/2-more.md:3:1: warning: the picture ‘fake.png’ has no description",
      "mistaken/2-more.md:11:1: error: formula: \\edef is not supported",
      "mistaken/2-more.md:14:1: error: nothing is labelled ‘eq-y’",
      "    did you mean @eq-x?",
    ] {
      #expect(result.errors.contains(message), "\(message)\nis not in\n\(result.errors)")
    }
    #expect(command == "build" || !result.errors.contains("nothing of this runs"))
  }

  @Test func filesOfTheWholeBook() throws {
    let place = try Workplace(files: [
      "book/book.yml": "languages: [en]\n", "book/data/a.csv": "1", "book/en/own.csv": "2",
      "book/en/1.md": "# A\n\n[a](/data/a.csv) [b](../data/a.csv) [c](own.csv) [d](../../secret.csv)\n",
      "secret.csv": "3",
    ])
    let result = try place.lectern("build", "book", "--quiet")
    let page = try place.text(of: "output/1.html")
    #expect(
      page.contains("<a href=\"data/a.csv\">a</a> <a href=\"data/a.csv\">b</a> <a href=\"own.csv\">c</a>"))
    #expect(place.exists("output/data/a.csv") && place.exists("output/own.csv"))
    #expect(
      result.errors.contains("book/en/1.md:3:50: error: `../../secret.csv` lies outside the book's folder"))
  }

  @Test func aChaptersOwnWorks() throws {
    let place = try Workplace(files: [
      "one/works.json":
        #"[{"id": "a", "title": "T", "author": [{"family": "Doe"}], "issued": {"date-parts": [[2000]]}}]"#,
      "one/1.md": "---\ntitle: A\nbibliography: [works.json, none.bib, x.txt]\n---\n[@a] [@b]\n",
    ])
    let result = try place.lectern("build", "one/1.md", "--quiet")
    #expect(try place.text(of: "output/1.html").contains(">Doe 2000</a>"))
    #expect(result.errors.contains("one/1.md:3:28: error: the bibliography `none.bib` does not exist"))
    #expect(result.errors.contains("one/1.md:3:38: error: `x.txt` is no bibliography that can be read"))
    #expect(result.errors.contains("one/1.md:5:7: error: there is no work ‘b’"))
  }

  @Test func macrosAreLookedAtInBookYML() throws {
    let place = try Workplace(files: [
      "book/book.yml": "macros:\n  \\R: \\mathbb{R}\n  bad name: x\n  \\e: \\edef\\a{b}\n",
      "book/1.md": "# A\n\n$\\R$\n",
    ])
    let errors = try place.lectern("check", "book").errors
    #expect(errors.contains("book/book.yml:3:3: error: a macro's name is letters behind a backslash"))
    #expect(errors.contains("book/book.yml:4:7: error: the macro `\\e`: formula: \\edef is not supported"))
  }
}
