import Diagnostics
import Foundation

extension Theme {
  /// The fonts of almost every formula stand in the stylesheet itself: what comes later than the text makes lines break
  /// anew, and moves the page.
  private static let fontsInStylesheet: Set<String> = ["Main-Regular", "Math-Italic"]

  /// KaTeX's stylesheet, and its fonts with what a site's formulas need of them.
  ///
  /// A font's file is named by its contents, so that no browser that kept an older one lacks a character.
  func mathAssets(for characters: MathCharacters) throws -> [Asset] {
    guard let katex else {
      guard case .notInstalled(let message, let hint) = KaTeXInstallation.missing else { return [] }
      throw Diagnostic(.error, file: "katex.min.js", message: message, hint: hint)
    }
    let math = try MathFonts(katex)
    var files: [Asset] = []
    let faces = try math.fonts(for: characters).map { font in
      if Self.fontsInStylesheet.contains(font.name) { return font.rule(source: font.dataURI) }
      let digest = SHA256.digest([UInt8](font.data)).prefix(4).map {
        String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
      }
      let name = "fonts/KaTeX_\(font.name)-\(digest.joined()).\(font.format)"
      files.append(Asset(path: "assets/katex/" + name, contents: font.data))
      return font.rule(source: name)
    }
    let css = (faces + math.rules.map { "\($0.prelude){\($0.body)}" }).joined(separator: "\n") + "\n"
    return [Asset(path: "assets/katex/katex.min.css", contents: Data(css.utf8))] + files
  }
}
