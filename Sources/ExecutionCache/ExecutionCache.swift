import Chapters
import Diagnostics
import ExecutionRecords
import Foundation

/// What a chapter's compilation and run gave.
public struct ChapterRun: Codable, Hashable, Sendable {
  /// What the compiler said.
  public var diagnostics: [Diagnostic]
  public var record: ExecutionRecord

  public init(diagnostics: [Diagnostic], record: ExecutionRecord) {
    self.diagnostics = diagnostics
    self.record = record
  }
}

/// Runs of chapters kept in a folder, found again by all that they depend on.
///
/// An entry is one file, written beside its place and renamed into it: two builds at once are safe. A file that is
/// damaged in any way is removed, and the chapter runs again.
public struct ExecutionCache: Sendable {
  public let folder: URL

  /// - Parameter folder: made when the first run is stored.
  public init(folder: URL) {
    self.folder = folder
  }

  /// The run stored under `key`, its lines moved to where `chapter`'s cells stand now.
  public func run(for key: RunKey, of chapter: Chapter) -> ChapterRun? {
    let file = file(for: key)
    guard let data = try? Data(contentsOf: file) else { return nil }
    guard let entry = Entry(data) else {
      try? FileManager.default.removeItem(at: file)
      return nil
    }
    guard entry.key == key.text else { return nil }
    return entry.stored.run(in: chapter)
  }

  /// Keeps a run, unless the same chapter might run differently another time.
  public func store(_ run: ChapterRun, for key: RunKey, of chapter: Chapter) throws {
    guard Self.isDeterministic(run, chapter) else { return }
    try prepareFolder()
    let stored = StoredRun(run: run, lines: SourceLines(of: chapter))
    let data = try Entry(key: key.text, stored: stored).encoded()
    try data.write(to: file(for: key), options: .atomic)
  }

  /// A time limit may be met on a faster day, and `cache: false` says that the author knows better.
  private static func isDeterministic(_ run: ChapterRun, _ chapter: Chapter) -> Bool {
    !run.record.cells.contains { $0.status == .timedOut }
      && !run.record.inlineValues.contains { $0.status == .timedOut }
      && !chapter.cells.contains { $0.options.cache == false }
  }

  private func file(for key: RunKey) -> URL {
    folder.appending(path: FNV1a.hash(Data(key.text.utf8)).hexadecimal + ".run")
  }

  private func prepareFolder() throws {
    guard !FileManager.default.fileExists(atPath: folder.path) else { return }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }
}
