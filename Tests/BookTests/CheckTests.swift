import CellKernel
import Chapters
import Diagnostics
import ExecutionCache
import ExecutionRecords
import Foundation
import Testing

/// A check compiles what neither a check nor a run has compiled before.
@Suite("What is kept of a check") struct CheckTests {
  private let folder: TemporaryFolder
  private let cache: ExecutionCache
  private let kernel: CellKernel

  init() async throws {
    folder = try TemporaryFolder()
    cache = ExecutionCache(folder: folder.url.appending(path: "cache"))
    kernel = CellKernel(installation: try .current(), toolchain: try await .current(), settings: .init())
  }

  private var place: ChapterPlace { ChapterPlace(chapterFolder: folder.url, bookFolder: folder.url) }

  private func analysis(_ cells: [String], prose: String = "") -> ChapterAnalysis {
    let text = prose + cells.map { "```swift-run\n\($0)\n```\n\n" }.joined()
    return kernel.analyze(.parse(text, path: "a.md", file: "a.md"), identity: "k", folder: folder.url)
  }

  /// What a check says, and the cells that it compiles.
  private func check(_ analysis: ChapterAnalysis) async throws -> (said: [String], compiled: [Int]) {
    let plan = cache.checkPlan(analysis)
    var said = plan.knownDiagnostics
    if !plan.isComplete {
      let checked = try await kernel.check(plan)
      said += checked.diagnostics
      try cache.store(checked)
    }
    let lines = said.map { "\($0.line ?? 0):\($0.column ?? 0): \($0.severity): \($0.message)" }
    return (lines.sorted(), plan.missing.sorted())
  }

  private static let cells = [
    "let x = 1", "func f() { let unused = x }", "//| error: true\nlet y: Int = \"\"", "x + \"\"",
    "//| expect-error: compile\nx = 2", "//| cache: false\nx + 1",
  ]

  @Test func nothingIsAskedTwice() async throws {
    let first = try await check(analysis(Self.cells))
    #expect(first.compiled == [0, 1, 2, 3, 4, 5])
    #expect(first.said.count == 2, "\(first.said)")
    let second = try await check(analysis(Self.cells))
    #expect(second == (first.said, []))
    // A check is no run.
    #expect(cache.plan(analysis(Self.cells), at: place).missing.count == 6)
  }

  @Test func messagesMoveWithTheirCells() async throws {
    let first = try await check(analysis(Self.cells))
    let moved = try await check(analysis(Self.cells, prose: "Prose.\n\n"))
    #expect(moved.compiled == [])
    #expect(
      moved.said
        == first.said.map { message in
          let line = message.prefix { $0 != ":" }
          return "\((Int(line) ?? 0) + 2)\(message.dropFirst(line.count))"
        })
  }

  @Test func anEditIsCompiledWithWhatDependsOnIt() async throws {
    _ = try await check(analysis(["let x = 1", "let y = 2", "x", "y"]))
    #expect(try await check(analysis(["let x = 3", "let y = 2", "x", "y"])).compiled == [0, 2])
    var broken = try await check(analysis(["let z = 3", "let y = 2", "x", "y"]))
    #expect(broken.compiled == [0, 2])
    #expect(broken.said.count == 1)
    // What the compiler refuses it refuses in view of all the code: any of it may mend that.
    broken = try await check(analysis(["let z = 3", "let y = 2; let x = 1", "x", "y"]))
    #expect(broken.compiled == [1, 2, 3])
    #expect(broken.said == [])
  }

  @Test func whatRanWasCompiled() async throws {
    let cells = ["let x = 1", "func f() { let unused = x }", "fatalError()"]
    let (cache, place) = (cache, place)
    let compiled = try await kernel.compile(cache.plan(analysis(cells), at: place))
    var observer = RunObserver()
    observer.outcome = { try? cache.store($1, of: $0, in: $2, at: place) }
    _ = try await kernel.outcomes(of: compiled, in: folder.url, observer: observer)
    let checked = try await check(analysis(cells))
    #expect(checked.compiled == [2])
    #expect(checked.said.count == 1)
  }
}
