import Chapters
import Diagnostics
import Foundation

extension Book {
  /// Reads the book that a command was given: a folder, a `book.yml`, or one Markdown file.
  ///
  /// The chapters themselves are not read yet.
  /// - Throws: `BookError` with all that is wrong with `book.yml` and the list of chapters.
  public static func read(at path: String) throws(BookError) -> Book {
    let url = URL(filePath: path)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
      throw BookError(
        DisplayedPath.of(path), "there is no such file or folder",
        hint: "Name a book's folder or a Markdown file, or make a new book with `lectern init`.",
        isWrongUsage: true)
    }
    if isFolder.boolValue { return try readFolder(url, displayedAs: DisplayedPath.of(path)) }
    let parent = RelativePath.folder(of: path).map { $0.isEmpty ? "/" : $0 } ?? "."
    if url.lastPathComponent == ChapterDiscovery.configurationName {
      return try readFolder(URL(filePath: parent), displayedAs: DisplayedPath.of(parent))
    }
    guard ChapterDiscovery.isMarkdown(url.lastPathComponent) else {
      throw BookError(
        DisplayedPath.of(path), "this is no Markdown file",
        hint: "A chapter's name ends in .md.", isWrongUsage: true)
    }
    return singleChapter(url.lastPathComponent, in: parent)
  }

  private static func singleChapter(_ name: String, in folder: String) -> Book {
    let chapter = ChapterFile(
      path: name, language: ChapterDiscovery.defaultLanguage, page: RelativePath.withoutExtension(name))
    return Book(
      folder: URL(filePath: folder), displayedFolder: DisplayedPath.of(folder),
      configuration: BookConfiguration(), chapters: [chapter], isSingleChapter: true, warnings: [])
  }

  private static func readFolder(
    _ folder: URL, displayedAs displayedFolder: String
  ) throws(BookError) -> Book {
    var book = Book(
      folder: folder, displayedFolder: displayedFolder, configuration: BookConfiguration(), chapters: [],
      warnings: [])
    let name = ChapterDiscovery.configurationName
    let file = folder.appending(path: name)
    var diagnostics: [Diagnostic] = []
    var text = ""
    if FileManager.default.fileExists(atPath: file.path) {
      do {
        text = try Chapter.readText(from: file, file: book.displayed(name))
      } catch {
        throw BookError([error])
      }
      (book.configuration, diagnostics) = BookConfiguration.parse(text, file: book.displayed(name))
    }
    let discovery = ChapterDiscovery(
      folder: folder, configuration: book.configuration, text: text, file: book.displayed(name))
    do {
      book.chapters = try discovery.chapters(&diagnostics)
    } catch {
      throw BookError(
        displayedFolder.isEmpty ? "." : displayedFolder, "cannot be read: \(SystemError.reason(of: error))")
    }
    guard !diagnostics.contains(where: { $0.severity == .error }) else { throw BookError(diagnostics) }
    guard !book.chapters.isEmpty else {
      throw BookError(
        displayedFolder.isEmpty ? "." : displayedFolder, "the book has no chapters",
        hint: "Put a Markdown file (.md) into the folder, or into a folder for each language.")
    }
    book.warnings = diagnostics
    var works = CitedWorks()
    for named in book.configuration.bibliography {
      book.read(named, from: nil, namedIn: text, file: book.displayed(name), into: &works)
    }
    book.works = works
    book.warnings += works.diagnostics
    return book
  }
}

/// Paths as diagnostics name them.
enum DisplayedPath {
  /// Relative to the working directory where the path lies below it, else as the user wrote it; empty for the
  /// working directory itself.
  static func of(_ path: String) -> String {
    var path = path
    let here = FileManager.default.currentDirectoryPath
    if path == here || path.hasPrefix(here + "/") { path = String(path.dropFirst(here.count + 1)) }
    while path.hasPrefix("./") { path = String(path.dropFirst(2).drop { $0 == "/" }) }
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path == "." ? "" : path
  }
}
