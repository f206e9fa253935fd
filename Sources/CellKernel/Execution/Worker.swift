import Foundation
import Subprocess
import SystemPackage

/// A worker and the states that its processes keep.
///
/// It lives until it is closed: one run long in a build, as long as its chapter is being written in `serve`.
final class Worker: @unchecked Sendable {
  let session: WorkerSession
  let workspace: Workspace
  /// Whether all states are kept, or only the last, to which a failing run returns.
  let keepsAll: Bool
  private(set) var checkpoints: [Checkpoint] = []
  private var dismissed: Set<Int32> = []
  private var nextID = 0
  /// The worker's whole life; what it said on standard error before it had another.
  private let life: Task<String, any Error>

  init(_ kernel: CellKernel, workspace: Workspace, folder: URL?, keepsAll: Bool) throws {
    self.workspace = workspace
    self.keepsAll = keepsAll
    let session = try WorkerSession(folder: workspace.folder)
    self.session = session
    life = Task {
      defer { session.noteEnd() }
      let result = try await Subprocess.run(
        .path(FilePath(kernel.installation.worker.path)),
        arguments: kernel.workerArguments(session.socketPath),
        environment: kernel.workerEnvironment, workingDirectory: folder.map { FilePath($0.path) },
        input: .none,
        output: .discarded, error: .string(limit: 1 << 16)
      ) { process in
        await session.live(as: process.processIdentifier.value)
      }
      let words = result.standardError.trimmingCharacters(in: .whitespacesAndNewlines)
      return words.isEmpty ? "\(result.terminationStatus)" : words
    }
  }

  /// Ends it, all of its processes; returns its last words.
  @discardableResult
  func close() async -> String {
    session.close()
    do { return try await life.value } catch { return "\(error)" }
  }

  // MARK: States

  func keep(_ checkpoint: Checkpoint) {
    checkpoints.append(checkpoint)
    guard !keepsAll else { return }
    // Two processes may say out of order that they keep one; the one with more behind it is the last.
    checkpoints.sort { $0.executed.count < $1.executed.count }
    while checkpoints.count > 1 { drop(checkpoints[0]) }
  }

  func drop(_ checkpoint: Checkpoint) {
    dismiss(checkpoint.link)
    checkpoints.removeAll { $0.link === checkpoint.link }
  }

  /// Lets a process end that is not wanted any more.
  func dismiss(_ link: WorkerSession.Link) {
    dismissed.insert(link.pid)
    try? link.connection.send(.exit)
  }

  /// A process that has just begun was not dismissed, though one of its number may have been.
  func welcome(_ pid: Int32) { dismissed.remove(pid) }

  func hasDismissed(_ pid: Int32) -> Bool { dismissed.contains(pid) }

  func forget(_ link: WorkerSession.Link) {
    checkpoints.removeAll { $0.link === link }
  }

  /// Numbers for the units of the next run.
  func takeIDs(_ count: Int) -> Int {
    defer { nextID += count }
    return nextID
  }
}
