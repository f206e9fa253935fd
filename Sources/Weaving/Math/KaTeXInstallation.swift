import Foundation

/// Where KaTeX lies on this machine: its script, its stylesheet, its fonts.
package struct KaTeXInstallation: Sendable {
  package var folder: URL

  package var script: URL { folder.appending(path: "katex.min.js") }
  package var stylesheet: URL { folder.appending(path: "katex.min.css") }
  package var fonts: URL { folder.appending(path: "fonts") }

  /// The folder that `LECTERN_KATEX` names; else the first place of those where systems put it.
  package static func find() -> KaTeXInstallation? {
    let places: [String]
    if let named = ProcessInfo.processInfo.environment["LECTERN_KATEX"], !named.isEmpty {
      places = [named]
    } else {
      places = [
        "/usr/share/javascript/katex", "/usr/local/share/javascript/katex", "/usr/share/nodejs/katex/dist",
        "/opt/homebrew/lib/node_modules/katex/dist", "/usr/local/lib/node_modules/katex/dist",
      ]
    }
    return places.lazy.map { KaTeXInstallation(folder: URL(filePath: $0)) }
      .first { FileManager.default.isReadableFile(atPath: $0.script.path) }
  }

  static let missing = MathRenderer.Failure.notInstalled(
    message: "formulas need KaTeX, which is not installed",
    hint: """
      install it \
      (Debian, Ubuntu: apt-get install libjs-katex fonts-katex; elsewhere: npm install -g katex), or name \
      its \
      folder in LECTERN_KATEX
      """)
}
