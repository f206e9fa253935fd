import CWorkerSupport
import Glibc
import KernelProtocol

/// The runners that a checkpoint has forked, each perhaps a checkpoint itself by now.
struct ChildProcesses {
  private struct Child {
    var pid: pid_t
    /// Readable once the process has ended.
    var descriptor: Int32
  }

  private var children: [Child] = []

  init(_ first: pid_t?) {
    if let first { append(first) }
  }

  mutating func append(_ pid: pid_t) {
    children.append(Child(pid: pid, descriptor: process_open(pid)))
  }

  /// Waits until one of them ends; or until the host says something, and returns `nil`.
  mutating func waitForEnd(orInputFrom host: Connection) throws -> WorkerMessage? {
    var requests = children.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
    requests.append(pollfd(fd: host.descriptor, events: Int16(POLLIN), revents: 0))
    while poll(&requests, nfds_t(requests.count), -1) < 0 {
      guard errno == EINTR else { throw WorkerError.system("poll") }
    }
    guard let index = requests.dropLast().firstIndex(where: { $0.revents != 0 }) else { return nil }
    let child = children.remove(at: index)
    Glibc.close(child.descriptor)
    return .childEnded(pid: child.pid, status: Self.reap(child.pid))
  }

  /// In a child, which is no parent of theirs.
  func close() {
    for child in children { Glibc.close(child.descriptor) }
  }

  private static func reap(_ pid: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    return status
  }
}

extension Failure {
  /// What the process wrote about its end while it was dying, or else what its parent was told.
  init(status: Int32) {
    let report = failure_last().pointee
    let signal = status & 0x7F
    let cause: Cause
    if report.kind == FAILURE_SIGNAL {
      cause = .signal(report.code, isStackOverflow: report.stack_overflow)
    } else if signal == 0 {
      cause = .exit((status >> 8) & 0xFF)
    } else {
      cause = .signal(signal, isStackOverflow: false)
    }
    self.init(
      cause: cause,
      frames: report.kind == FAILURE_NONE ? [] : Self.frames(report.frames, count: report.frame_count),
      throwFrames: Self.frames(report.throw_frames, count: report.throw_frame_count))
  }

  /// The addresses that lie in cells' libraries.
  private static func frames<Addresses>(_ addresses: Addresses, count: Int32) -> [Frame] {
    withUnsafeBytes(of: addresses) { bytes in
      bytes.bindMemory(to: UInt.self).prefix(Int(count)).compactMap { address in
        var offset: UInt64 = 0
        let library = process_locate(address, &offset)
        guard library >= 0 else { return nil }
        return Frame(library: String(cString: process_library_path(library)), offset: offset)
      }
    }
  }
}
