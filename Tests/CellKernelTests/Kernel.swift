import CellKernel
import CellOutputs
import Chapters
import Diagnostics
import ExecutionRecords
import Foundation

/// Compiles and runs chapters as the tool does.
enum Kernel {
  static func make(_ change: (inout CellKernel.Settings) -> Void = { _ in }) async throws -> CellKernel {
    var settings = CellKernel.Settings()
    settings.memoryLimit = 256 << 20
    change(&settings)
    return CellKernel(
      installation: try .current(), toolchain: try await .current(), settings: settings)
  }

  static func compile(_ source: String) async throws -> CompiledChapter {
    try await make().compile(.parse(source, path: "test.md", file: "test.md"))
  }

  static func run(_ source: String, _ change: (inout CellKernel.Settings) -> Void = { _ in }) async throws
    -> ExecutionRecord
  {
    let kernel = try await make(change)
    return try await kernel.run(try await kernel.compile(.parse(source, path: "test.md", file: "test.md")))
  }

  /// A chapter of the cells given.
  static func run(cells: String...) async throws -> ExecutionRecord {
    try await run(cells.map { "```swift-run\n\($0)\n```\n" }.joined(separator: "\n"))
  }

  static func fixture(_ name: String) throws -> String {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/\(name)")
    return try String(contentsOf: file, encoding: .utf8)
  }
}

extension ExecutionRecord {
  subscript(_ label: String) -> CellRecord {
    cells.first { $0.label == label }
      ?? CellRecord(label: "there is no cell \(label)", line: 0, status: .skipped)
  }
}

extension CellRecord {
  /// What it wrote to a stream, or displayed.
  func text(_ stream: TextOutput.Stream = .stdout) -> String {
    outputs.compactMap { output in
      if case .text(let text) = output, text.stream == stream { text.text } else { nil }
    }.joined()
  }
}
