import Foundation
import Testing

@Suite("Being interrupted")
struct InterruptionTests {
  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
  func stopsTheWorkerAndWritesNothing(signal: Int32, status: Int32) throws {
    let cell =
      "import Foundation\n_ = FileManager.default.createFile(atPath: \"begun\", contents: nil)\nwhile true {}"
    let place = try Workplace(files: [
      "book/a.md": "# A\n\n```swift-run\n\(cell)\n```\n", "book/b.md": "# B\n",
    ])
    let marker = "lectern-marker-\(UUID().uuidString)"
    let running = try Executable.start(
      Executable.lectern, ["build", "book"], in: place.url, environment: ["LECTERN_TEST_MARKER": marker])
    // Until the worker spins, there is nothing to be stopped.
    while !place.exists("book/begun"), running.process.isRunning { Thread.sleep(forTimeInterval: 0.05) }
    kill(running.process.processIdentifier, signal)
    let result = running.wait()
    #expect(result.status == status)
    #expect(result.errors.contains("interrupted"), "\(result.errors)")
    #expect(!place.exists("output"))
    Thread.sleep(forTimeInterval: 0.3)
    #expect(processes(with: marker).isEmpty)
  }

  /// The processes whose environment holds `marker`, where the system tells.
  private func processes(with marker: String) -> [String] {
    let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return numbers.filter { number in
      guard Int(number) != nil, let data = FileManager.default.contents(atPath: "/proc/\(number)/environ")
      else { return false }
      return String(decoding: data, as: UTF8.self).contains(marker)
    }
  }
}
