import CellKernel
import Chapters
import Diagnostics
import Foundation

/// `.lectern` in the book's folder: what can always be made again.
struct WorkFolder {
  let url: URL

  init(in folder: URL) {
    url = folder.appending(path: ".lectern")
  }

  init(of book: Book) {
    self.init(in: book.folder)
  }

  var cache: URL { url.appending(path: "cache") }
  var cellTimes: URL { url.appending(path: "times.json") }

  /// Makes the folder, with a `.gitignore` that keeps it out of version control.
  func prepare() throws {
    let ignore = url.appending(path: ".gitignore")
    guard !FileManager.default.fileExists(atPath: ignore.path) else { return }
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    try AtomicFile.write(Data("*\n".utf8), to: ignore)
  }

  func remove() {
    try? FileManager.default.removeItem(at: url)
  }
}

extension Book {
  /// Where templates are looked for: what the command line says, then the book's own, then the theme that ships.
  func templateFolders(_ options: BuildOptions, _ installation: Installation) throws(BookError) -> [URL] {
    var folders: [URL] = []
    if let path = options.templates {
      guard isFolder(URL(filePath: path)) else {
        throw BookError(
          DisplayedPath.of(path), "there is no such folder of templates", isWrongUsage: true)
      }
      folders.append(URL(filePath: path))
    }
    let own = folder.appending(path: "templates")
    if isFolder(own) { folders.append(own) }
    return folders + [installation.templates]
  }

  /// The book's own stylesheet, where it has one.
  var rules: URL { folder.appending(path: "book.css") }

  /// The edition to be built.
  func edition(_ wanted: CellOptions.Edition?) throws(BookError) -> CellOptions.Edition {
    let editions = configuration.editions
    guard let wanted else { return editions.first ?? .student }
    guard editions.isEmpty || editions.contains(wanted) else {
      throw BookError(
        displayed(ChapterDiscovery.configurationName), "the book has no edition `\(wanted.rawValue)`",
        hint: "Its editions are \(editions.map(\.rawValue).listed(by: "and")).", isWrongUsage: true)
    }
    return wanted
  }

  /// The folder that a chapter lies in: what its links and `depends:` are relative to.
  func folder(of chapter: Chapter) -> URL {
    RelativePath.folder(of: chapter.path).map { folder.appending(path: $0) } ?? folder
  }

  /// An error for each file that a cell declares to read and that is not there.
  func missingDependencies(of chapter: Chapter) -> [Diagnostic] {
    chapter.cells.flatMap { cell in
      (cell.options.depends ?? []).compactMap { path in
        let file = folder(of: chapter).appending(path: path)
        guard !FileManager.default.fileExists(atPath: file.path) else { return nil }
        return Diagnostic(
          .error, file: chapter.file, line: cell.position.line, column: cell.position.column,
          message: "the cell `\(cell.label)` depends on `\(path)`, which does not exist",
          hint: "Files are named relative to the chapter's folder.")
      }
    }
  }

  private func isFolder(_ url: URL) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) && isFolder.boolValue
  }
}
