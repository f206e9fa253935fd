import CellOutputs
import Chapters
import Diagnostics
import ExecutionRecords
import Foundation
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

  /// Changes whenever the compiler, the library that cells see, or the worker changes; a record made under another
  /// identity is not to be reused.
  public var identity: String {
    get throws {
      let files = try [installation.library, installation.worker].map { file in
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        let date = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
        return "\(file.lastPathComponent) \(attributes[.size] ?? 0) \(date)"
      }
      return ([toolchain.version] + files).joined(separator: "\n")
    }
  }

  /// Compiles all cells that compile, and says what is wrong with the others. Nothing is run.
  public func compile(_ chapter: Chapter) async throws -> CompiledChapter {
    try await CompiledChapter(chapter, kernel: self)
  }

  /// Runs a compiled chapter from its top.
  /// - Parameters:
  ///   - folder: the working directory of its cells, to which the files that they name are relative; by default
  ///     this process's own.
  ///   - progress: told of each cell as it starts and ends.
  public func run(
    _ compiled: CompiledChapter, in folder: URL? = nil,
    progress: @escaping @Sendable (KernelProgress) -> Void = { _ in }
  ) async throws -> ExecutionRecord {
    let results = try await results(of: compiled, in: folder, progress: progress)
    var record = ExecutionRecord(chapter: compiled.chapter.path)
    for unit in compiled.units {
      let result = results[unit.index] ?? UnitResult(status: .skipped)
      switch unit.kind {
      case .cell(let index):
        let cell = compiled.chapter.cells[index]
        record.cells.append(
          CellRecord(
            label: cell.label, line: cell.position.line, status: result.status,
            outputs: result.outputs.outputs, error: result.error, warnings: compiled.warnings(of: unit)))
      case .inlineValue(let index):
        let value = compiled.chapter.inlineValues[index]
        record.inlineValues.append(
          InlineRecord(
            expression: value.expression, line: value.position.line, status: result.status,
            text: result.outputs.inlineText, error: result.error))
      }
    }
    return record
  }

  private func results(
    of compiled: CompiledChapter, in folder: URL?, progress: @escaping @Sendable (KernelProgress) -> Void
  ) async throws -> [Int: UnitResult] {
    guard !compiled.compilation.segments.isEmpty else { return compiled.excludedResults() }
    let session = try WorkerSession(folder: compiled.workspace.folder)
    let worker = try await Subprocess.run(
      .path(FilePath(installation.worker.path)), arguments: workerArguments(session.socketPath),
      environment: workerEnvironment,
      workingDirectory: folder.map { FilePath($0.path) }, input: .none, output: .discarded,
      error: .string(limit: 1 << 16)
    ) { process -> Result<[Int: UnitResult], any Error> in
      session.workerID = process.processIdentifier.value
      defer { session.close() }
      do {
        return .success(
          try await Execution(compiled, kernel: self, session: session, progress: progress).run())
      } catch {
        return .failure(error)
      }
    }
    switch worker.closureResult {
    case .success(let results): return results
    case .failure(KernelError.workerLost):
      let words = worker.standardError.trimmingCharacters(in: .whitespacesAndNewlines)
      throw KernelError.workerLost(words.isEmpty ? "\(worker.terminationStatus)" : words)
    case .failure(let error): throw error
    }
  }

  private func workerArguments(_ socket: String) -> Arguments {
    let runtime = toolchain.runtimeLibraries.appending(path: "libswiftSwiftOnoneSupport.so").path
    return Arguments([
      socket, installation.library.path, String(settings.memoryLimit), String(settings.outputLimit), runtime,
    ])
  }

  /// Sets are ordered the same in every run, and the runtime leaves crashes to the worker.
  private var workerEnvironment: Subprocess.Environment {
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
