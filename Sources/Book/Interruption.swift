import Foundation

/// Turns signals into the cancellation of a task, so that workers are stopped and no file stays half written.
public enum Interruption {
  // The signal's handler may do next to nothing; it writes the signal's number into this pipe.
  nonisolated(unsafe) private static var pipeEnd: CInt = -1

  /// Runs `body`; on SIGINT, SIGTERM or SIGHUP it is cancelled, and a second one ends the process at once.
  /// - Throws: `Interrupted` where a signal came, else what `body` throws.
  public static func cancelling<Value: Sendable>(
    _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let task = Task(operation: body)
    let received = watch { task.cancel() }
    let result = await task.result
    if let signal = received.signal { throw Interrupted(signal: signal) }
    return try result.get()
  }

  /// Why a command stopped early.
  public struct Interrupted: Error {
    public var signal: CInt
    /// What shells expect of a command that a signal ended.
    public var exitCode: CInt { 128 + signal }
  }

  private final class Received: @unchecked Sendable {
    private let lock = NSLock()
    private var first: CInt?
    var signal: CInt? { lock.withLock { first } }
    func note(_ signal: CInt) { lock.withLock { first = first ?? signal } }
  }

  private static func watch(_ cancel: @escaping @Sendable () -> Void) -> Received {
    let received = Received()
    var ends: [CInt] = [0, 0]
    guard pipe(&ends) == 0 else { return received }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    pipeEnd = ends[1]
    let reading = ends[0]
    Thread.detachNewThread {
      var number: UInt8 = 0
      while read(reading, &number, 1) == 1 {
        if received.signal != nil { _exit(128 + CInt(number)) }
        received.note(CInt(number))
        cancel()
        exitSoon(128 + CInt(number))
      }
    }
    // Handlers, not SIG_IGN: that would be inherited by the compilers and workers.
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number) { number in
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(Interruption.pipeEnd, &byte, 1)
      }
    }
    return received
  }

  /// Ends the process where the work does not end by itself; its workers notice and end too.
  private static func exitSoon(_ status: CInt) {
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: 5)
      _exit(status)
    }
  }

  /// Makes a file that grows beyond the limit of `ulimit -f` an error like a full disk's, instead of the end.
  public static func reportFileSizeLimitAsError() {
    signal(SIGXFSZ) { _ in }
  }
}
