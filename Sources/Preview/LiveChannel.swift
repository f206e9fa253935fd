import Foundation
import Synchronization

/// Tells all browsers of the book's state as it changes, as server-sent events.
package final class LiveChannel: Sendable {
  private struct Contents {
    var state: LiveState
    var listeners: [Int: AsyncStream<String>.Continuation] = [:]
    var nextListener = 0

    func send(_ event: String) {
      for listener in listeners.values { listener.yield(event) }
    }
  }

  private let contents: Mutex<Contents>

  /// - Parameter server: a name that no other run of `serve` has.
  package init(server: String = UUID().uuidString) {
    contents = Mutex(Contents(state: LiveState(server: server)))
  }

  package var state: LiveState { contents.withLock(\.state) }

  /// How many browsers listen.
  package var listenerCount: Int { contents.withLock(\.listeners.count) }

  /// Changes the state, and tells everybody where it is another one now.
  package func update(_ change: (inout LiveState) -> Void) {
    contents.withLock { contents in
      let old = contents.state
      change(&contents.state)
      guard contents.state != old else { return }
      contents.send(Self.event(contents.state))
    }
  }

  /// Says it once more, so that connections are noticed whose browser is gone.
  package func repeatState() {
    contents.withLock { $0.send(Self.event($0.state)) }
  }

  /// The state now, and from then on whenever it changes. Who reads too slowly misses states, but never the last one.
  package func events() -> AsyncStream<String> {
    let (stream, listener) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingNewest(4))
    contents.withLock { contents in
      let number = contents.nextListener
      contents.nextListener += 1
      contents.listeners[number] = listener
      listener.onTermination = { [weak self] _ in
        // Never while this very lock is held.
        Task { self?.remove(number) }
      }
      listener.yield("retry: 300\n\n" + Self.event(contents.state))
    }
    return stream
  }

  private func remove(_ listener: Int) {
    contents.withLock { _ = $0.listeners.removeValue(forKey: listener) }
  }

  private static func event(_ state: LiveState) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // One line: JSON has no line ends of its own.
    return "data: \((try? encoder.encode(state)).map { String(decoding: $0, as: UTF8.self) } ?? "{}")\n\n"
  }
}
