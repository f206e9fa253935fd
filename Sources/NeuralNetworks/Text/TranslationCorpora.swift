import Tensors

extension Corpora {
  /// English sentences with their Chinese translations, drawn without repetition from the 10,800 of a small grammar.
  ///
  /// Word for word does not do: the time goes from the end to the second place, between a number and a thing stands
  /// a measure word that depends on the thing (本 for books, 只 for animals), and the verb never changes.
  ///
  ///     Corpora.englishChinese(3)[0]   // i buy two new books today → 我 今天 买 两 本 新 的 书
  ///
  /// - Parameter count: how many, 1000 by default, 10,800 at the most.
  public static func englishChinese(_ count: Int = 1000) -> [Pair] {
    let total = Chinese.count
    if count < 0 || count > total {
      stop("Corpora.englishChinese: a count of \(count): the grammar has \(total) sentences")
    }
    return randomPermutation(total).prefix(count).map(Chinese.pair)
  }

  /// All 384 English sentences of a small grammar with their French translations: in French the verb follows the
  /// person, the article and the colour follow the thing's gender, and the colour comes after the thing, so that word
  /// for word does not do.
  public static let englishFrench: [Pair] = French.people.indices.flatMap { person in
    French.verbs.flatMap { verb in French.things.flatMap { French.pairs(person, verb, $0) } }
  }
}

private enum Chinese {
  typealias Word = (english: String, chinese: String)

  static let people: [(english: String, chinese: String, isThird: Bool)] = [
    ("i", "我", false), ("you", "你", false), ("he", "他", true), ("she", "她", true), ("we", "我们", false),
    ("they", "他们", false),
  ]
  static let verbs: [Word] = [("see", "看见"), ("like", "喜欢"), ("buy", "买"), ("want", "想要"), ("draw", "画")]
  static let amounts: [Word] = [("a", "一"), ("two", "两"), ("three", "三")]
  static let qualities: [Word?] = [nil, ("red", "红色"), ("big", "大"), ("small", "小"), ("new", "新")]
  static let things: [(one: String, many: String, measure: String, chinese: String)] = [
    ("book", "books", "本", "书"), ("dog", "dogs", "只", "狗"), ("cat", "cats", "只", "猫"),
    ("flower", "flowers", "朵", "花"), ("fish", "fish", "条", "鱼"), ("table", "tables", "张", "桌子"),
  ]
  static let times: [Word?] = [nil, ("today", "今天"), ("every day", "每天"), ("in the evening", "晚上")]

  static let count = [
    people.count, verbs.count, amounts.count, qualities.count, things.count, times.count,
  ].reduce(1, *)

  /// Sentence number `n` of all.
  static func pair(_ n: Int) -> Corpora.Pair {
    var rest = n
    func choose<T>(_ list: [T]) -> T {
      defer { rest /= list.count }
      return list[rest % list.count]
    }
    let (person, verb, amount) = (choose(people), choose(verbs), choose(amounts))
    let (quality, thing, time) = (choose(qualities), choose(things), choose(times))
    let english = [
      person.english, person.isThird ? verb.english + "s" : verb.english, amount.english, quality?.english,
      amount.english == "a" ? thing.one : thing.many, time?.english,
    ]
    let chinese = [
      person.chinese, time?.chinese, verb.chinese, amount.chinese, thing.measure,
      quality.map { $0.chinese + " 的" },
      thing.chinese,
    ]
    return Corpora.Pair(
      english.compactMap { $0 }.joined(separator: " "), chinese.compactMap { $0 }.joined(separator: " "))
  }
}

private enum French {
  typealias Verb = (english: String, french: [String])
  typealias Thing = (english: String, french: String, isFeminine: Bool)

  static let people = [("i", "je"), ("you", "tu"), ("he", "il"), ("she", "elle")]
  static let verbs: [Verb] = [
    ("see", ["vois", "vois", "voit", "voit"]), ("like", ["aime", "aimes", "aime", "aime"]),
    ("eat", ["mange", "manges", "mange", "mange"]), ("want", ["veux", "veux", "veut", "veut"]),
  ]
  static let things: [Thing] = [
    ("apple", "pomme", true), ("bread", "pain", false), ("cake", "gateau", false), ("house", "maison", true),
    ("book", "livre", false), ("flower", "fleur", true),
  ]
  static let colours = [("red", "rouge", "rouge"), ("green", "vert", "verte"), ("small", "petit", "petite")]

  /// A sentence without a colour, and one with each.
  static func pairs(_ person: Int, _ verb: Verb, _ thing: Thing) -> [Corpora.Pair] {
    let (subject, french) = people[person]
    let action = person > 1 ? verb.english + "s" : verb.english
    let article = thing.isFeminine ? "une" : "un"
    let plain = Corpora.Pair(
      source: [subject, action, "a", thing.english],
      target: [french, verb.french[person], article, thing.french])
    return [plain]
      + colours.map { colour in
        Corpora.Pair(
          source: [subject, action, "a", colour.0, thing.english],
          target: plain.target + [thing.isFeminine ? colour.2 : colour.1])
      }
  }
}
