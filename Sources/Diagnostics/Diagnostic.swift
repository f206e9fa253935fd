/// A message about one place in a file of the user's: where, what, why and what to do.
public struct Diagnostic: Error, Codable, Hashable, Sendable {
  public enum Severity: String, Codable, Sendable {
    case error, warning, note
  }

  public var severity: Severity
  /// The file as the user named it, relative to where the command was started if it lies below.
  public var file: String
  /// Line, counted from 1; `nil` where the message is about the file as a whole.
  public var line: Int?
  /// Column in UTF-8 bytes, counted from 1, as compilers and editors count.
  public var column: Int?
  /// What is wrong, in one line, without a full stop.
  public var message: String
  /// The text of the line, shown with a caret below it.
  public var sourceLine: String?
  /// What to do about it, if there is something to say.
  public var hint: String?
  /// Further places that belong to the message.
  public var notes: [Diagnostic]

  public init(
    _ severity: Severity, file: String, line: Int? = nil, column: Int? = nil, message: String,
    sourceLine: String? = nil, hint: String? = nil, notes: [Diagnostic] = []
  ) {
    self.severity = severity
    self.file = file
    self.line = line
    self.column = column
    self.message = message
    self.sourceLine = sourceLine
    self.hint = hint
    self.notes = notes
  }
}
