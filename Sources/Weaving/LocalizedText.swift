/// A text that may be another one in each of a book's languages.
public struct LocalizedText: Hashable, Sendable, ExpressibleByStringLiteral {
  /// What is said in a language that has no text of its own.
  public var main: String
  /// By language.
  private var others: [String: String]

  /// - Parameter others: the texts of languages that have one of their own.
  public init(_ main: String, others: [String: String] = [:]) {
    self.main = main
    self.others = others
  }

  public init(stringLiteral text: String) { self.init(text) }

  /// The text in a language.
  public subscript(language: String) -> String { others[language] ?? main }
}
