import CWorkerSupport
import Glibc
import KernelProtocol

/// A runner, as its checkpoint sees it.
struct ChildProcess {
  let pid: pid_t
  /// Readable once the process has ended.
  private let descriptor: Int32

  init(pid: pid_t) {
    self.pid = pid
    descriptor = process_open(pid)
  }

  /// Waits until the process ends, and says how; or until the host says something, and returns `nil`.
  func waitForEnd(orInputFrom host: Connection) throws -> WorkerMessage? {
    var requests = [
      pollfd(fd: host.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
    ]
    while poll(&requests, 2, -1) < 0 {
      guard errno == EINTR else { throw WorkerError.system("poll") }
    }
    guard requests[1].revents != 0 else { return nil }
    return .childEnded(pid: pid, outputs: .taken(), failure: Failure(status: reap()))
  }

  func kill() {
    Glibc.kill(pid, SIGKILL)
    reap()
  }

  @discardableResult
  private func reap() -> Int32 {
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    close(descriptor)
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
