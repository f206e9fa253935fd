import Chapters
import Diagnostics
import Foundation

/// The files of the book's that a chapter shows or links to: its images, its data.
struct LinkedFiles {
  /// Contents by path, relative to the output folder.
  private(set) var files: [String: Data] = [:]
  /// The same files and those that are missing, relative to the book's folder.
  private(set) var sources: Set<String> = []
  private(set) var diagnostics: [Diagnostic] = []

  private let chapter: Chapter
  private let page: String
  private let book: Book

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
    let source = RelativePath.folder(of: chapter.path).map { "\($0)/\(name)" } ?? name
    let target = RelativePath.folder(of: page).map { "\($0)/\(name)" } ?? name
    guard let source = RelativePath.normalized(source), let target = RelativePath.normalized(target) else {
      return complain("`\(reference)` lies outside the book's folder", at: position)
    }
    sources.insert(source)
    if let data = try? Data(contentsOf: book.folder.appending(path: source)) {
      files[target] = data
    } else {
      complain("\(isImage ? "image" : "file") `\(reference)` does not exist", at: position)
    }
  }

  /// The path of a reference to a file beside the chapter; `nil` for addresses, anchors and the like.
  private static func localPath(_ reference: String) -> String? {
    let path = reference.prefix { $0 != "#" && $0 != "?" }
    guard !path.isEmpty, !path.hasPrefix("/"), !path.hasSuffix("/"),
      path.firstMatch(of: /^[A-Za-z][A-Za-z0-9+.\-]*:/) == nil
    else { return nil }
    return path.removingPercentEncoding ?? String(path)
  }

  private mutating func complain(_ message: String, at position: SourcePosition) {
    diagnostics.append(SourceText(chapter.source).diagnostic(.error, in: chapter.file, at: position, message))
  }
}

extension Block {
  /// Calls `body` with every inline in the block, however deep.
  fileprivate func forEachInline(_ body: (Inline) -> Void) {
    switch self {
    case .heading(let heading): heading.content.forEachInline(body)
    case .paragraph(let content): content.forEachInline(body)
    case .quotation(let blocks): for block in blocks { block.forEachInline(body) }
    case .callout(let callout):
      callout.title.forEachInline(body)
      for block in callout.blocks { block.forEachInline(body) }
    case .list(let list): for block in list.items.flatMap(\.blocks) { block.forEachInline(body) }
    case .table(let table): for cell in (table.rows + [table.header]).joined() { cell.forEachInline(body) }
    case .codeBlock, .cell, .math, .html, .thematicBreak: break
    }
  }
}

extension [Inline] {
  fileprivate func forEachInline(_ body: (Inline) -> Void) {
    for inline in self {
      body(inline)
      switch inline {
      case .emphasis(let content), .strong(let content), .strikethrough(let content):
        content.forEachInline(body)
      case .link(let link): link.content.forEachInline(body)
      case .image(let image): image.alternative.forEachInline(body)
      default: break
      }
    }
  }
}
