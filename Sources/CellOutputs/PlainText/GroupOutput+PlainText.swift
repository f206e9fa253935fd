extension GroupOutput: OutputContent {
  public static let kind = "group"

  /// One under the other.
  public var plainText: String { outputs.map(\.plainText).joined(separator: "\n\n") }

  public func altText(in language: OutputLanguage) -> String {
    outputs.map { $0.altText(in: language) }.joined(separator: language.of(" ", ""))
  }
}
