/// q(s, a) in memory that is written in place while an agent learns.
struct ActionTable: ~Copyable {
  let stateCount: Int, actionCount: Int
  private let values: UnsafeMutablePointer<Double>

  init(states: Int, actions: Int, initial: Double) {
    stateCount = states
    actionCount = actions
    values = .allocate(capacity: states * actions)
    values.initialize(repeating: initial, count: states * actions)
  }

  /// Zeros, or `initial`; −∞ for actions that cannot be done.
  init(_ environment: any TabularEnvironment, initial: Double) {
    self.init(states: environment.stateCount, actions: environment.actionCount, initial: initial)
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
