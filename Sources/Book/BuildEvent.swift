import Diagnostics

/// What happens while a book is built, as it happens.
public enum BuildEvent: Sendable {
  case diagnostic(Diagnostic)
  /// The cells of `chapter` are being compiled, one of `total` chapters that need it.
  case compiling(chapter: String, total: Int)
  case compiled(chapter: String)
  /// The cells of `chapter` are about to run, one of `total` chapters that do.
  case running(chapter: String, total: Int)
  /// How long the cells that are about to run took last time, by chapter and label, as far as that is known.
  case expecting([String: [String: Double]])
  /// Cell `index` (from 0) of `count` begins.
  case cell(chapter: String, index: Int, count: Int, label: String)
  /// The cell whose fence opens at `line` has run.
  case cellEnded(chapter: String, line: Int, label: String, seconds: Double)
  case ran(chapter: String, cells: Int, seconds: Double)
}

/// Told of everything that happens.
public typealias BuildReporter = @Sendable (BuildEvent) -> Void
