import Bibliography
import Chapters
import Diagnostics
import Foundation

/// A book: a folder with `book.yml` and chapters, a folder of chapters alone, or a single chapter.
public struct Book: Sendable {
  /// The folder that chapters' paths are relative to, and where `.lectern` lies.
  public var folder: URL
  /// The folder as diagnostics name it; empty for the working directory.
  public var displayedFolder: String
  public var configuration: BookConfiguration
  /// The chapters in reading order, each language's together.
  public var chapters: [ChapterFile]
  /// Whether the book is one chapter that was named, and not the folder that it lies in.
  public var isSingleChapter = false
  /// The works that every chapter may cite.
  var works = CitedWorks()
  /// What is odd about `book.yml` without being wrong, and what is wrong in the files of works: neither keeps the
  /// book from being built.
  public var warnings: [Diagnostic]

  /// The languages that there are chapters in, in the book's order.
  public var languages: [String] {
    var seen: Set<String> = []
    return chapters.map(\.language).filter { seen.insert($0).inserted }
  }

  /// A path below the book's folder, as diagnostics name it.
  public func displayed(_ path: String) -> String {
    displayedFolder.isEmpty ? path : "\(displayedFolder)/\(path)"
  }
}

/// Where one chapter is read from and written to.
public struct ChapterFile: Hashable, Sendable {
  /// Relative to the book's folder: `en/11-training.md`.
  public var path: String
  public var language: String
  /// The page, relative to the output folder, without its extension: `en/11-training`.
  public var page: String

  public init(path: String, language: String, page: String) {
    self.path = path
    self.language = language
    self.page = page
  }

  public var pagePath: String { page + ".html" }
  public var recordPath: String { page + ".json" }
}
