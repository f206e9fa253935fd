import Tensors

/// Words, or characters, and their numbers. A word that is not among them has the number of `<unk>`, if there
/// is one.
public struct Vocabulary: Sendable, CustomStringConvertible {
  /// The words in the order of their numbers.
  public let words: [String]
  private let numbers: [String: Int]

  /// What stands for words that are not known: `<unk>`.
  public static let unknown = "<unk>"
  /// What fills sequences up: `<pad>`.
  public static let padding = "<pad>"
  /// What a sequence begins with: `<bos>`.
  public static let start = "<bos>"
  /// What a sequence ends with: `<eos>`.
  public static let end = "<eos>"

  /// The words of a text in order of how often they come, after the special ones.
  /// - Parameters:
  ///   - minimumCount: words that come less often are left out; 1 by default.
  ///   - special: words that come first, such as `Vocabulary.padding`.
  public init(_ words: [String], minimumCount: Int = 1, special: [String] = []) {
    var counts: [String: Int] = [:]
    for word in words { counts[word, default: 0] += 1 }
    let kept = counts.filter { $0.value >= minimumCount && !special.contains($0.key) }
    let order = kept.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
    self.words = special + order.map(\.key)
    numbers = Dictionary(uniqueKeysWithValues: self.words.enumerated().map { ($1, $0) })
  }

  /// The characters of a text, in alphabetical order.
  public init(characters text: String) {
    words = Set(text).sorted().map(String.init)
    numbers = Dictionary(uniqueKeysWithValues: words.enumerated().map { ($1, $0) })
  }

  /// The number of words.
  public var count: Int { words.count }

  /// The number of a word.
  public subscript(_ word: String) -> Int {
    guard let number = numbers[word] ?? numbers[Vocabulary.unknown] else {
      stop("Vocabulary: \"\(word)\" is not among the \(count) words, and there is no \(Vocabulary.unknown)")
    }
    return number
  }

  public func contains(_ word: String) -> Bool { numbers[word] != nil }

  /// The numbers of words.
  public func encode(_ words: [String]) -> [Int] { words.map { self[$0] } }

  /// The numbers of a text's characters.
  public func encode(characters text: String) -> [Int] { text.map { self[String($0)] } }

  /// The words of numbers.
  public func decode(_ numbers: [Int]) -> [String] {
    numbers.map { number in
      guard words.indices.contains(number) else {
        stop("Vocabulary: \(number) is not among the numbers 0…\(count - 1) of the words")
      }
      return words[number]
    }
  }

  public var description: String {
    "\(count) words: \(words.prefix(10).joined(separator: " "))\(count > 10 ? " …" : "")"
  }
}
