import Foundation
import Glibc
import KernelProtocol
import Subprocess
import Synchronization
import SystemPackage

/// The worker's processes, as the host sees them: one connection each.
final class WorkerSession: @unchecked Sendable {
  /// A process of the worker.
  final class Link: @unchecked Sendable {
    let connection: Connection
    fileprivate(set) var pid: Int32 = 0
    fileprivate(set) var isOpen = true
    init(_ connection: Connection) { self.connection = connection }

    fileprivate var hasInput: Bool {
      var request = pollfd(fd: connection.descriptor, events: Int16(POLLIN), revents: 0)
      return isOpen && poll(&request, 1, 0) > 0
    }
  }

  enum Event {
    case message(WorkerMessage, Link)
    /// The process is gone, or never was one of ours.
    case closed(Link)
    /// Nothing happened until the deadline.
    case deadline
  }

  static let socketName = "kernel"
  let socketPath: String
  private let listener: Int32
  /// A pipe whose writing end ends a wait.
  private let alarm: (reading: Int32, writing: Int32)
  /// Waiting blocks a thread, so that happens on one of the session's own.
  private let queue = DispatchQueue(label: "lectern.worker")
  private var links: [Link] = []
  /// What has been received and not been handed on.
  private var events: [Event] = []
  /// The worker's first process; its end is the end of all.
  private let workerID = Atomic<Int32>(0)
  private let isCancelled = Mutex(false)
  private let closing = Mutex(Closing())

  private struct Closing {
    var isClosed = false
    var continuation: CheckedContinuation<Void, Never>?
  }

  /// Listens on a socket in `folder`.
  init(folder: URL) throws {
    socketPath = folder.appending(path: Self.socketName).path
    listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard listener >= 0 else { throw KernelError.system("socket") }
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw KernelError.system("pipe") }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    alarm = (ends[0], ends[1])
    guard withSocketAddress(socketPath, { bind(listener, $0, $1) }) == 0, listen(listener, 64) == 0 else {
      throw KernelError.cannotListen(socketPath)
    }
  }

  /// Returns when the session is closed.
  func live(as process: Int32) async {
    workerID.store(process, ordering: .releasing)
    await withCheckedContinuation { continuation in
      let isClosed = closing.withLock { closing in
        if !closing.isClosed { closing.continuation = continuation }
        return closing.isClosed
      }
      if isClosed { continuation.resume() }
    }
  }

  var isAlive: Bool {
    let worker = workerID.load(ordering: .acquiring)
    return worker >= 0 && !closing.withLock(\.isClosed)
  }

  /// The worker is gone.
  func noteEnd() { workerID.store(-1, ordering: .releasing) }

  /// The next thing that happens.
  /// - Throws: `CancellationError` at once when the task is cancelled, whatever the worker is at.
  func next(until deadline: ContinuousClock.Instant?) async throws -> Event {
    try Task.checkCancellation()
    isCancelled.withLock { $0 = false }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        queue.async { continuation.resume(with: Result { try self.wait(until: deadline) }) }
      }
    } onCancel: {
      isCancelled.withLock { $0 = true }
      endWait()
    }
  }

  private func endWait() {
    var byte: UInt8 = 0
    _ = write(alarm.writing, &byte, 1)
  }

  private func wait(until deadline: ContinuousClock.Instant?) throws -> Event {
    while events.isEmpty {
      if isCancelled.withLock({ $0 }) { throw CancellationError() }
      if closing.withLock(\.isClosed) { throw KernelError.workerLost("") }
      if try receive(within: Self.milliseconds(until: deadline)) { continue }
      if let deadline, ContinuousClock.now >= deadline { return .deadline }
      let worker = workerID.load(ordering: .acquiring)
      if worker < 0 || worker > 0 && kill(worker, 0) != 0 { throw KernelError.workerLost("") }
    }
    return events.removeFirst()
  }

  /// Receives a message of each process that has one.
  /// - Returns: whether anything came.
  private func receive(within milliseconds: Int32) throws -> Bool {
    var requests = [listener, alarm.reading].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    requests += links.map { pollfd(fd: $0.connection.descriptor, events: Int16(POLLIN), revents: 0) }
    let ready = poll(&requests, nfds_t(requests.count), milliseconds)
    if ready < 0, errno != EINTR { throw KernelError.system("poll") }
    guard ready > 0 else { return false }
    if requests[0].revents != 0 {
      let descriptor = accept(listener, nil, nil)
      if descriptor >= 0 {
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        links.append(Link(Connection(descriptor: descriptor)))
      }
    }
    if requests[1].revents != 0 {
      var bytes = [UInt8](repeating: 0, count: 64)
      _ = read(alarm.reading, &bytes, bytes.count)
    }
    for (link, request) in zip(links, requests.dropFirst(2)) where request.revents != 0 {
      // All of it: what a process said before it forked was said before its child's first word.
      while link.hasInput { events.append(try receive(from: link)) }
    }
    return true
  }

  private func receive(from link: Link) throws -> Event {
    do {
      let message = try link.connection.receiveWorkerMessage()
      if case .hello(let pid, _, _) = message { link.pid = pid }
      if case .childEnded = message {
        // The child's last words come first, though another connection holds them.
        while try receive(within: 0) {}
      }
      return .message(message, link)
    } catch is Connection.Closed {
      link.isOpen = false
      link.connection.close()
      links.removeAll { $0 === link }
      return .closed(link)
    }
  }

  /// Lets the worker end, all of it: its supervisor kills the others when its connection closes.
  func close() {
    let (wasClosed, continuation) = closing.withLock { closing in
      defer { closing = Closing(isClosed: true) }
      return (closing.isClosed, closing.continuation)
    }
    guard !wasClosed else { return }
    continuation?.resume()
    endWait()
    queue.sync {
      for link in links { link.connection.close() }
      links = []
      Glibc.close(listener)
      Glibc.close(alarm.reading)
      Glibc.close(alarm.writing)
    }
    unlink(socketPath)
  }

  private static func milliseconds(until deadline: ContinuousClock.Instant?) -> Int32 {
    let longest = 250.0  // between two looks whether the worker is still there
    guard let deadline else { return Int32(longest) }
    let seconds = (deadline - ContinuousClock.now) / .seconds(1)
    return Int32(max(0, min(seconds * 1000 + 1, longest)))
  }
}

/// Something of the system's failed that is no user's mistake.
enum KernelError: Error, CustomStringConvertible {
  case system(String)
  case cannotListen(String)
  case workerLost(String)
  case compilerFailed(String)

  var description: String {
    switch self {
    case .system(let call): "\(call): \(String(cString: strerror(errno)))"
    case .cannotListen(let path):
      "cannot listen on \(path): \(String(cString: strerror(errno))). Set TMPDIR to a folder with a short path."
    case .workerLost(let message): "the worker that runs the cells ended: \(message)"
    case .compilerFailed(let message): message
    }
  }
}
