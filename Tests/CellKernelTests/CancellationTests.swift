import CellKernel
import ExecutionRecords
import Foundation
import Synchronization
import Testing

struct CancellationTests {
  /// A report without its place would be kept, and stand on the page until the cell is edited.
  @Test(.timeLimit(.minutes(1))) func aFailureWhosePlaceWasNotFoundOutIsNotReported() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "lectern-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let symbolizer = folder.appending(path: "symbolizer")
    try "#!/bin/sh\ntouch \"$0.asked\"\nexec sleep 50\n".write(
      to: symbolizer, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: symbolizer.path)

    var kernel = try await Kernel.make()
    kernel.toolchain.symbolizer = symbolizer
    let compiled = try await kernel.compile(
      .parse(
        "```swift-run\nlet a = [1]\n```\n\n```swift-run\na[a.count]\n```\n", path: "test.md", file: "test.md")
    )
    let ended = Mutex<[CellStatus]>([])
    let run = Task { [kernel] in
      try await kernel.run(compiled) { event in
        if case .cellEnded(_, _, _, let status, _) = event { ended.withLock { $0.append(status) } }
      }
    }
    while !FileManager.default.fileExists(atPath: symbolizer.path + ".asked") {
      try await Task.sleep(for: .milliseconds(10))
    }
    run.cancel()
    await #expect(throws: CancellationError.self) { try await run.value }
    #expect(ended.withLock { $0 } == [.ok])
  }
}
