import Foundation
import KernelProtocol
import Subprocess
import SystemPackage

/// A worker: its processes, of which one at a time has the word, and the states that others keep.
///
/// It lives until it is closed: one run long in a build, as long as its chapter is being written in `serve`. All of its
/// processes write to one log. So a process runs only when it was told to, none is told to before the one before it has
/// come to rest, and what any other says is not listened to.
final class Worker: @unchecked Sendable {
  let session: WorkerSession
  let workspace: Workspace
  /// Whether all states are kept, or only the last, to which a failing run returns.
  let keepsAll: Bool
  private(set) var checkpoints: [Checkpoint] = []
  private var word: Word?
  /// The checkpoint that was asked how its child ended.
  private var reporting: WorkerSession.Link?
  /// The numbers of processes that were told to end, or killed, and whose parents have not said that they did.
  private var dismissed: Set<Int32> = []
  private var nextID = 0
  /// The worker's whole life; what it said on standard error before it had another.
  private let life: Task<String, any Error>

  /// Who has the word.
  private struct Word {
    /// The process that runs cells, or a checkpoint that has been told to fork one.
    var holder: WorkerSession.Link
    /// The checkpoint to which the run returns if the holder dies; the holder itself, where it is one.
    var state: WorkerSession.Link?
    /// The process that has been forked and waits for the word.
    var child: WorkerSession.Link?
    /// Whether the holder waits for another segment.
    var isWaiting = false
    var isGone = false
  }

  /// What a run has to know.
  enum Event {
    case unitStarted(Int)
    case unitEnded(Int, CapturedOutputs, FileUses)
    /// This process keeps the state after a unit.
    case kept(WorkerSession.Link, unit: Int)
    case noCheckpoint(unit: Int, Leftovers)
    case segmentEnded
    /// The process that ran cells has ended, and the checkpoint before it has the word again.
    case failed(CapturedOutputs, FileUses, Failure)
    case cannotLoad(String)
    /// Nothing happened until the deadline.
    case deadline
  }

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

  // MARK: Runs

  /// Lets a run begin at a state; at the top of a worker that is just starting without one.
  func begin(at checkpoint: Checkpoint?) {
    word = checkpoint.map { Word(holder: $0.link, state: $0.link) }
  }

  /// Sends the process that has the word a segment.
  func run(_ segment: Segment) {
    word?.isWaiting = false
    send(.run(library: segment.library.path, entry: segment.entry), to: word?.holder)
  }

  /// The next thing that happens in the run.
  func next(until deadline: ContinuousClock.Instant?) async throws -> Event {
    while true {
      if let event = try handle(try await session.next(until: deadline)) { return event }
    }
  }

  /// Asks the process that runs cells where it is, and to end; with `force` it is not asked.
  func interrupt(force: Bool) {
    if let word, word.holder !== word.state { kill(word.holder.pid, force ? SIGKILL : SIGQUIT) }
  }

  /// Ends a run, wherever it is. When this returns, no process uses the log any more.
  func stop() async {
    guard let word else { return }
    self.word = nil
    if let child = word.child { dismiss(child) }
    if word.isWaiting {
      dismiss(word.holder)
    } else if word.holder !== word.state, !word.isGone {
      dismissed.insert(word.holder.pid)
      kill(word.holder.pid, SIGKILL)
      await silence { word.holder.isOpen }
    }
    await silence { [self] in reporting?.isOpen == true }
  }

  /// Waits until a process has ended its work, even where the run was cancelled.
  private func silence(_ isBusy: @escaping @Sendable () -> Bool) async {
    guard isBusy() else { return }
    await Task {
      let deadline = ContinuousClock.now + .seconds(5)
      while isBusy(), let event = try? await session.next(until: deadline) {
        if case .deadline = event {
          // What it still does cannot be told: the next run needs another worker.
          session.close()
          return
        }
        _ = try? handle(event)
      }
    }.value
  }

  /// Takes in what was said between two runs.
  func settle() async throws {
    while true {
      let event = try await session.next(until: .now)
      if case .deadline = event { return }
      _ = try handle(event)
    }
  }

  // MARK: Messages

  private func handle(_ event: WorkerSession.Event) throws -> Event? {
    switch event {
    case .deadline: return .deadline
    case .closed(let link):
      try noteEnd(of: link)
      return nil
    case .message(let message, let link): return handle(message, from: link)
    }
  }

  /// If it ran cells, its checkpoint will say how it ended; if nobody can, the run is lost.
  private func noteEnd(of link: WorkerSession.Link) throws {
    checkpoints.removeAll { $0.link === link }
    if word?.holder === link { word?.isGone = true }
    if word?.state === link { word?.state = nil }
    if let word, word.isGone, word.state == nil {
      self.word = nil
      throw KernelError.workerLost("its processes were killed from outside")
    }
  }

  private func handle(_ message: WorkerMessage, from link: WorkerSession.Link) -> Event? {
    switch message {
    case .hello(let pid, let parent, let role):
      dismissed.remove(pid)
      welcome(link, role, forkedBy: parent)
      return nil
    case .keeping(let unit):
      guard link === word?.holder else {
        dismiss(link)
        return nil
      }
      word?.state = link
      passOn()
      return .kept(link, unit: Int(unit))
    case .childEnded(let pid, let status):
      // Where the checkpoint itself has the word, it is a child that ended before it could take it.
      guard dismissed.remove(pid) == nil, let word, word.state === link,
        word.holder.pid == pid || word.holder === link
      else { return nil }
      self.word = Word(holder: link, state: link)
      reporting = link
      send(.report(status: status), to: link)
      return nil
    case .failed(let outputs, let files, let failure):
      reporting = nil
      return link === word?.holder ? .failed(outputs, files, failure) : nil
    case .unitStarted(let unit): return isRunning(link) ? .unitStarted(Int(unit)) : nil
    case .unitEnded(let unit, let outputs, let files):
      return isRunning(link) ? .unitEnded(Int(unit), outputs, files) : nil
    case .noCheckpoint(let unit, let leftovers):
      return isRunning(link) ? .noCheckpoint(unit: Int(unit), leftovers) : nil
    case .segmentEnded:
      guard isRunning(link) else { return nil }
      word?.isWaiting = true
      return .segmentEnded
    case .cannotLoad(let reason): return isRunning(link) ? .cannotLoad(reason) : nil
    }
  }

  private func isRunning(_ link: WorkerSession.Link) -> Bool {
    link === word?.holder && link !== word?.state
  }

  /// A process that somebody else forked than the one that has the word is left over from a run that was stopped.
  private func welcome(_ link: WorkerSession.Link, _ role: WorkerRole, forkedBy parent: Int32) {
    switch role {
    case .supervisor: break
    case .top: word = Word(holder: link)
    case .runner where word?.holder.pid == parent && word?.child == nil:
      word?.child = link
      passOn()
    case .runner: dismiss(link)
    }
  }

  /// Hands the word on to the child of a process that has become a checkpoint.
  private func passOn() {
    guard let word, word.holder === word.state, let child = word.child else { return }
    self.word?.holder = child
    self.word?.child = nil
    send(.proceed, to: child)
  }

  /// Whether the other end is still there will be seen from its messages.
  private func send(_ message: HostMessage, to link: WorkerSession.Link?) {
    try? link?.connection.send(message)
  }

  // MARK: States

  func keep(_ checkpoint: Checkpoint) {
    checkpoints.append(checkpoint)
    guard !keepsAll else { return }
    while checkpoints.count > 1 { drop(checkpoints[0]) }
  }

  func drop(_ checkpoint: Checkpoint) {
    dismiss(checkpoint.link)
    checkpoints.removeAll { $0.link === checkpoint.link }
  }

  private func dismiss(_ link: WorkerSession.Link) {
    dismissed.insert(link.pid)
    send(.exit, to: link)
  }

  /// Notes the scope of a state after it has been cut to what the state has run, to spare the next run that.
  func note(_ scope: Scope, of link: WorkerSession.Link) {
    guard let index = checkpoints.firstIndex(where: { $0.link === link }) else { return }
    checkpoints[index].scope = scope
  }

  /// Numbers for the units of the next run.
  func takeIDs(_ count: Int) -> Int {
    defer { nextID += count }
    return nextID
  }
}
