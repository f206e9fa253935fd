import Bibliography
import Chapters
import Diagnostics
import Foundation

extension Book {
  /// Reads a file of works that the book or a chapter names.
  /// - Parameters:
  ///   - folder: what its name is relative to, below the book's folder; `nil` for that itself.
  ///   - text, file: where it is named.
  /// - Returns: all that is wrong with it.
  func read(
    _ named: NamedFile, from folder: String?, namedIn text: String, file: String,
    into bibliography: inout Bibliography
  ) -> [Diagnostic] {
    func complaint(_ message: String, _ hint: String? = nil) -> [Diagnostic] {
      [SourceText(text).diagnostic(.error, in: file, at: named.position, message, hint: hint)]
    }
    guard let path = RelativePath.normalized(folder.map { "\($0)/\(named.path)" } ?? named.path) else {
      return complaint("`\(named.path)` lies outside the book's folder")
    }
    let known = ["bib", "bibtex", "json", "yaml", "yml"]
    guard known.contains((path as NSString).pathExtension.lowercased()) else {
      return complaint(
        "`\(named.path)` is no bibliography that can be read",
        "There are BibTeX's (.bib) and CSL's in JSON or YAML (.json, .yaml).")
    }
    // Even a file that cannot be read makes citations citations: that it is missing is the one message to give.
    guard FileManager.default.fileExists(atPath: self.folder.appending(path: path).path) else {
      return complaint(
        "the bibliography `\(named.path)` does not exist",
        folder == nil
          ? "It is named relative to the book's folder." : "It is named relative to the chapter's folder.")
    }
    do {
      let works = try Chapter.readText(from: self.folder.appending(path: path), file: displayed(path))
      return bibliography.read(works, file: displayed(path))
    } catch {
      return [error]
    }
  }

  /// The works of a chapter's own files, and what is wrong with them.
  func bibliography(of chapter: Chapter) -> (Bibliography, [Diagnostic]) {
    var bibliography = Bibliography()
    var diagnostics: [Diagnostic] = []
    for named in chapter.frontMatter.bibliography {
      diagnostics += read(
        named, from: RelativePath.folder(of: chapter.path), namedIn: chapter.source, file: chapter.file,
        into: &bibliography)
    }
    return (bibliography, diagnostics)
  }
}
