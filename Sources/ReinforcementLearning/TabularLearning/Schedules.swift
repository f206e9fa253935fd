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
      require(temperature > 0, .parameter("softmax, temperature", value: temperature, rule: "it must be positive"))
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

/// q(s, a) in memory that is written in place while an agent learns.
struct ActionTable: ~Copyable {
  let stateCount: Int, actionCount: Int
  private let values: UnsafeMutablePointer<Double>

  /// Zeros, or `initial`; −∞ for actions that cannot be done.
  init(_ environment: any TabularEnvironment, initial: Double) {
    stateCount = environment.stateCount
    actionCount = environment.actionCount
    values = .allocate(capacity: stateCount * actionCount)
    values.initialize(repeating: initial, count: stateCount * actionCount)
    if let table = (environment as? any TableEnvironment)?.table {
      for s in 0..<stateCount {
        let empty = (0..<actionCount).filter { table.outcomes(s, $0).isEmpty }
        // Where nothing can be done the episode is over, and the value stays as it is.
        if empty.count < actionCount { for a in empty { self[s, a] = -.infinity } }
      }
    }
  }

  deinit { values.deallocate() }

  @inline(__always)
  subscript(_ s: Int, _ a: Int) -> Double {
    get { values[s * actionCount + a] }
    nonmutating set { values[s * actionCount + a] = newValue }
  }

  @inline(__always)
  func best(_ s: Int) -> Double {
    let row = values + s * actionCount
    var best = row[0]
    for a in 1..<max(actionCount, 1) where row[a] > best { best = row[a] }
    return best
  }

  /// The best action, one at random where several are equally good.
  @inline(__always)
  func greedy(_ s: Int, using random: inout PCG64) -> Int {
    let row = values + s * actionCount
    var best = 0
    var ties = 1
    for a in 1..<max(actionCount, 1) {
      if row[a] > row[best] {
        best = a
        ties = 1
      } else if row[a] == row[best] {
        ties += 1
        if random.integer(below: ties) == 0 { best = a }
      }
    }
    return best
  }

  var actionValues: ActionValues {
    var q = ActionValues(states: stateCount, actions: actionCount)
    for i in q.values.indices { q.values[i] = values[i] }
    return q
  }
}
