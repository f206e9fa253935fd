import Chapters
import Foundation

/// The project's own book.
enum Guide {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../chapters").standardizedFileURL

  static func chapters(in language: String) throws -> [String] {
    let names = try FileManager.default.contentsOfDirectory(
      atPath: folder.appending(path: language).path)
    return names.filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()
  }

  static func chapter(_ name: String, in language: String) throws -> Chapter {
    let path = "\(language)/\(name).md"
    let source = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
    return Chapter.parse(source, path: path, file: path, citesWorks: true)
  }

  /// A chapter's cells by the label that the original gives them.
  static func cells(of chapter: String, in language: String) throws -> [String: Cell] {
    let cells = try self.chapter(chapter, in: language).cells
    return Dictionary(cells.map { ($0.options.sameAs ?? $0.label, $0) }, uniquingKeysWith: { a, _ in a })
  }
}
