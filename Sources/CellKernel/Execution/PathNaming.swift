import CellOutputs
import Foundation

/// Names the files of a book as its cells could: as seen from the chapter's folder. What a cell puts out is then the same
/// wherever the book lies, and tells nobody where that was.
struct PathNaming: Sendable {
  /// The chapter's folder and those around it, up to the book's, in all spellings.
  private var folders: [(path: String, name: String)] = []

  /// - Parameters:
  ///   - chapterFolder: the working directory of the chapter's cells.
  ///   - bookFolder: the folder of the book, around it.
  init(chapterFolder: URL, bookFolder: URL) {
    var folder = chapterFolder.standardizedFileURL
    let top = bookFolder.standardizedFileURL.path
    var name = "."
    while folder.path == top || folder.path.hasPrefix(top + "/"), folder.path != "/" {
      for path in Set([folder.path, folder.resolvingSymlinksInPath().path]) {
        let encoded = "file://" + URL(filePath: path, directoryHint: .notDirectory).path(percentEncoded: true)
        folders += [(encoded, name), ("file://" + path, name), (path, name)]
      }
      folder = folder.deletingLastPathComponent()
      name = name == "." ? ".." : "../" + name
    }
  }

  func named(_ text: String) -> String {
    folders.reduce(text) { Self.replace($1.path, by: $1.name, in: $0) }
  }

  func named(_ outcome: UnitOutcome) -> UnitOutcome {
    guard !folders.isEmpty else { return outcome }
    var outcome = outcome
    outcome.text = outcome.text.map(named)
    if let message = outcome.error?.message { outcome.error?.message = named(message) }
    for index in outcome.outputs.indices {
      guard case .text(var text) = outcome.outputs[index] else { continue }
      text.text = named(text.text)
      text.tail = text.tail.map(named)
      outcome.outputs[index] = .text(text)
    }
    return outcome
  }

  private static func replace(_ folder: String, by name: String, in text: String) -> String {
    guard text.utf8.count >= folder.utf8.count, text.contains(folder) else { return text }
    var result = ""
    var rest = text[...]
    while let range = rest.range(of: folder) {
      let after = rest[range.upperBound...]
      let isWhole =
        !isPartOfPath(rest[..<range.lowerBound].last) && (after.first == "/" || !isPartOfPath(after.first))
      result += rest[..<range.lowerBound]
      rest = after
      if !isWhole {
        result += folder
      } else if after.first == "/", isPartOfPath(after.dropFirst().first) {
        // `data.csv` rather than `./data.csv`.
        if name == "." { rest = after.dropFirst() } else { result += name }
      } else {
        result += name
      }
    }
    return result + rest
  }

  /// Whether a path goes on with that character, or came to it.
  private static func isPartOfPath(_ character: Character?) -> Bool {
    guard let character else { return false }
    return character.isLetter || character.isNumber || "/._-%~".contains(character)
  }
}
