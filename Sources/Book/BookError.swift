import Diagnostics

/// Why a command cannot go on: one or more messages for the user.
public struct BookError: Error {
  public var diagnostics: [Diagnostic]
  /// Whether what was asked for on the command line makes no sense, rather than what stands in the book.
  public var isWrongUsage: Bool

  public init(_ diagnostics: [Diagnostic], isWrongUsage: Bool = false) {
    self.diagnostics = diagnostics
    self.isWrongUsage = isWrongUsage
  }

  /// One message that is about no line of a file.
  init(_ file: String, _ message: String, hint: String? = nil, isWrongUsage: Bool = false) {
    let diagnostic = Diagnostic(.error, file: file, message: message, hint: hint)
    self.init([diagnostic], isWrongUsage: isWrongUsage)
  }
}

extension BookError: CustomStringConvertible {
  public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
