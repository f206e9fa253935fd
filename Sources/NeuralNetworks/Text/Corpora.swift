import Tensors

/// Small texts made in code.
public enum Corpora {
  /// A sentence in one language and its translation.
  public struct Pair: Sendable, Hashable {
    public let source: [String]
    public let target: [String]
  }

  private static let people = [("i", "je"), ("you", "tu"), ("he", "il"), ("she", "elle")]
  private static let verbs = [
    ("see", ["vois", "vois", "voit", "voit"]), ("like", ["aime", "aimes", "aime", "aime"]),
    ("eat", ["mange", "manges", "mange", "mange"]), ("want", ["veux", "veux", "veut", "veut"]),
  ]
  private static let things = [
    ("apple", "pomme", true), ("bread", "pain", false), ("cake", "gateau", false), ("house", "maison", true),
    ("book", "livre", false), ("flower", "fleur", true),
  ]
  private static let colours = [
    ("red", "rouge", "rouge"), ("green", "vert", "verte"), ("small", "petit", "petite"),
  ]

  /// English sentences with their French translations: in French the verb follows the person, the article and
  /// the colour follow the thing's gender, and the colour comes after the thing, so that word for word does
  /// not do.
  public static let translations: [Pair] = {
    var pairs: [Pair] = []
    for (p, person) in people.enumerated() {
      for verb in verbs {
        let english = p > 1 ? (verb.0 == "see" ? "sees" : verb.0 + "s") : verb.0
        for thing in things {
          let article = thing.2 ? "une" : "un"
          pairs.append(
            Pair(source: [person.0, english, "a", thing.0], target: [person.1, verb.1[p], article, thing.1]))
          for colour in colours {
            pairs.append(
              Pair(
                source: [person.0, english, "a", colour.0, thing.0],
                target: [person.1, verb.1[p], article, thing.1, thing.2 ? colour.2 : colour.1]))
          }
        }
      }
    }
    return pairs
  }()

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
}
