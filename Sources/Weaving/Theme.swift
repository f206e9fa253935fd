import Diagnostics
import Foundation

/// All that pages are made with: the templates, the assets, the means to set formulas.
package struct Theme: Sendable {
  let folders: ThemeFolders
  let templates: TemplateLibrary
  package let math: MathRenderer
  let katex: KaTeXInstallation?
  /// The script that runs before the first paint, and the policy that allows it.
  let earlyScript: String
  let contentPolicy: String

  /// - Throws: `Diagnostic`, as `Weaver.init` says.
  package init(folders: [URL], katex: KaTeXInstallation? = .find(), formulas: URL? = nil) throws {
    self.folders = ThemeFolders(folders: folders)
    templates = try TemplateLibrary(folders: self.folders)
    self.katex = katex
    math = MathRenderer(installation: katex, stored: formulas)
    earlyScript = try self.folders.text(of: "early.js")
    contentPolicy = Self.contentPolicy(allowing: [earlyScript])
  }

  /// What a page may load: its own files, and inline scripts only by their hashes.
  static func contentPolicy(allowing scripts: [String]) -> String {
    let hashes = scripts.map { "'sha256-\(SHA256.digest(Array($0.utf8)).base64)'" }
    return [
      "default-src 'none'", "base-uri 'none'", "form-action 'none'", "img-src 'self' data:",
      // The stylesheet of formulas has fonts in it.
      "font-src 'self' data:",
      "style-src-elem 'self'", "style-src-attr 'unsafe-inline'",
      "script-src \((hashes + ["'self'"]).joined(separator: " "))",
    ].joined(separator: "; ")
  }
}

extension [UInt8] {
  fileprivate var base64: String { Data(self).base64EncodedString() }
}

extension ThemeFolders {
  /// A text file beside the templates.
  func text(of name: String) throws -> String {
    for folder in folders {
      if let text = try? String(contentsOf: folder.appending(path: name), encoding: .utf8) { return text }
    }
    throw Diagnostic(
      .error, file: name, message: "the theme's file ‘\(name)’ is missing",
      hint: "it belongs into the folder of the theme, templates/")
  }
}
