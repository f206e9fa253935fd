/// A number that changes with time: a rate of exploration, a step size.
///
///     Schedule.linear(from: 1, to: 0.05, over: 500)
///     let fixed: Schedule = 0.1
public enum Schedule: Hashable, Sendable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  case constant(Double)
  /// From the first value to the last one in so many episodes, and the last one from then on.
  case linear(from: Double, to: Double, over: Int)
  /// The first value times `factor` after each episode, but never below `minimum`.
  case exponential(from: Double, factor: Double, minimum: Double = 0)

  public init(floatLiteral value: Double) { self = .constant(value) }
  public init(integerLiteral value: Int) { self = .constant(Double(value)) }

  /// The value in episode `n`, counted from 0.
  public func callAsFunction(_ n: Int) -> Double {
    switch self {
    case .constant(let value): value
    case .linear(let first, let last, let count):
      n >= count ? last : first + (last - first) * Double(n) / Double(count)
    case .exponential(let first, let factor, let minimum):
      max(minimum, first * naturalExponential(Double(n) * logarithm(factor)))
    }
  }
}

/// How an agent chooses between what it holds best and what it does not know.
public enum Exploration: Hashable, Sendable {
  /// The best action, but with probability ε any one at random.
  case epsilonGreedy(Schedule)
  /// Action a with a probability in proportion to exp(q(s, a) / temperature).
  case softmax(temperature: Schedule)
  /// The best action always.
  case greedy

  /// The temperature or ε in an episode.
  func rate(_ episode: Int) -> Double {
    switch self {
    case .epsilonGreedy(let schedule):
      let epsilon = schedule(episode)
      checkRate("ε", epsilon)
      return epsilon
    case .softmax(let schedule):
      let temperature = schedule(episode)
      require(
        temperature > 0, .parameter("softmax, temperature", value: temperature, rule: "it must be positive"))
      return temperature
    case .greedy: return 0
    }
  }

  /// An action for state `s`; ties are broken at random. Actions of −∞ are never taken.
  @inline(__always)
  func choose(_ q: borrowing ActionTable, _ s: Int, rate: Double, using random: inout PCG64) -> Int {
    switch self {
    case .greedy: return q.greedy(s, using: &random)
    case .epsilonGreedy:
      if random.uniform() < rate {
        while true {
          let a = random.integer(below: q.actionCount)
          if q[s, a] > -.infinity { return a }
        }
      }
      return q.greedy(s, using: &random)
    case .softmax: return random.index(probabilities(q, s, rate: rate))
    }
  }

  /// π(· | s) of this exploration.
  func probabilities(_ q: borrowing ActionTable, _ s: Int, rate: Double) -> [Double] {
    let row = (0..<q.actionCount).map { q[s, $0] }
    let best = row.max()!
    switch self {
    case .softmax:
      let weights = row.map { naturalExponential(($0 - best) / rate) }
      let sum = weights.reduce(0, +)
      return weights.map { $0 / sum }
    case .greedy, .epsilonGreedy:
      let epsilon = self == .greedy ? 0 : rate
      let ties = Double(row.filter { $0 == best }.count)
      let possible = Double(row.filter { $0 > -.infinity }.count)
      return row.map { $0 == -.infinity ? 0 : epsilon / possible + ($0 == best ? (1 - epsilon) / ties : 0) }
    }
  }
}
