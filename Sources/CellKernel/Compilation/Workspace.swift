import Diagnostics
import Foundation
import Synchronization

/// The folder of one chapter's sources, interfaces and libraries. It is gone when nobody holds it any more.
final class Workspace: Sendable {
  let folder: URL
  private let names = Atomic(0)

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "lectern-\(ProcessInfo.processInfo.processIdentifier)-\(UUID().uuidString.prefix(8))")
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw Diagnostic(
        .error, file: folder.path, message: "cannot make a temporary folder: \(error.localizedDescription)",
        hint: "Set TMPDIR to a folder with room.")
    }
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  /// A number that nothing else in this folder has.
  func nextNumber() -> Int { names.add(1, ordering: .relaxed).oldValue }

  /// How many numbers were taken.
  var count: Int { names.load(ordering: .relaxed) }

  func write(_ text: String, to name: String) throws -> URL {
    let file = folder.appending(path: name)
    do {
      try Data(text.utf8).write(to: file)
    } catch {
      throw Diagnostic(
        .error, file: file.path, message: "cannot write: \(error.localizedDescription)",
        hint: "Is the disk full? TMPDIR names the folder where Lectern compiles cells.")
    }
    return file
  }

  func makeFolder(_ name: String) throws -> URL {
    let folder = folder.appending(path: name)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }
}
