import Dispatch

/// Waits for an `await` at a cell's top level. Called by generated code.
///
/// The main thread is blocked meanwhile: what is awaited must not need the main actor.
public func lecternAwait<Value, Failure: Error>(
  _ body: @escaping () async throws(Failure) -> Value
) throws(Failure) -> Value {
  let box = Box<Value, Failure>(body)
  Task.detached { await box.run() }
  box.done.wait()
  return try box.result!.get()
}

/// Used by one thread after the other: the task fills it before the semaphore lets the waiting thread read.
private final class Box<Value, Failure: Error>: @unchecked Sendable {
  let done = DispatchSemaphore(value: 0)
  private let body: () async throws(Failure) -> Value
  private(set) var result: Result<Value, Failure>?

  init(_ body: @escaping () async throws(Failure) -> Value) {
    self.body = body
  }

  func run() async {
    do throws(Failure) {
      result = .success(try await body())
    } catch {
      result = .failure(error)
    }
    done.signal()
  }
}
