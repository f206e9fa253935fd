import Foundation

/// Tells which of the files that were touched matter to a book and are not what they were.
///
/// Editors write files that are theirs alone, cells write files of their own, and a file may be written without being
/// changed: none of that is a reason to build.
struct ChangeFilter {
  /// Folders all of whose files matter: templates and assets.
  var themes: Set<String>
  /// Files of any kind that pages were made from.
  var inputs: Set<String> = []

  /// What was last seen of each file that matters.
  private var seen: [String: Data?] = [:]

  init(themes: Set<String>) {
    self.themes = themes
  }

  /// Whether a change is to be followed by a build.
  mutating func matters(_ change: FileWatcher.Change) -> Bool {
    // A folder that comes or goes takes chapters, or inputs, with it.
    if change.isFolder { return true }
    guard isOfBook(change.path) else { return false }
    let contents = try? Data(contentsOf: URL(filePath: change.path))
    let digest = contents.map(Self.digest)
    if let last = seen[change.path], last == digest { return false }
    seen[change.path] = .some(digest)
    return true
  }

  private func isOfBook(_ path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    guard !name.hasPrefix("."), !name.hasSuffix("~") else { return false }
    if inputs.contains(path) || themes.contains(where: { path.hasPrefix($0 + "/") }) { return true }
    let lowercased = name.lowercased()
    return [".md", ".markdown", ".yml", ".yaml", ".bib"].contains { lowercased.hasSuffix($0) }
  }

  /// Size and hash: enough to tell an edit from a mere touch.
  private static func digest(_ data: Data) -> Data {
    var hasher: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in data { hasher = (hasher ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return withUnsafeBytes(of: (data.count, hasher)) { Data($0) }
  }
}
