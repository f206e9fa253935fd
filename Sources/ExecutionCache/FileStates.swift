import Foundation
import KernelProtocol

/// A chapter's place among the files that its cells use: names them so that they are found again when the book has
/// moved.
public struct ChapterPlace: Sendable {
  private let chapterFolder: String
  private let bookFolder: String

  /// - Parameters:
  ///   - chapterFolder: where the chapter lies, which is where its cells run.
  ///   - bookFolder: the folder of the book, around it.
  public init(chapterFolder: URL, bookFolder: URL) {
    self.chapterFolder = Self.real(chapterFolder)
    self.bookFolder = Self.real(bookFolder)
  }

  /// As the system names it to the cells.
  private static func real(_ folder: URL) -> String {
    guard let path = realpath(folder.path, nil) else { return folder.path }
    defer { free(path) }
    return String(cString: path)
  }

  func portable(_ files: FileUses) -> FileUses {
    map(files) { path in
      if path == chapterFolder || path.hasPrefix(chapterFolder + "/") {
        return "chapter:" + path.dropFirst(chapterFolder.count)
      }
      if path == bookFolder || path.hasPrefix(bookFolder + "/") {
        return "book:" + path.dropFirst(bookFolder.count)
      }
      return path
    }
  }

  func absolute(_ files: FileUses) -> FileUses {
    map(files) { path in
      if path.hasPrefix("chapter:") { return chapterFolder + path.dropFirst(8) }
      if path.hasPrefix("book:") { return bookFolder + path.dropFirst(5) }
      return path
    }
  }

  private func map(_ files: FileUses, _ path: (String) -> String) -> FileUses {
    var files = files
    for index in files.reads.indices { files.reads[index].path = path(files.reads[index].path) }
    for index in files.writes.indices { files.writes[index].path = path(files.writes[index].path) }
    return files
  }
}

/// The states of files as the cells of one chapter find them one after another: as they are now, or as a cell above
/// left them.
struct FileStates {
  /// What cells left, by path.
  private var left: [String: String] = [:]

  /// Whether the files are as a unit at this place of the chapter found them.
  func match(_ reads: [FileUse]) -> Bool {
    reads.allSatisfy { read in
      guard let state = left[read.path] else { return read.isCurrent }
      return read.state == (read.aspect == .contents ? state : Self.existence(state))
    }
  }

  mutating func leave(_ writes: [FileUse]) {
    for write in writes { left[write.path] = write.state }
  }

  /// Whether the files are now as the last of the units left them.
  var areThere: Bool {
    left.allSatisfy { FileUse(.contents, of: $0.key).state == $0.value }
  }

  /// `file 12` of `file 12 <digest>`.
  private static func existence(_ contents: String) -> String {
    let words = contents.split(separator: " ")
    return words.first == "folder" ? "folder" : words.prefix(2).joined(separator: " ")
  }
}
