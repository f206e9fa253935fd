import CellOutputs
import Chapters
import Diagnostics
import ExecutionRecords

/// Compiles a chapter's cells and runs them in a worker process.
public struct CellKernel: Sendable {
  /// What the kernel needs to know of the book.
  public struct Settings: Hashable, Sendable, Codable {
    /// Each cell's random numbers start from this and the cell's label.
    public var seed: UInt64 = 0
    /// Bytes that the worker may use.
    public var memoryLimit: Int = 4 << 30
    /// Bytes of text of each stream that a cell's outputs keep; half from the head, half from the tail.
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

  /// Changes whenever the compiler, the library that cells see, or this kernel's way of running cells changes;
  /// a record made under another identity is not to be reused.
  public var identity: String { get throws { "" } }

  /// Compiles all cells that compile, and says what is wrong with the others. Nothing is run.
  public func compile(_ chapter: Chapter) async throws -> CompiledChapter {
    CompiledChapter(chapter: chapter, diagnostics: [])
  }

  /// Runs a compiled chapter from its top.
  /// - Parameter progress: told of each cell as it starts.
  public func run(
    _ compiled: CompiledChapter, progress: @escaping @Sendable (KernelProgress) -> Void = { _ in }
  ) async throws -> ExecutionRecord {
    ExecutionRecord(chapter: compiled.chapter.path)
  }
}

/// A chapter whose cells were compiled. Its files are removed when the last copy goes away.
public struct CompiledChapter: Sendable {
  public let chapter: Chapter
  /// The compiler's errors and warnings, at the chapter's own lines and columns. An error that a cell expects
  /// (`expect-error: compile`) or allows (`error: true`) is not among them; it is in the record.
  public let diagnostics: [Diagnostic]
}

/// How far a run has come.
public enum KernelProgress: Sendable {
  /// Cell `index` of `count` begins.
  case cellStarted(index: Int, count: Int, label: String)
  /// It ended after `seconds` of running.
  case cellEnded(index: Int, count: Int, label: String, status: CellStatus, seconds: Double)
}
