import Foundation

/// Tells which of the files that were touched matter to a book and are not what they were.
///
/// Editors write files that are theirs alone, cells write files of their own, and a file may be written without being
/// changed: none of that is a reason to build.
struct ChangeFilter {
  /// Folders all of whose files matter: templates and assets.
  var themes: Set<String>
  /// The book's own folder.
  var book: String
  /// Where the pages are. What happens to them in it is the builds' own doing; that it goes is not.
  var output: String
  /// Files of any kind that pages were made from; a folder whose list of files counts has a slash at its end.
  var inputs: Set<String> = []

  /// What was last seen of each file that matters.
  private var seen: [String: Data?] = [:]

  init(book: String, output: String, themes: Set<String>) {
    self.book = book
    self.output = output
    self.themes = themes
  }

  /// Whether a change is to be followed by a build.
  mutating func matters(_ change: FileWatcher.Change) -> Bool {
    if change.isFolder { return change.path == output ? change.isRemoval : isFolderOfBook(change.path) }
    guard isOfBook(change.path) else { return false }
    let contents = try? Data(contentsOf: URL(filePath: change.path))
    let digest = contents.map(Self.digest)
    if let last = seen[change.path], last == digest { return false }
    seen[change.path] = .some(digest)
    return true
  }

  /// A folder that comes or goes takes chapters, or inputs, with it.
  private func isFolderOfBook(_ path: String) -> Bool {
    if isInput(path) || themes.union([book]).contains(where: { path.hasPrefix($0 + "/") }) { return true }
    return inputs.contains { $0.hasPrefix(path + "/") }
  }

  private func isInput(_ path: String) -> Bool {
    inputs.contains(path) || inputs.contains(Self.folder(of: path))
  }

  private func isOfBook(_ path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    guard !name.hasPrefix("."), !name.hasSuffix("~") else { return false }
    if isInput(path) || themes.contains(where: { path.hasPrefix($0 + "/") }) { return true }
    let lowercased = name.lowercased()
    return [".md", ".markdown", ".yml", ".yaml", ".bib"].contains { lowercased.hasSuffix($0) }
  }

  /// With a slash at its end.
  private static func folder(of path: String) -> String {
    String(path[...(path.lastIndex(of: "/") ?? path.startIndex)])
  }

  /// Size and hash: enough to tell an edit from a mere touch.
  private static func digest(_ data: Data) -> Data {
    var hasher: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in data { hasher = (hasher ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return withUnsafeBytes(of: (data.count, hasher)) { Data($0) }
  }
}
