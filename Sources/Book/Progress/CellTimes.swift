import Chapters
import Foundation
import Synchronization

/// How long each cell took when it last ran, kept from build to build to tell how much is left of this one.
struct CellTimes: Codable, Sendable {
  /// Seconds by chapter and label.
  private(set) var seconds: [String: [String: Double]] = [:]

  /// What earlier builds left; nothing where the file is damaged or missing.
  init(from file: URL) {
    guard let data = try? Data(contentsOf: file), let kept = try? JSONDecoder().decode(Self.self, from: data)
    else { return }
    self = kept
  }

  init() {}

  subscript(chapter: String, label: String) -> Double? {
    get { seconds[chapter]?[label] }
    set { seconds[chapter, default: [:]][label] = newValue }
  }

  /// A build does not fail for want of them.
  func write(to file: URL) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    guard let data = try? encoder.encode(self) else { return }
    try? AtomicFile.write(data, to: file)
  }
}

/// The times of one build's cells: what is expected of them, and what they take.
final class CellTiming: Sendable {
  /// By chapter and label, those that will run.
  let expected: [String: [String: Double]]
  private let times: Mutex<CellTimes>
  private let folder: WorkFolder

  init(of book: Book, running chapters: [Chapter]) {
    folder = WorkFolder(of: book)
    let known = CellTimes(from: folder.cellTimes)
    times = Mutex(known)
    expected = chapters.reduce(into: [:]) { expected, chapter in
      let file = chapter.file
      for cell in chapter.cells where cell.options.eval != false {
        expected[file, default: [:]][cell.label] = known[file, cell.label]
      }
    }
  }

  func note(chapter: String, label: String, seconds: Double) {
    times.withLock { $0[chapter, label] = seconds }
  }

  /// Keeps the times, where there is a work folder at all: a build without a cache leaves nothing behind.
  func keep() {
    guard !expected.isEmpty, FileManager.default.fileExists(atPath: folder.url.path) else { return }
    times.withLock { $0.write(to: folder.cellTimes) }
  }
}
