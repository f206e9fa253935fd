import Bibliography
import Chapters
import Diagnostics
import Foundation
import KernelProtocol

/// Works to cite, and the files that they were read from.
struct CitedWorks: Sendable {
  var bibliography = Bibliography()
  /// The files as they were read, and those that are missing.
  var sources: Set<FileUse> = []
  var diagnostics: [Diagnostic] = []
}

extension Book {
  /// Reads a file of works that the book or a chapter names.
  /// - Parameters:
  ///   - folder: what its name is relative to, below the book's folder; `nil` for that itself.
  ///   - text, file: where it is named.
  func read(
    _ named: NamedFile, from folder: String?, namedIn text: String, file: String, into works: inout CitedWorks
  ) {
    func complaint(_ message: String, _ hint: String? = nil) {
      works.diagnostics.append(
        SourceText(text).diagnostic(.error, in: file, at: named.position, message, hint: hint))
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
    let source = self.folder.appending(path: path).standardizedFileURL
    works.sources.insert(FileUse(.contents, of: source.path))
    // Even a file that cannot be read makes citations citations: that it is missing is the one message to give.
    guard FileManager.default.fileExists(atPath: source.path) else {
      return complaint(
        "the bibliography `\(named.path)` does not exist",
        folder == nil
          ? "It is named relative to the book's folder." : "It is named relative to the chapter's folder.")
    }
    do {
      let text = try Chapter.readText(from: source, file: displayed(path))
      works.diagnostics += works.bibliography.read(text, file: displayed(path))
    } catch {
      works.diagnostics.append(error)
    }
  }

  /// The works of a chapter's own files, and what is wrong with them.
  func works(of chapter: Chapter) -> CitedWorks {
    var works = CitedWorks()
    for named in chapter.frontMatter.bibliography {
      read(
        named, from: RelativePath.folder(of: chapter.path), namedIn: chapter.source, file: chapter.file,
        into: &works)
    }
    return works
  }
}
