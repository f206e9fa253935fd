import Diagnostics
import Foundation

extension Theme {
  /// KaTeX's stylesheet, and of its fonts the WOFF2 files, which every browser that shows the page can read.
  func mathAssets() throws -> [Asset] {
    guard let katex else {
      guard case .notInstalled(let message, let hint) = KaTeXInstallation.missing else { return [] }
      throw Diagnostic(.error, file: "katex.min.js", message: message, hint: hint)
    }
    guard let css = try? String(contentsOf: katex.stylesheet, encoding: .utf8) else {
      throw Diagnostic(.error, file: katex.stylesheet.path, message: "KaTeX's stylesheet cannot be read")
    }
    let onlyWOFF2 = css.replacing(#/,\s*url\([^)]*\.(?:woff|ttf)["']?\) format\(["'][a-z]*["']\)/#, with: "")
    var assets = [Asset(path: "assets/katex/katex.min.css", contents: Data(onlyWOFF2.utf8))]
    let fonts = (try? FileManager.default.contentsOfDirectory(atPath: katex.fonts.path)) ?? []
    for name in fonts.sorted() where name.hasSuffix(".woff2") {
      guard let font = try? Data(contentsOf: katex.fonts.appending(path: name)) else { continue }
      assets.append(Asset(path: "assets/katex/fonts/\(name)", contents: font))
    }
    guard assets.count > 1 else {
      throw Diagnostic(
        .error, file: katex.fonts.path, message: "KaTeX's fonts are not there",
        hint: "install them (Debian, Ubuntu: apt-get install fonts-katex)")
    }
    return assets
  }
}
