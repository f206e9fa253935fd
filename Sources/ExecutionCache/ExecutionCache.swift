import CellKernel
import Foundation
import KernelProtocol

/// Outcomes of cells and inline values kept in a folder, found again by all that they depend on.
///
/// An entry is one file, written beside its place and renamed into it: two builds at once are safe. A file that is
/// damaged in any way is removed, and the cell runs again.
public struct ExecutionCache: Sendable {
  public let folder: URL
  /// Bytes that the entries may take; those that were not used for the longest time go first.
  public let limit: Int

  /// - Parameter folder: made when the first outcome is stored.
  public init(folder: URL, limit: Int = 1 << 30) {
    self.folder = folder
    self.limit = limit
  }

  /// What is kept under `key`.
  func stored(for key: Digest) -> StoredOutcome? {
    let file = file(for: key)
    guard let data = try? Data(contentsOf: file) else { return nil }
    guard let entry = Entry(data) else {
      try? FileManager.default.removeItem(at: file)
      return nil
    }
    guard entry.key == key.description else { return nil }
    markUsed(file)
    return entry.stored
  }

  func store(_ stored: StoredOutcome, for key: Digest) throws {
    if !FileManager.default.fileExists(atPath: folder.path) {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
    try Entry(key: key.description, stored: stored).encoded().write(to: file(for: key), options: .atomic)
  }

  private static let suffix = ".outcome"

  private func file(for key: Digest) -> URL {
    folder.appending(path: key.description + Self.suffix)
  }

  // MARK: Age

  /// An hour is exact enough to tell what is old, and spares a write for each look.
  private func markUsed(_ file: URL) {
    var info = stat()
    let now = time(nil)
    guard stat(file.path, &info) == 0, now - info.st_mtim.tv_sec > 3600 else { return }
    utimes(file.path, nil)
  }

  /// Brings the folder's size below the limit.
  public func trim() {
    let keys: Set<URLResourceKey> = [.contentModificationDateKey, .fileSizeKey]
    let files = try? FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: Array(keys))
    var entries: [(file: URL, date: Date, size: Int)] = []
    for file in files ?? [] {
      guard let values = try? file.resourceValues(forKeys: keys), let date = values.contentModificationDate
      else {
        continue
      }
      if file.lastPathComponent.hasSuffix(Self.suffix) {
        entries.append((file, date, values.fileSize ?? 0))
      } else if date.timeIntervalSinceNow < -3600, file.pathExtension != "json" {
        // What a build left behind that was killed while it wrote, or an earlier version of Lectern.
        try? FileManager.default.removeItem(at: file)
      }
    }
    var size = entries.reduce(0) { $0 + $1.size }
    guard size > limit else { return }
    // Well below, so that the next build need not do it again.
    for entry in entries.sorted(by: { $0.date < $1.date }) where size > limit / 4 * 3 {
      try? FileManager.default.removeItem(at: entry.file)
      size -= entry.size
    }
  }
}
