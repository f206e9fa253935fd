import Chapters
import Diagnostics
import Foundation
import KernelProtocol
import Weaving

/// The files of the book's that a chapter shows or links to: its images, its data.
struct LinkedFiles {
  /// Contents by path, relative to the output folder.
  private(set) var files: [String: Data] = [:]
  /// The same files, as they were read, and those that are missing.
  private(set) var sources: Set<FileUse> = []
  /// By the names that the chapter has for them.
  private(set) var linked: [String: LinkedFile] = [:]
  private(set) var diagnostics: [Diagnostic] = []

  private let chapter: Chapter
  private let page: String
  private let book: Book
  private var seen: Set<String> = []

  init(of chapter: Chapter, page: String, in book: Book) {
    self.chapter = chapter
    self.page = page
    self.book = book
    for block in chapter.blocks + chapter.footnotes.flatMap(\.blocks) {
      block.forEachInline { inline in
        switch inline {
        case .image(let image): add(image.source, at: image.position, isImage: true)
        case .link(let link): add(link.destination, at: link.position, isImage: false)
        default: break
        }
      }
    }
  }

  private mutating func add(_ reference: String, at position: SourcePosition, isImage: Bool) {
    guard let name = Self.localPath(reference) else { return }
    if !isImage, ChapterDiscovery.isMarkdown(name) || name.lowercased().hasSuffix(".html") { return }
    // A second mention of a file has nothing new to say, but for one that is not there.
    if !isImage, linked[reference] != nil { return }
    guard let (source, target) = paths(of: name) else {
      return complain("`\(reference)` lies outside the book's folder", at: position)
    }
    let file = book.folder.appending(path: source).standardizedFileURL
    let kind = isImage ? "image" : "file"
    let data: Data
    do {
      data = try Data(contentsOf: file)
    } catch {
      sources.insert(FileUse(.contents, of: file.path))
      let isMissing = !FileManager.default.fileExists(atPath: file.path)
      return complain(
        "the \(kind) `\(reference)` "
          + (isMissing ? "does not exist" : "cannot be read: \(SystemError.reason(of: error))"), at: position,
        hint: isMissing ? hint(for: source, isImage: isImage) : nil)
    }
    sources.insert(data.withUnsafeBytes { FileUse($0, of: file.path) })
    let image = isImage ? ImageFile(data) : nil
    if isImage, seen.insert(reference).inserted { check(image, named: reference, at: position) }
    if isImage, image == nil { return }
    files[target] = data
    linked[reference] = LinkedFile(path: target, image: image ?? linked[reference]?.image)
  }

  /// Whether a browser shows the file, whatever its name is.
  private mutating func check(_ image: ImageFile?, named reference: String, at position: SourcePosition) {
    guard let image else {
      return complain(
        "`\(reference)` is no image that every browser shows, or it is damaged", at: position,
        hint: "PNG, JPEG, GIF, WebP and SVG are.")
    }
    let ending = ((Self.localPath(reference) ?? "") as NSString).pathExtension.lowercased()
    if !image.format.extensions.contains(ending) {
      complain(
        "`\(reference)` is a \(image.format.rawValue) by its contents", at: position,
        hint: "Name it with .\(image.format.extensions[0]), since browsers go by a file's name.")
    }
    if image.hasScript {
      complain(
        "`\(reference)` holds a script, which no page runs", at: position,
        hint: "Remove it from the file: who opens the image by itself would run it.", .warning)
    }
  }

  /// A file of that name beside the one that is missing, written otherwise.
  private func hint(for source: String, isImage: Bool) -> String {
    let folder = RelativePath.folder(of: source)
    let url = folder.map { book.folder.appending(path: $0) } ?? book.folder
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    if let name = names.sorted().closest(to: String(RelativePath.lastPart(source))) {
      return "There is `\(name)` in that folder."
    }
    return "Files are named relative to the chapter's folder, or with a `/` in front to the book's."
  }

  /// Where a file lies in the book's folder, and where it goes to in the output folder.
  private func paths(of name: String) -> (source: String, target: String)? {
    let folder = RelativePath.folder(of: chapter.path)
    let isOfBook = name.hasPrefix("/")
    let named = isOfBook ? String(name.drop { $0 == "/" }) : folder.map { "\($0)/\(name)" } ?? name
    guard let source = RelativePath.normalized(named) else { return nil }
    // What lies in the chapter's folder stands beside its page, which in a book of one language has no folder.
    guard let folder, source.hasPrefix(folder + "/") else { return (source, source) }
    let rest = String(source.dropFirst(folder.utf8.count + 1))
    return (source, RelativePath.folder(of: page).map { "\($0)/\(rest)" } ?? rest)
  }

  /// The path of a reference to a file of the book's; `nil` for addresses, anchors and the like.
  private static func localPath(_ reference: String) -> String? {
    let path = reference.prefix { $0 != "#" && $0 != "?" }
    guard !path.isEmpty, !path.hasPrefix("//"), !path.hasSuffix("/"),
      path.firstMatch(of: /^[A-Za-z][A-Za-z0-9+.\-]*:/) == nil
    else { return nil }
    return path.removingPercentEncoding ?? String(path)
  }

  private mutating func complain(
    _ message: String, at position: SourcePosition, hint: String? = nil,
    _ severity: Diagnostic.Severity = .error
  ) {
    diagnostics.append(
      SourceText(chapter.source).diagnostic(severity, in: chapter.file, at: position, message, hint: hint))
  }
}

extension Book {
  /// What a chapter's page draws on, and what is wrong with it.
  func resources(of chapter: Chapter, page: String) -> (
    resources: ChapterResources, files: [String: Data], sources: Set<FileUse>, diagnostics: [Diagnostic]
  ) {
    let linked = LinkedFiles(of: chapter, page: page, in: self)
    let works = works(of: chapter)
    var resources = ChapterResources()
    resources.files = linked.linked
    resources.bibliography = works.bibliography
    return (
      resources, linked.files, linked.sources.union(works.sources), works.diagnostics + linked.diagnostics
    )
  }
}
