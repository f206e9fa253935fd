/// Text, from one of the program's two streams or from the value of a cell's last expression.
public struct TextOutput: Hashable, Sendable, Codable {
  public enum Stream: String, Hashable, Sendable, Codable {
    case stdout, stderr
    /// The description of the cell's last expression.
    case value
  }

  public var stream: Stream
  /// The text as the program wrote it (invalid UTF-8 repaired). Where the output limit cut it, `text` is the
  /// head, `tail` the end, and `omitted` says how much is missing between them.
  public var text: String
  public var tail: String?
  public var omitted: Omission?

  public struct Omission: Hashable, Sendable, Codable {
    public var lines: Int
    public var bytes: Int
    public init(lines: Int, bytes: Int) {
      self.lines = lines
      self.bytes = bytes
    }
  }

  public init(stream: Stream, text: String, tail: String? = nil, omitted: Omission? = nil) {
    self.stream = stream
    self.text = text
    self.tail = tail
    self.omitted = omitted
  }
}
