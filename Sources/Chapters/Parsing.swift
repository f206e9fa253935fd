import Diagnostics

extension Chapter {
  /// Reads a chapter from its text.
  public static func parse(_ source: String, path: String, file: String) -> Chapter {
    Chapter(path: path, file: file, source: source)
  }
}
