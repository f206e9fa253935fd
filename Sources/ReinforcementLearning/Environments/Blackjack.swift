/// Gymnasium's Blackjack-v1 (Sutton & Barto, example 5.1): cards from an endless deck; 0 sticks, 1 hits; +1 for a win,
/// −1 for a loss.
///
/// A state is numbered (sum · 11 + dealer's card) · 2 + (1 with a usable ace): `Blackjack.state(sum: 13, dealer: 2,
/// usableAce: true)`.
public struct Blackjack: TabularEnvironment {
  public let actionSpace = Discrete(2)
  public let observationSpace = Discrete(32 * 11 * 2)
  public let actionNames = ["stick", "hit"]
  private var clock: EpisodeClock
  private var player: [Int] = []
  private var dealer: [Int] = []
  /// All cards, and whether the hidden one is turned over.
  var hands: (player: [Int], dealer: [Int], isOver: Bool) { (player, dealer, clock.mistake != nil) }

  /// - Parameter timeLimit: none by default, as in Gymnasium.
  public init(timeLimit: Int? = nil) { clock = EpisodeClock("Blackjack", limit: timeLimit) }

  /// The number of a state.
  public static func state(sum: Int, dealer: Int, usableAce: Bool) -> Int {
    (sum * 11 + dealer) * 2 + (usableAce ? 1 : 0)
  }

  /// What a state's number says.
  public static func decode(_ state: Int) -> (sum: Int, dealer: Int, usableAce: Bool) {
    (state / 22, state / 2 % 11, state % 2 == 1)
  }

  public mutating func reset(seed: Int?) -> Int {
    clock.start(seed: seed)
    dealer = [draw(), draw()]
    player = [draw(), draw()]
    // Gymnasium draws the picture of the dealer's card from the same numbers.
    _ = clock.random.integer(below: 4)
    if dealer[0] == 10 { _ = clock.random.integer(below: 3) }
    return state
  }

  public mutating func step(_ action: Int) -> Step<Int> {
    clock.check()
    require(
      actionSpace.contains(action),
      .action("\(action)", in: "Blackjack", space: "Discrete(2): 0 stick, 1 hit"))
    var reward = 0.0
    var isOver = true
    if action == 1 {
      player.append(draw())
      isOver = total(player).sum > 21
      reward = isOver ? -1 : 0
    } else {
      while total(dealer).sum < 17 { dealer.append(draw()) }
      reward = Blackjack.comparison(total(player).sum, total(dealer).sum)
    }
    let truncated = clock.tick(terminated: isOver)
    return Step(observation: state, reward: reward, terminated: isOver, truncated: truncated)
  }

  private var state: Int {
    let (sum, usable) = total(player)
    return Blackjack.state(sum: sum, dealer: dealer.first ?? 1, usableAce: usable)
  }

  private mutating func draw() -> Int { min(clock.random.integer(below: 13) + 1, 10) }

  private func total(_ hand: [Int]) -> (sum: Int, usable: Bool) {
    let sum = hand.reduce(0, +)
    return hand.contains(1) && sum + 10 <= 21 ? (sum + 10, true) : (sum, false)
  }

  private static func comparison(_ player: Int, _ dealer: Int) -> Double {
    let (a, b) = (player > 21 ? 0 : player, dealer > 21 ? 0 : dealer)
    return a > b ? 1 : a < b ? -1 : 0
  }

  public func stateName(_ state: Int) -> String {
    let (sum, dealer, usable) = Blackjack.decode(state)
    return "\(sum)\(usable ? " with an ace" : "") against \(dealer == 1 ? "ace" : "\(dealer)")"
  }

  public func render() -> String {
    guard let shown = dealer.first else { return "no cards dealt" }
    return
      "player \(player.map(String.init).joined(separator: " ")) = \(total(player).sum), dealer shows \(shown)"
  }
}

// MARK: The exact process

extension Blackjack {
  public var startDistribution: [Double] {
    var start = [Double](repeating: 0, count: stateCount)
    for shown in 1...10 {
      for first in 1...10 {
        for second in 1...10 {
          let (sum, usable) = total([first, second])
          start[Blackjack.state(sum: sum, dealer: shown, usableAce: usable)] +=
            Blackjack.chance(shown) * Blackjack.chance(first) * Blackjack.chance(second)
        }
      }
    }
    return start
  }

  public func model(discount: Double = 1) -> MarkovDecisionProcess {
    let dealers = (0...10).map { $0 == 0 ? [:] : Blackjack.dealerTotals(showing: $0) }
    return MarkovDecisionProcess(
      states: (0..<stateCount).map(stateName), actions: actionNames, discount: discount
    ) { s, a in
      let (sum, shown, usable) = Blackjack.decode(s)
      if sum < (usable ? 12 : 4) || sum > 21 || shown == 0 { return [] }
      if a == 0 {
        return [-1.0, 0, 1].compactMap { reward in
          let p = dealers[shown].reduce(0) {
            $0 + (Blackjack.comparison(sum, $1.key) == reward ? $1.value : 0)
          }
          return p == 0 ? nil : Outcome(p, to: s, reward: reward, isTerminal: true)
        }
      }
      return (1...10).map { card in
        var (total, ace) = (sum + card, usable)
        if card == 1 && !usable && total + 10 <= 21 { (total, ace) = (total + 10, true) }
        if total > 21 && ace { (total, ace) = (total - 10, false) }
        let isBust = total > 21
        return Outcome(
          Blackjack.chance(card), to: Blackjack.state(sum: total, dealer: shown, usableAce: ace),
          reward: isBust ? -1 : 0, isTerminal: isBust)
      }
    }
  }

  private static func chance(_ card: Int) -> Double { card == 10 ? 4.0 / 13 : 1.0 / 13 }

  /// How likely the dealer is to end with each total; 22 and more are busts.
  private static func dealerTotals(showing first: Int) -> [Int: Double] {
    var ends: [Int: Double] = [:]
    func play(_ sum: Int, _ hasAce: Bool, _ p: Double) {
      let best = hasAce && sum + 10 <= 21 ? sum + 10 : sum
      // The hidden card is drawn whatever the first one is.
      if best >= 17 {
        ends[best, default: 0] += p
        return
      }
      for card in 1...10 { play(sum + card, hasAce || card == 1, p * chance(card)) }
    }
    for card in 1...10 { play(first + card, first == 1 || card == 1, chance(card)) }
    return ends
  }
}
