extension TextOutput: OutputContent {
  public static let kind = "text"

  /// The text, with a line that says what was cut out of it.
  public var plainText: String {
    guard let omitted else { return text + (tail ?? "") }
    let head = text.isEmpty || text.hasSuffix("\n") ? text : text + "\n"
    return head + "… \(omitted.lines) lines (\(omitted.bytes) bytes) omitted …\n" + (tail ?? "")
  }

  public func altText(in language: OutputLanguage) -> String { text }
}
