import CWorkerSupport
import Glibc
import KernelProtocol

/// This process's part: a runner while it executes cells, a checkpoint from a unit's end on.
final class Runner {
  /// The one of this process. The functions that generated code calls have no other way to it.
  nonisolated(unsafe) private(set) static var current: Runner!

  private let socket: String
  private var host: Connection

  private init(socket: String, host: Connection) {
    self.socket = socket
    self.host = host
  }

  /// Waits at the top of a chapter for the host's commands.
  static func start(socket: String) -> Never {
    orQuit {
      process_note_descriptors()
      current = Runner(socket: socket, host: try connect(to: socket))
      try current.host.send(.hello(pid: getpid(), parent: getppid(), .top))
      try current.beCheckpoint(after: -1, of: nil)
    }
  }

  // MARK: Called by generated code

  func begin(_ unit: Int32) {
    resetLogs()
    Self.orQuit { try host.send(.unitStarted(unit)) }
    files_begin()
  }

  func end(_ unit: Int32) {
    Self.orQuit {
      files_end()
      let files = FileUses.taken()
      try host.send(.unitEnded(unit, outputs: .taken(), files: files))
      let leftovers = Leftovers(
        threads: process_foreign_threads(), channels: process_open_channels(host.descriptor))
      if !leftovers.isEmpty {
        try host.send(.noCheckpoint(unit: unit, leftovers))
      } else if let child = try forkRunner() {
        try beCheckpoint(after: unit, of: child)
      }
    }
  }

  /// What the log holds from here on is this process's.
  private func resetLogs() {
    process_begin()
    capture_reset()
    failure_reset()
  }

  // MARK: Running

  /// Runs a segment, and then what else the host sends. The state that it starts from is its parent's.
  private func run(_ library: String, _ entry: String) throws -> Never {
    try execute(library, entry)
    while true {
      try host.send(.segmentEnded)
      switch try host.receiveHostMessage() {
      case .run(let library, let entry): try execute(library, entry)
      case .exit, .proceed, .report: _exit(0)
      }
    }
  }

  private func execute(_ library: String, _ entry: String) throws {
    guard let handle = process_load(library, true), let symbol = dlsym(handle, entry) else {
      try host.send(.cannotLoad(String(cString: process_load_error())))
      return
    }
    typealias Main = @convention(c) (Int32, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> Int32
    _ = unsafeBitCast(symbol, to: Main.self)(0, nil)
  }

  // MARK: Checkpoints

  /// Forks a runner. Returns its process number here, and `nil` there, once the host has
  /// given it the word.
  private func forkRunner() throws -> pid_t? {
    let parent = getpid()
    let child = process_fork()
    guard child >= 0 else { throw WorkerError.system("fork") }
    if child > 0 { return child }
    host.close()
    host = try connect(to: socket)
    try host.send(.hello(pid: getpid(), parent: parent, .runner))
    guard try host.receiveHostMessage() == .proceed else { _exit(0) }
    return nil
  }

  /// Keeps the state after `unit`. From here on this process only forks runners, at the host's word, and tells
  /// when they have ended.
  private func beCheckpoint(after unit: Int32, of firstChild: pid_t?) throws -> Never {
    var children = ChildProcesses(firstChild)
    process_note_offsets()
    try host.send(.keeping(checkpoint: unit))
    while true {
      if let ended = try children.waitForEnd(orInputFrom: host) {
        try host.send(ended)
        continue
      }
      switch try host.receiveHostMessage() {
      case .run(let library, let entry):
        guard let new = try forkRunner() else {
          children.close()
          process_restore_offsets()
          resetLogs()
          try run(library, entry)
        }
        children.append(new)
      case .report(let status):
        let files = FileUses.taken()
        try host.send(.failed(outputs: .taken(), files: files, Failure(status: status)))
      case .exit, .proceed: _exit(0)
      }
    }
  }

  /// Ends the process where the host is gone, without running anything of the cell's.
  @discardableResult
  private static func orQuit<Result>(_ body: () throws -> Result) -> Result {
    do {
      return try body()
    } catch {
      _exit(1)
    }
  }
}
