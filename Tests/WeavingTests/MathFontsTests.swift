import CZlib
import Diagnostics
import Foundation
import Testing
import Weaving

@Suite struct MathFontsTests {
  private let installation: KaTeXInstallation
  private let fonts: MathFonts

  init() throws {
    installation = try #require(KaTeXInstallation.find())
    fonts = try MathFonts(installation)
  }

  private func characters(_ tex: String) throws -> [String: String] {
    let formula = try MathRenderer(installation: installation).set(tex, isDisplayed: true)
    return formula.characters.byFont.mapValues { characters in
      String(
        String.UnicodeScalarView(
          characters.sorted().filter { $0 > "\u{A0}" && $0 != "\u{200B}" || ("!"..."~").contains($0) }))
    }.filter { !$0.value.isEmpty }
  }

  @Test func eachCharacterIsInItsFont() throws {
    #expect(try characters("a + 1") == ["Math-Italic": "a", "Main-Regular": "+1"])
    #expect(
      try characters(#"\mathbf{w} \in \mathbb{R}^n, \mathcal{L} < \sum \alpha"#) == [
        "Main-Bold": "w", "Main-Regular": ",<∈", "AMS-Regular": "R", "Math-Italic": "nα",
        "Caligraphic-Regular": "L", "Size2-Regular": "∑",
      ])
    #expect(
      try characters(#"\Bigg( \text{for \textit{one}} \Bigg)"#) == [
        "Size4-Regular": "()", "Main-Regular": "for", "Main-Italic": "eno",
      ])
    // A tall bracket is a drawing.
    #expect(try characters(#"\begin{bmatrix} 1 \\ 1 \\ 1 \\ 1 \end{bmatrix}"#) == ["Main-Regular": "1"])
  }

  @Test func fontsAreCut() throws {
    var needed = MathCharacters()
    needed.byFont = ["Main-Regular": ["1", "+", "∈"], "Math-Italic": ["x"]]
    let cut = try fonts.fonts(for: needed)
    #expect(cut.map(\.name) == ["Main-Regular", "Math-Italic"])
    #expect(cut.map(\.format) == ["woff", "woff"])
    for font in cut { #expect(font.data.count < 2500, "\(font.name): \(font.data.count) bytes") }
    // The rule for each is the one that KaTeX's stylesheet has, with another file.
    #expect(
      cut[1].rule(source: "x.woff")
        == #"@font-face{font-family:KaTeX_Math;font-style:italic;font-weight:normal;src:url(x.woff) format("woff")}"#
    )

    // Where not all formulas are known, whatever there is may be needed.
    needed.areIncomplete = true
    let whole = try fonts.fonts(for: needed)
    #expect(whole.count == 20)
    for font in whole {
      let file = installation.fonts.appending(path: "KaTeX_\(font.name).woff2")
      #expect(try font.data == Data(contentsOf: file))
    }
  }

  @Test func aPackedFontIsTheSameFont() throws {
    var needed = MathCharacters()
    needed.byFont = ["Main-Regular": Set("The quick brown fox → ∑".unicodeScalars)]
    let file = [UInt8](try #require(try fonts.fonts(for: needed).first).data)
    func number(_ offset: Int, _ bytes: Int = 4) -> Int {
      file[offset..<offset + bytes].reduce(0) { $0 << 8 | Int($1) }
    }
    #expect(file.starts(with: "wOFF".utf8))
    #expect(number(8) == file.count)
    let count = number(12, 2)
    var size = 12 + 16 * count
    var tags: [String] = []
    for entry in (0..<count).map({ 44 + 20 * $0 }) {
      let tag = String(decoding: file[entry..<entry + 4], as: UTF8.self)
      tags.append(tag)
      let offset = number(entry + 4)
      let stored = Array(file[offset..<offset + number(entry + 8)])
      #expect(offset % 4 == 0)
      var table = [UInt8](repeating: 0, count: number(entry + 12))
      var length = uLong(table.count)
      if stored.count < table.count {
        #expect(uncompress(&table, &length, stored, uLong(stored.count)) == Z_OK)
      } else {
        table = stored
      }
      #expect(Int(length) == table.count)
      while table.count % 4 != 0 { table.append(0) }
      size += table.count
      // A table's checksum is the sum of its words; in 'head' a field that depends on it counts as none.
      if tag == "head" { table.replaceSubrange(8..<12, with: [0, 0, 0, 0]) }
      let sum = stride(from: 0, to: table.count, by: 4).reduce(UInt32(0)) { sum, word in
        sum &+ table[word..<word + 4].reduce(0) { $0 << 8 | UInt32($1) }
      }
      #expect(Int(sum) == number(entry + 16), "\(tag)")
    }
    #expect(number(16) == size)
    #expect(tags == tags.sorted())
    #expect(Set(tags).isSuperset(of: ["cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp"]))
    #expect(WOFF.packed(Array("no font at all, but long enough".utf8)) == nil)
    #expect(WOFF.packed([]) == nil)
  }

  @Test func aSiteHasTheFontsThatItsFormulasNeed() throws {
    let weaver = Weaver(theme: try theme.get())
    let formula = try MathRenderer().set(#"x \in \mathbb{R}"#, isDisplayed: false)
    let assets = try weaver.assets(math: formula.characters).filter { $0.path.hasPrefix("assets/katex/") }
    let css = String(
      decoding: try #require(assets.first { $0.path.hasSuffix(".css") }).contents, as: UTF8.self)
    let sources = css.matches(of: #/url\(([^)]*)\)/#).map { String($0.1) }
    #expect(sources.count == 3)
    // What nearly every formula needs is there with the stylesheet; the rest are files, named by what is in them.
    #expect(sources.filter { $0.hasPrefix("data:font/woff;base64,") }.count == 2)
    let file = try #require(sources.first { !$0.hasPrefix("data:") })
    #expect(file.wholeMatch(of: #/fonts\/KaTeX_AMS-Regular-[0-9a-f]{8}\.woff/#) != nil, "\(file)")
    #expect(assets.map(\.path) == ["assets/katex/" + file, "assets/katex/katex.min.css"])
    #expect(css.contains(".katex .mathbb,.katex .textbb{font-family:KaTeX_AMS}"))
  }

  @Test func aMissingFontIsTold() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "katex-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var bare = installation
    bare.folder = folder
    #expect(throws: Diagnostic.self) { try MathFonts(bare) }
    try FileManager.default.copyItem(at: installation.stylesheet, to: bare.stylesheet)
    var needed = MathCharacters()
    needed.byFont = ["Main-Regular": ["a"]]
    let error = #expect(throws: Diagnostic.self) { try MathFonts(bare).fonts(for: needed) }
    #expect(error?.message == "KaTeX's font is not there")
    #expect(error?.hint?.contains("fonts-katex") == true)
  }
}
