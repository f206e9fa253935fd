import Diagnostics
import FlyingFox
import FlyingSocks
import Foundation

/// An HTTP server that only this machine can reach.
package struct PreviewServer: Sendable {
  private let handler: PreviewHandler
  private let channel: LiveChannel

  package init(folder: URL, channel: LiveChannel, script: Data) {
    handler = PreviewHandler(folder: folder, channel: channel, script: script)
    self.channel = channel
  }

  /// The ports that are tried where none is asked for.
  package static let usualPorts: ClosedRange<UInt16> = 3000...3019

  /// Serves until the task is cancelled.
  /// - Parameters:
  ///   - port: where to listen; 0 for any free port, `nil` for the first free one of the usual.
  ///   - ready: told the port as soon as browsers can connect.
  /// - Throws: `Diagnostic` where no port is to be had.
  package func run(port: UInt16?, ready: @escaping @Sendable (UInt16) async -> Void) async throws {
    let candidates = port.map { [$0] } ?? Array(Self.usualPorts)
    for candidate in candidates {
      do {
        return try await listen(on: candidate, ready: ready)
      } catch let error as SocketError where error.isTakenPort {
        continue
      } catch let error as SocketError {
        throw Diagnostic(
          .error, file: "lectern serve", message: "cannot listen on port \(candidate): \(error.reason)",
          hint: "Name another one with --port.")
      }
    }
    let words =
      port.map { "port \($0) is taken" }
      ?? "the ports \(Self.usualPorts.lowerBound) to \(Self.usualPorts.upperBound) are taken"
    throw Diagnostic(
      .error, file: "lectern serve", message: "\(words): another program listens there",
      hint: "Stop that program, or name another port with --port.")
  }

  private func listen(on port: UInt16, ready: @Sendable (UInt16) async -> Void) async throws {
    let first = try await Listener(try sockaddr_in.inet(ip4: "127.0.0.1", port: port), handler)
    defer { first.stop() }
    let port = try await first.port
    // Where there is no IPv6 the first one is enough; where somebody else has that port, "localhost" would be theirs.
    var second: Listener?
    do {
      second = try await Listener(.loopback(port: port), handler)
    } catch let error as SocketError where error.isTakenPort {
      throw error
    } catch {}
    defer { second?.stop() }
    await ready(port)
    while !Task.isCancelled {
      try? await Task.sleep(for: .seconds(10))
      channel.repeatState()
      await first.restartIfNeeded()
      await second?.restartIfNeeded()
    }
    try Task.checkCancellation()
  }
}

/// One address that is listened on.
private final class Listener: Sendable {
  private let server: HTTPServer
  nonisolated(unsafe) private var task: Task<Void, any Error>

  /// Returns when browsers can connect.
  init(_ address: some SocketAddress, _ handler: PreviewHandler) async throws {
    let server = HTTPServer(address: address, logger: silentLogger(), handler: handler)
    self.server = server
    let (outcomes, outcome) = AsyncStream.makeStream(of: (any Error)?.self)
    task = Task {
      do {
        try await server.run()
      } catch {
        outcome.yield(error)
        throw error
      }
    }
    Task {
      try? await server.waitUntilListening(timeout: 30)
      outcome.yield(nil)
    }
    for await error in outcomes {
      if let error { throw error }
      break
    }
  }

  var port: UInt16 {
    get async throws {
      switch await server.listeningAddress {
      case .ip4(_, let port), .ip6(_, let port): port
      default: throw SocketError.unsupportedAddress
      }
    }
  }

  /// A server ends where it cannot accept a connection, as for want of file descriptors.
  func restartIfNeeded() async {
    guard await !server.isListening else { return }
    task = Task { [server] in try await server.run() }
  }

  func stop() {
    task.cancel()
  }
}

extension SocketError {
  fileprivate var isTakenPort: Bool {
    if case .failed(_, let code, _) = self { code == EADDRINUSE } else { false }
  }

  fileprivate var reason: String {
    if case .failed(_, _, let message) = self { message } else { localizedDescription }
  }
}

private func silentLogger() -> some Logging { .disabled }
