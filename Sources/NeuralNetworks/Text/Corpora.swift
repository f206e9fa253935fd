import Tensors

/// Small texts made in code.
public enum Corpora {
  /// A sentence in one language and its translation.
  public struct Pair: Sendable, Hashable, CustomStringConvertible {
    /// The words of the sentence.
    public let source: [String]
    /// The words of its translation.
    public let target: [String]

    /// A pair of two sentences, given by their words.
    public init(source: [String], target: [String]) {
      self.source = source
      self.target = target
    }

    /// A pair of two sentences whose words are parted by spaces.
    public init(_ source: String, _ target: String) {
      self.init(
        source: source.split(separator: " ").map(String.init),
        target: target.split(separator: " ").map(String.init))
    }

    public var description: String {
      "\(source.joined(separator: " ")) → \(target.joined(separator: " "))"
    }
  }

  /// Sentences of a small grammar, one after another, for models of characters or words.
  public static func story(sentences: Int = 200) -> String {
    let subjects = ["the cat", "a dog", "the old man", "my sister", "the robot"]
    let actions = ["sees", "follows", "likes", "paints", "remembers"]
    let objects = ["the moon", "a bird", "the sea", "an old song", "the garden"]
    let times = ["at night", "in the morning", "every day", "by the river", "again"]
    let choices = randomIntegers(below: 5, count: sentences * 4)
    return (0..<sentences).map { i in
      let c = choices[i * 4..<i * 4 + 4].map { $0 }
      return "\(subjects[c[0]]) \(actions[c[1]]) \(objects[c[2]]) \(times[c[3]])."
    }.joined(separator: " ")
  }

  /// Rows of letters and the same rows backwards: the first letter out is the last one in, so that a network must keep
  /// all of the row, and the longer the row the more. For accuracy by length.
  ///
  /// - Parameters:
  ///   - count: how many pairs.
  ///   - lengths: how long the rows are, each length equally often.
  ///   - letters: how many different letters there are, 10 by default.
  public static func reversals(_ count: Int = 2000, lengths: ClosedRange<Int> = 2...12, letters: Int = 10)
    -> [Pair]
  {
    if count < 0 || lengths.lowerBound < 1 || !(1...26).contains(letters) {
      stop(
        "Corpora.reversals: \(count) rows of \(lengths) letters out of \(letters): counts are not negative, rows not empty, and there are 26 letters"
      )
    }
    let names = (0..<letters).map { String(UnicodeScalar(UInt8(97 + $0))) }
    return (0..<count).map { i in
      let length = lengths.lowerBound + i % lengths.count
      let row = randomIntegers(below: letters, count: length).map { names[$0] }
      return Pair(source: row, target: row.reversed())
    }
  }
}
