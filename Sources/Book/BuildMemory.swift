import CellKernel
import Chapters
import ExecutionRecords
import Foundation
import Synchronization
import Weaving

/// What one build leaves for the next one of the same process: chapters that were read, the theme, pages that were woven.
///
/// Each is kept with all that it was made from and handed out only where that is the same again, so that a build
/// writes the same bytes with a memory and without one. It holds one version of each thing, that of the last build.
public final class BuildMemory: Sendable {
  private struct Contents {
    var chapters: [String: ChapterMemory] = [:]
    var theme: (files: [String: Data], weaver: Weaver, age: Int)?
    var pages: [String: PageMemory] = [:]
    var toolchain: Toolchain?
  }

  private struct ChapterMemory {
    var text: String
    var file: String
    var citesWorks: Bool
    var chapter: Chapter
  }

  private struct PageMemory {
    var chapter: Chapter
    var record: ExecutionRecord
    var site: Site
    var resources: ChapterResources
    var woven: WovenChapter
  }

  private let contents = Mutex(Contents())

  public init() {}

  /// The chapter that this text was read as, or that `read` makes of it.
  func chapter(
    _ path: String, text: String, file: String, citesWorks: Bool, parse: () -> Chapter
  ) -> Chapter {
    let kept = contents.withLock { $0.chapters[path] }
    if let kept, kept.text == text, kept.file == file, kept.citesWorks == citesWorks { return kept.chapter }
    let chapter = parse()
    let memory = ChapterMemory(text: text, file: file, citesWorks: citesWorks, chapter: chapter)
    contents.withLock { $0.chapters[path] = memory }
    return chapter
  }

  /// The weaver for these folders of templates, made anew where any file in them has changed.
  func weaver(templates folders: [URL], formulas: URL?) throws -> Weaver {
    let files = Self.files(below: folders)
    let kept = contents.withLock { contents in
      contents.theme?.age += 1
      return contents.theme
    }
    if let kept, kept.files == files, kept.age < Self.longestLife { return kept.weaver }
    let weaver = try Weaver(templates: folders, formulas: formulas)
    contents.withLock {
      $0.theme = (files, weaver, 0)
      $0.pages = [:]
    }
    return weaver
  }

  /// What was woven of these, or what `weave` makes of them.
  func woven(
    _ chapter: Chapter, record: ExecutionRecord, in site: Site, resources: ChapterResources,
    weave: () throws -> WovenChapter
  ) rethrows -> WovenChapter {
    let kept = contents.withLock { $0.pages[chapter.path] }
    if let kept, kept.chapter == chapter, kept.record == record, kept.site == site,
      kept.resources == resources
    {
      return kept.woven
    }
    let woven = try weave()
    let memory = PageMemory(
      chapter: chapter, record: record, site: site, resources: resources, woven: woven)
    contents.withLock { $0.pages[chapter.path] = memory }
    return woven
  }

  /// The toolchain that this process found first.
  func toolchain() async throws -> Toolchain {
    if let toolchain = contents.withLock({ $0.toolchain }) { return toolchain }
    let toolchain = try await Toolchain.current()
    contents.withLock { $0.toolchain = toolchain }
    return toolchain
  }

  /// Forgets chapters that are no longer in the book.
  func keep(only chapters: [ChapterFile]) {
    let paths = Set(chapters.map(\.path))
    contents.withLock { contents in
      contents.chapters = contents.chapters.filter { paths.contains($0.key) }
      contents.pages = contents.pages.filter { paths.contains($0.key) }
    }
  }

  /// A weaver keeps all formulas that it ever set, also those of a thousand edits ago: after so many builds there is a new
  /// one, which knows those of the last build.
  private static let longestLife = 100

  private static func files(below folders: [URL]) -> [String: Data] {
    var files: [String: Data] = [:]
    for folder in folders {
      for path in FileManager.default.subpaths(atPath: folder.path) ?? [] {
        let file = folder.appending(path: path)
        if let data = try? Data(contentsOf: file) { files[file.path] = data }
      }
    }
    return files
  }
}
