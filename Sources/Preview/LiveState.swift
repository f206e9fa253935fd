import Diagnostics

/// What pages in browsers are told: which version of the pages there is, what is wrong with the book, and what is being
/// done about it. It is always sent as a whole, so that a page that missed some of it is right again with the next.
package struct LiveState: Encodable, Equatable, Sendable {
  /// Which run of `serve` says it.
  package var server: String
  /// Goes up with each build that changed a file of the output folder.
  package var version = 0
  /// The files that the last version changed.
  package var changed: [String] = []
  /// What the last build found wrong.
  package var problems: [Problem] = []
  /// What a build is at: "running 05-training.md, train".
  package var activity: String?

  package init(server: String) {
    self.server = server
  }

  /// A diagnostic as a page shows it.
  package struct Problem: Encodable, Equatable, Sendable {
    package var severity: String
    /// `chapters/en/11-training.md:42:7`.
    package var place: String
    package var message: String
    /// The line, the caret, the hint and the notes.
    package var details: String

    package init(_ diagnostic: Diagnostic) {
      severity = diagnostic.severity.rawValue
      place = [diagnostic.file, diagnostic.line.map(String.init), diagnostic.column.map(String.init)]
        .compactMap { $0 }.joined(separator: ":")
      message = diagnostic.message
      let lines = diagnostic.description.split(separator: "\n", omittingEmptySubsequences: false)
      details = lines.dropFirst(diagnostic.message.count { $0 == "\n" } + 1).joined(separator: "\n")
    }
  }
}
