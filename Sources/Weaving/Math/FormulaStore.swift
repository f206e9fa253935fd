import Foundation

/// Formulas that were set in earlier builds, kept in a file: setting one takes milliseconds, and most pages' formulas
/// are those of yesterday.
///
/// The file holds what the last build used and nothing else. One that is damaged, or was made with another KaTeX or
/// another Lectern, counts as empty.
struct FormulaStore: Sendable {
  let file: URL
  /// What the markup depends on besides the formula.
  let identity: String

  /// - Parameter file: `nil`, like a KaTeX that is not there, keeps nothing.
  init?(file: URL?, of installation: KaTeXInstallation?) {
    guard let file, let installation,
      let script = try? FileManager.default.attributesOfItem(
        atPath: installation.script.resolvingSymlinksInPath().path)
    else { return nil }
    self.file = file
    let date = (script[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
    identity = "\(Self.format) \(installation.script.path) \(script[.size] ?? 0) \(date)"
  }

  /// Goes up whenever formulas are set otherwise than before.
  private static let format = 3

  private struct Contents: Codable {
    var identity: String
    var formulas: [Entry]
  }

  private struct Entry: Codable {
    var tex: String
    var isDisplayed: Bool
    var macros: [String: String]
    var set: SetFormula
  }

  func read() -> [MathRenderer.Formula: SetFormula] {
    guard let data = try? Data(contentsOf: file),
      let contents = try? JSONDecoder().decode(Contents.self, from: data), contents.identity == identity
    else { return [:] }
    return contents.formulas.reduce(into: [:]) {
      $0[MathRenderer.Formula(tex: $1.tex, isDisplayed: $1.isDisplayed, macros: $1.macros)] = $1.set
    }
  }

  /// Keeps `formulas`. Where that fails (a full disk), the next build sets them again.
  func write(_ formulas: [MathRenderer.Formula: SetFormula]) {
    let entries = formulas.map {
      Entry(tex: $0.key.tex, isDisplayed: $0.key.isDisplayed, macros: $0.key.macros, set: $0.value)
    }
    let contents = Contents(identity: identity, formulas: entries.sorted { $0.tex < $1.tex })
    guard let data = try? JSONEncoder().encode(contents) else { return }
    try? FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try? data.write(to: file, options: .atomic)
  }
}
