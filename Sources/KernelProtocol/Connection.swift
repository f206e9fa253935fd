#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One end of a socket between the host and a process of the worker. Each message goes as its length (32 bits) and
/// its bytes.
public struct Connection: Sendable, Hashable {
  public let descriptor: Int32

  public init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// The other end is gone.
  public struct Closed: Error {}

  public func send(_ message: HostMessage) throws { try send(encoding: message) }
  public func send(_ message: WorkerMessage) throws { try send(encoding: message) }

  /// Waits for the host's next message.
  public func receiveHostMessage() throws -> HostMessage { try receive() }

  /// Waits for the worker's next message.
  public func receiveWorkerMessage() throws -> WorkerMessage { try receive() }

  public func close() {
    #if canImport(Glibc)
      _ = Glibc.close(descriptor)
    #else
      _ = Darwin.close(descriptor)
    #endif
  }

  private func send(encoding message: some WireCodable) throws {
    var writer = WireWriter()
    writer.write(UInt32(0))
    message.write(to: &writer)
    withUnsafeBytes(of: UInt32(writer.bytes.count - 4).littleEndian) {
      writer.bytes.replaceSubrange(0..<4, with: $0)
    }
    try writer.bytes.withUnsafeBytes { try sendAll($0) }
  }

  private func sendAll(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes
    while !rest.isEmpty {
      #if canImport(Glibc)
        let count = Glibc.send(descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
      #else
        let count = Darwin.send(descriptor, rest.baseAddress, rest.count, 0)
      #endif
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Closed() }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
    }
  }

  private func receive<Message: WireCodable>() throws -> Message {
    var length = UInt32(0)
    try withUnsafeMutableBytes(of: &length) { try receiveAll(into: $0) }
    var bytes = [UInt8](repeating: 0, count: Int(UInt32(littleEndian: length)))
    try bytes.withUnsafeMutableBytes { try receiveAll(into: $0) }
    var reader = WireReader(bytes: bytes[...])
    return try Message(from: &reader)
  }

  private func receiveAll(into buffer: UnsafeMutableRawBufferPointer) throws {
    var filled = 0
    while filled < buffer.count {
      let count = recv(descriptor, buffer.baseAddress! + filled, buffer.count - filled, 0)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Closed() }
      filled += count
    }
  }
}

/// The address of a Unix-domain socket in the file system.
///
/// - Returns: `nil` where the path is longer than the system allows (about 100 bytes).
public func withSocketAddress<Result>(
  _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
) -> Result? {
  var address = sockaddr_un()
  address.sun_family = sa_family_t(AF_UNIX)
  let bytes = Array(path.utf8)
  guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
  withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
  return withUnsafePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
    }
  }
}
