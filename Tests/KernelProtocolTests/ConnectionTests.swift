import Foundation
import KernelProtocol
import Testing

@Suite struct ConnectionTests {
  private static let outputs = CapturedOutputs(
    records: [
      .init(kind: .stdout, bytes: Array("Wörter 卷积\n".utf8)), .init(kind: .figure, bytes: [0, 255, 10]),
      .init(kind: .inlineValue, bytes: []),
    ],
    tails: [.init(kind: .stderr, bytes: [1, 2], omittedBytes: .max, omittedLines: 7)])

  private static let files: FileUses = {
    var files = FileUses()
    files.reads = [FileUse(path: "/data/a b.csv", aspect: .contents, state: "file 3 卷")]
    files.writes = [FileUse(path: "/out", aspect: .existence, state: "folder")]
    files.isUnseen = true
    return files
  }()

  private static let failures = [
    Failure(
      cause: .signal(11, isStackOverflow: true), frames: [.init(library: "/tmp/a b.so", offset: 1 << 40)],
      throwFrames: []),
    Failure(cause: .exit(-1), throwFrames: [.init(library: "", offset: 0)]),
  ]

  @Test(
    arguments: [
      .hello(pid: 12, parent: 11, .supervisor), .hello(pid: 13, parent: 12, .top),
      .hello(pid: 14, parent: 13, .runner), .keeping(checkpoint: 3), .segmentEnded, .unitStarted(0),
      .unitEnded(5, outputs: outputs, files: files),
      .noCheckpoint(unit: 1, Leftovers(threads: 2, channels: 3)), .childEnded(pid: 9, status: 256),
      .failed(outputs: CapturedOutputs(), files: FileUses(), failures[0]),
      .failed(outputs: outputs, files: files, failures[1]), .cannotLoad("no such file"),
    ] as [WorkerMessage]) func workersMessagesArriveAsTheyWereSent(message: WorkerMessage) throws
  {
    let (host, worker) = try pair()
    try worker.send(message)
    #expect(try host.receiveWorkerMessage() == message)
  }

  @Test(
    arguments: [.exit, .run(library: "/tmp/lib.so", entry: "main"), .proceed, .report(status: -1)]
      as [HostMessage])
  func hostsMessagesArriveAsTheyWereSent(message: HostMessage) throws {
    let (host, worker) = try pair()
    try host.send(message)
    #expect(try worker.receiveHostMessage() == message)
  }

  @Test func aClosedConnectionIsAnError() throws {
    let (host, worker) = try pair()
    worker.close()
    #expect(throws: Connection.Closed.self) { try host.receiveWorkerMessage() }
    #expect(throws: Connection.Closed.self) { try host.send(.exit) }
  }

  private func pair() throws -> (Connection, Connection) {
    var descriptors: [Int32] = [0, 0]
    try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &descriptors) == 0)
    return (Connection(descriptor: descriptors[0]), Connection(descriptor: descriptors[1]))
  }
}
