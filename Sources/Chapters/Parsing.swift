import Diagnostics

extension Chapter {
  /// Reads a chapter from its text. What is wrong with it is in `diagnostics`; nothing makes this fail.
  ///
  /// - Parameters:
  ///   - path: The file relative to the book's folder: `en/11-training.md`.
  ///   - file: The file as diagnostics name it: `chapters/en/11-training.md`.
  ///   - citesWorks: Whether the book has a bibliography: without one, `@name` is text.
  public static func parse(_ source: String, path: String, file: String, citesWorks: Bool = false) -> Chapter {
    ChapterReader.read(source, path: path, file: file, citesWorks: citesWorks)
  }
}
