import Chapters
import KernelProtocol

/// What a build is asked for.
public struct BuildOptions: Sendable {
  /// The output folder.
  public var output = "output"
  /// What is written there.
  public var formats: Set<OutputFormat> = [.html]
  /// A folder whose templates and assets come before the book's own and the theme's.
  public var templates: String?
  /// `nil` for the first of the book's editions.
  public var edition: CellOptions.Edition?
  /// How many chapters are compiled or run at once.
  public var jobs = 1
  /// Whether earlier runs may be used, and this one's be kept.
  public var usesCache = true
  /// Whether pages are woven from accepted outputs, and nothing is compiled or run.
  public var isFrozen = false

  public init() {}
}

/// What came of a build.
public struct BuildResult: Sendable {
  public var errors = 0
  public var warnings = 0
  /// The chapters of which pages were written.
  public var chapters = 0
  /// Those of them that had been run before.
  public var reused = 0
  /// The files of the output folder that were written or removed.
  public var changed: [String] = []
  /// The files besides the chapters and the theme that the pages were made from, as they were found, or not found.
  public var inputs: Set<FileUse> = []

  public var succeeded: Bool { errors == 0 }
}

extension BuildResult {
  /// `output: 12 chapters (9 unchanged), 4 files written in 3.2 s`.
  public func summary(output: String, time: String) -> String {
    var text = "\(output): \(Self.count(chapters, "chapter"))"
    if reused > 0 { text += " (\(reused) not changed)" }
    text += ", \(Self.count(changed.count, "file")) written in \(time)"
    return text + problems
  }

  /// `12 chapters checked in 1.4 s`.
  public func checkSummary(time: String) -> String {
    "\(Self.count(chapters, "chapter")) checked in \(time)\(problems)"
  }

  var problems: String {
    let parts = [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }
    return parts.map { "; \(Self.count($0.0, $0.1))" }.joined()
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
