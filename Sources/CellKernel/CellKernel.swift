import CellOutputs
import Chapters
import Diagnostics
import ExecutionRecords
import Foundation
import KernelProtocol
import Subprocess
import SystemPackage

/// Compiles a chapter's cells and runs them in a worker process.
public struct CellKernel: Sendable {
  /// What the kernel needs to know of the book.
  public struct Settings: Hashable, Sendable, Codable {
    /// Each cell's random numbers start from this and the cell's label.
    public var seed: UInt64 = 0
    /// Bytes that the worker may use.
    public var memoryLimit: Int = 4 << 30
    /// Bytes of text that a cell's outputs keep of each stream: half from its head, half from its tail.
    public var outputLimit: Int = 64 << 10
    public init() {}
  }

  public var installation: Installation
  public var toolchain: Toolchain
  public var settings: Settings

  public init(installation: Installation, toolchain: Toolchain, settings: Settings) {
    self.installation = installation
    self.toolchain = toolchain
    self.settings = settings
  }

  /// Changes whenever the compiler, the library that cells see, or the worker changes; a result made under another
  /// identity is not to be reused. It is told from the files' contents: two copies of one build share their results.
  public var identity: String {
    let files = [installation.library, installation.worker].map { FileUse(.contents, of: $0.path).state }
    return ([toolchain.version] + files).joined(separator: "\n")
  }

  /// Takes a chapter apart.
  /// - Parameters:
  ///   - identity: this kernel's, read once for all chapters of a book.
  ///   - folder: where the files that cells declare with `depends:` are looked for.
  ///   - bookFolder: the folder around it whose place is not told in records.
  public func analyze(
    _ chapter: Chapter, identity: String = "", folder: URL? = nil, bookFolder: URL? = nil
  ) -> ChapterAnalysis {
    var naming: PathNaming?
    if let folder, let bookFolder { naming = PathNaming(chapterFolder: folder, bookFolder: bookFolder) }
    return ChapterAnalysis(chapter, settings: settings, kernelIdentity: identity, naming: naming) { path in
      FileUse(.contents, of: folder?.appending(path: path).standardizedFileURL.path ?? path)
    }
  }

  /// Compiles all cells that compile, and says what is wrong with the others. Nothing is run.
  public func compile(_ chapter: Chapter) async throws -> CompiledChapter {
    try await compile(ExecutionPlan(analyze(chapter)))
  }

  /// Compiles the units that are to run.
  public func compile(_ plan: ExecutionPlan) async throws -> CompiledChapter {
    try await CompiledChapter(plan, kernel: self)
  }

  /// Compiles the units of a plan without getting them ready to run.
  public func check(_ plan: ExecutionPlan) async throws -> CheckedChapter {
    CheckedChapter(try await CompiledChapter(plan, kernel: self, isForCheck: true))
  }

  /// Runs a compiled chapter.
  /// - Parameters:
  ///   - folder: the working directory of its cells, to which the files that they name are relative; by default
  ///     this process's own.
  ///   - progress: told of each cell as it starts and ends.
  public func run(
    _ compiled: CompiledChapter, in folder: URL? = nil,
    progress: @escaping @Sendable (KernelProgress) -> Void = { _ in }
  ) async throws -> ExecutionRecord {
    var observer = RunObserver()
    observer.progress = progress
    return try await outcomes(of: compiled, in: folder, observer: observer).record
  }

  /// Runs a compiled chapter in a worker that lives for this run alone.
  public func outcomes(
    of compiled: CompiledChapter, in folder: URL? = nil, observer: RunObserver = RunObserver()
  ) async throws -> ChapterOutcomes {
    guard !compiled.compilation.segments.isEmpty else { return compiled.outcomesWithoutRunning(observer) }
    let worker = try Worker(self, workspace: compiled.workspace, folder: folder, keepsAll: false)
    do {
      let outcomes = try await run(compiled, in: worker, observer: observer)
      await worker.close()
      return outcomes
    } catch {
      await worker.close()
      throw error
    }
  }

  /// Runs a compiled chapter in a worker, which is closed when it is lost.
  func run(_ compiled: CompiledChapter, in worker: Worker, observer: RunObserver) async throws
    -> ChapterOutcomes
  {
    do {
      return try await Execution(compiled, kernel: self, worker: worker, observer: observer).run()
    } catch KernelError.workerLost(let reason) {
      let words = await worker.close()
      throw KernelError.workerLost(reason.isEmpty ? words : reason)
    }
  }

  func workerArguments(_ socket: String) -> Arguments {
    let runtime = toolchain.runtimeLibraries.appending(path: "libswiftSwiftOnoneSupport.so").path
    return Arguments([
      socket, installation.library.path, String(settings.memoryLimit), String(settings.outputLimit), runtime,
    ])
  }

  /// Sets are ordered the same in every run, and the runtime leaves crashes to the worker.
  var workerEnvironment: Subprocess.Environment {
    .inherit.updating([
      "SWIFT_DETERMINISTIC_HASHING": "1", "SWIFT_BACKTRACE": "enable=no",
      "LD_LIBRARY_PATH": toolchain.runtimeLibraries.path,
    ])
  }
}

/// How far a run has come.
public enum KernelProgress: Sendable {
  /// Cell `index` of `count` begins.
  case cellStarted(index: Int, count: Int, label: String)
  /// It ended after `seconds` of running.
  case cellEnded(index: Int, count: Int, label: String, status: CellStatus, seconds: Double)
}
