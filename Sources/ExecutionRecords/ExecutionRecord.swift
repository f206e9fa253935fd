import CellOutputs
import Diagnostics

/// What a run of one chapter put out: all that weaving needs besides the chapter itself.
///
/// It holds no times and no paths of the machine, so that two runs of the same chapter give the same bytes.
public struct ExecutionRecord: Codable, Hashable, Sendable {
  /// The version of this format.
  public static let currentFormat = 1

  public var format: Int
  /// The chapter's file, relative to the book's folder: `en/11-training.md`.
  public var chapter: String
  /// One record for each of the chapter's cells, in their order.
  public var cells: [CellRecord]
  /// One record for each of the chapter's inline values, in their order.
  public var inlineValues: [InlineRecord]

  public init(chapter: String, cells: [CellRecord] = [], inlineValues: [InlineRecord] = []) {
    self.format = Self.currentFormat
    self.chapter = chapter
    self.cells = cells
    self.inlineValues = inlineValues
  }
}

/// How a cell fared.
public enum CellStatus: String, Codable, Hashable, Sendable {
  /// It ran to its end.
  case ok
  /// It threw an error, or called `exit`.
  case failed
  /// It trapped, overflowed the stack, ran out of memory, or was killed by a signal.
  case crashed
  /// It ran longer than its time limit.
  case timedOut = "timed-out"
  /// The compiler refused it.
  case notCompiled = "not-compiled"
  /// It was not run: `eval: false`, or it needs a name of a cell that did not run to its end.
  case skipped
}

public struct CellRecord: Codable, Hashable, Sendable {
  public var label: String
  /// The chapter's line where the cell's fence opens.
  public var line: Int
  public var status: CellStatus
  /// What the cell put out, in the order in which it was produced.
  public var outputs: [CellOutput]
  public var error: CellError?
  /// The compiler's warnings about the cell.
  public var warnings: [Diagnostic]

  public init(
    label: String, line: Int, status: CellStatus, outputs: [CellOutput] = [], error: CellError? = nil,
    warnings: [Diagnostic] = []
  ) {
    self.label = label
    self.line = line
    self.status = status
    self.outputs = outputs
    self.error = error
    self.warnings = warnings
  }
}

public struct InlineRecord: Codable, Hashable, Sendable {
  /// The expression as written.
  public var expression: String
  public var line: Int
  public var status: CellStatus
  /// The value's text, where `status` is `ok`.
  public var text: String?
  public var error: CellError?

  public init(
    expression: String, line: Int, status: CellStatus, text: String? = nil, error: CellError? = nil
  ) {
    self.expression = expression
    self.line = line
    self.status = status
    self.text = text
    self.error = error
  }
}

/// Why a cell did not run to its end.
public struct CellError: Codable, Hashable, Sendable {
  /// What happened, in the program's own words where it has any: "Index out of range".
  public var message: String
  /// The chapter's line and column where it happened.
  public var line: Int?
  public var column: Int?
  /// The calls that led there, innermost first, those in the chapter only.
  public var frames: [Frame]
  /// The compiler's diagnostics, for a cell that was not compiled.
  public var diagnostics: [Diagnostic]

  public struct Frame: Codable, Hashable, Sendable {
    /// The function with its labels, `pick(_:)`; none where it is the cell's own statements that called.
    public var function: String?
    public var line: Int
    public var column: Int
    public init(function: String?, line: Int, column: Int) {
      self.function = function
      self.line = line
      self.column = column
    }
  }

  public init(
    message: String, line: Int? = nil, column: Int? = nil, frames: [Frame] = [],
    diagnostics: [Diagnostic] = []
  ) {
    self.message = message
    self.line = line
    self.column = column
    self.frames = frames
    self.diagnostics = diagnostics
  }
}
