import CellKernel
import Chapters
import Diagnostics
import ExecutionCache
import ExecutionRecords
import Foundation
import Testing

/// What a compiler says that failed itself is no result of the code's: it is told, and never kept.
@Suite("A compiler that fails") struct CompilerFailureTests {
  private let folder: TemporaryFolder
  private let cache: ExecutionCache

  init() throws {
    folder = try TemporaryFolder()
    cache = ExecutionCache(folder: folder.url.appending(path: "cache"))
  }

  private var place: ChapterPlace { ChapterPlace(chapterFolder: folder.url, bookFolder: folder.url) }

  /// A kernel whose compiler does as `script` says before it does its work, if that lets it; `$*` is what it is asked.
  private func kernel(_ script: String) async throws -> CellKernel {
    var toolchain = try await Toolchain.current()
    let compiler = folder.url.appending(path: "swift-frontend-\(UUID().uuidString)")
    try Data("#!/bin/sh\n\(script)\nexec \"\(toolchain.compiler.path)\" \"$@\"\n".utf8).write(to: compiler)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: compiler.path)
    toolchain.compiler = compiler
    return CellKernel(installation: try .current(), toolchain: toolchain, settings: .init())
  }

  private struct Run {
    var diagnostics: [Diagnostic]
    var record: ExecutionRecord
  }

  /// Runs what is not kept of a chapter of these cells, and keeps what can be.
  private func run(_ cells: [String], _ kernel: CellKernel) async throws -> Run {
    let (cache, place) = (cache, place)
    let compiled = try await kernel.compile(cache.plan(analysis(cells, kernel), at: place))
    var observer = RunObserver()
    observer.outcome = { try? cache.store($1, of: $0, in: $2, at: place) }
    let outcomes = try await kernel.outcomes(of: compiled, in: folder.url, observer: observer)
    return Run(diagnostics: compiled.diagnostics, record: outcomes.record)
  }

  private func analysis(_ cells: [String], _ kernel: CellKernel) -> ChapterAnalysis {
    let text = cells.map { "```swift-run\n\($0)\n```\n\n" }.joined()
    return kernel.analyze(.parse(text, path: "a.md", file: "a.md"), identity: "k", folder: folder.url)
  }

  private func missing(_ cells: [String], _ kernel: CellKernel) -> [Int] {
    cache.plan(analysis(cells, kernel), at: place).missing.sorted()
  }

  private static let refusal = "a.md#0:1:5: error: invalid redeclaration of 'x'"

  @Test(arguments: [
    // A signal ends it, whatever it has said.
    "echo \"\(refusal)\" >&2; kill -SEGV $$",
    // So LLVM says that a disk is full.
    "echo 'LLVM ERROR: IO failure on output stream: No space left on device' >&2; exit 1",
    // It finds fault with what is not the book's.
    "echo '/usr/include/stdio.h:3:1: error: expected identifier' >&2; exit 1",
    "echo \"\(refusal)\" >&2; exit 70",
  ]) func isToldAndForgotten(ending: String) async throws {
    let cells = ["let x = 1", "x + 1", "//| error: true\nlet y = 2"]
    let run = try await run(cells, try await kernel("case \"$*\" in *' -c '*) \(ending);; esac"))
    #expect(run.record.cells.map(\.status) == [.notCompiled, .skipped, .notCompiled])
    // That a cell may fail does not excuse the compiler.
    #expect(run.diagnostics.count == 2, "\(run.diagnostics)")
    #expect(run.diagnostics.allSatisfy { $0.severity == .error && $0.file == "a.md" })
    let sound = try await kernel("")
    #expect(missing(cells, sound) == [0, 1, 2])
    let again = try await self.run(cells, sound)
    #expect(again.record.cells.map(\.status) == [.ok, .ok, .ok])
    #expect(missing(cells, sound) == [])
  }

  @Test func aRefusalIsKept() async throws {
    let cells = ["let x = 1", "x + 1", "let y = 2"]
    let refusing = try await kernel(
      """
      case "$*" in *' -c '*)
        for file in "$@"; do
          case "$file" in *.swift) grep -q 'let x' "$file" && { echo "\(Self.refusal)" >&2; exit 1; };; esac
        done;;
      esac
      """)
    let run = try await run(cells, refusing)
    #expect(run.record.cells.map(\.status) == [.notCompiled, .skipped, .ok])
    #expect(run.diagnostics.map(\.line) == [2])
    let sound = try await kernel("")
    #expect(missing(cells, sound) == [])
  }

  /// What compiled before, and is only wanted for its state, cannot be wrong now.
  @Test func aRefusalOfWhatIsKnownToCompileIsNone() async throws {
    let sound = try await kernel("")
    _ = try await run(["let x = 1", "x + 1"], sound)
    let edited = ["let x = 1", "x + 2"]
    #expect(missing(edited, sound) == [1])
    let refusing = try await kernel(
      "case \"$*\" in *' -c '*) echo \"\(Self.refusal)\" >&2; exit 1;; esac")
    let refused = try await run(edited, refusing)
    #expect(refused.record.cells[1].status == .skipped)
    #expect(refused.diagnostics.map(\.severity) == [.error])
    #expect(missing(edited, sound) == [1])
    let again = try await run(edited, sound)
    #expect(again.record.cells.map(\.status) == [.ok, .ok])
  }

  /// Where a part of the chapter runs, the compiler is asked for its warnings with all of the chapter before its eyes; what
  /// it fails to say then, it may say another time.
  @Test func silenceIsNoAnswer() async throws {
    let sound = try await kernel("")
    _ = try await run(["let x = 1", "func f() { let unused = x }"], sound)
    let edited = ["let x = 1", "func f() { let unused = x + 1 }"]
    #expect(missing(edited, sound) == [1])
    // Nothing is to run of what it is asked about the whole.
    let failing = try await kernel("case \"$*\" in *' -emit-module '*) kill -SEGV $$;; esac")
    let run = try await run(edited, failing)
    #expect(run.record.cells.map(\.status) == [.ok, .ok])
    #expect(run.diagnostics.contains { $0.severity == .error }, "\(run.diagnostics)")
    #expect(missing(edited, sound) == [1])
    let again = try await self.run(edited, sound)
    #expect(again.record.cells[1].warnings.count == 1)
  }
}
