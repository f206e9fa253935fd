/// A Markov process: states, and the probabilities of going from one to the next, whatever came before.
///
///     let weather = MarkovChain(["sun", "rain"], [[0.9, 0.1], [0.5, 0.5]])
///     weather.stationaryDistribution   // [0.8333, 0.1667]
///     weather.sample(from: "sun", steps: 5, seed: 0)
public struct MarkovChain: Sendable {
  /// The states' names.
  public let states: [String]
  /// P: `transitions[s][s′]` = P(s′ | s); each row adds up to 1.
  public let transitions: [[Double]]

  /// - Parameters:
  ///   - states: their names.
  ///   - transitions: P, a row for each state; each adds up to 1.
  public init(_ states: [String], _ transitions: [[Double]]) {
    self = orStop { () throws(Mistake) in try MarkovChain(checking: states, transitions) }
  }

  package init(checking states: [String], _ transitions: [[Double]]) throws(Mistake) {
    if transitions.count != states.count {
      throw .shape(
        "MarkovChain", found: transitions.count, expected: states.count, what: "rows of probabilities")
    }
    for (name, row) in zip(states, transitions) {
      if row.count != states.count {
        throw .shape("MarkovChain, \(name)", found: row.count, expected: states.count, what: "probabilities")
      }
      try checkProbabilities(row, of: name)
    }
    self.states = states
    self.transitions = transitions
  }

  /// The number of the state of that name.
  public func state(_ name: String) -> Int {
    states.firstIndex(of: name) ?? orStop { () throws(Mistake) in throw .unknownState(name, known: states) }
  }

  /// The states that are never left.
  public var absorbingStates: [String] {
    states.indices.filter { transitions[$0][$0] == 1 }.map { states[$0] }
  }

  /// The names of the states that a walk comes through, the first one included; it stops where it is absorbed.
  /// - Parameter seed: by default drawn from the library's random numbers.
  public func sample(from start: String, steps: Int = 100, seed: Int? = nil) -> [String] {
    var random = PCG64(seed: seed ?? seedFromLibrary())
    var path = [state(start)]
    for _ in 0..<steps {
      let row = transitions[path[path.count - 1]]
      if row[path[path.count - 1]] == 1 { break }
      path.append(random.index(row))
    }
    return path.map { states[$0] }
  }

  /// Pⁿ, the probabilities of going from one state to another in n steps.
  public func transitions(after n: Int) -> [[Double]] {
    require(
      n >= 0, .parameter("transitions(after:)", value: Double(n), rule: "a number of steps is not negative"))
    var power = states.indices.map { i in states.indices.map { $0 == i ? 1.0 : 0 } }
    var square = transitions
    var left = n
    while left > 0 {
      if left & 1 == 1 { power = product(power, square) }
      left >>= 1
      if left > 0 { square = product(square, square) }
    }
    return power
  }

  /// Where the process is n steps after it was at `start`: row `start` of Pⁿ.
  public func distribution(after n: Int, from start: String) -> [Double] {
    transitions(after: n)[state(start)]
  }

  /// μ with μ P = μ and Σ μ = 1; `nil` where there is more than one, as with two absorbing states.
  public var stationaryDistribution: [Double]? {
    let n = states.count
    // (Pᵀ − I) μ = 0, with the last equation, which follows from the others, replaced by Σ μ = 1.
    var matrix = [Double](repeating: 0, count: n * n)
    for i in 0..<n {
      for j in 0..<n { matrix[i + j * n] = i == n - 1 ? 1 : transitions[j][i] - (i == j ? 1 : 0) }
    }
    let right = (0..<n).map { $0 == n - 1 ? 1.0 : 0 }
    guard let solved = solveLinearSystem(matrix, right, count: n) else { return nil }
    // An almost singular matrix gives something that is no distribution, or is not kept by P.
    let kept = (0..<n).allSatisfy { j in
      abs((0..<n).reduce(0) { $0 + solved[$1] * transitions[$1][j] } - solved[j]) < 1e-9 && solved[j] > -1e-9
    }
    return kept ? solved.map { max($0, 0) } : nil
  }

  /// The probability of being absorbed in `target`, from each state.
  /// - Throws: `SingularSystem` where some state never is absorbed anywhere.
  public func absorptionProbabilities(in target: String) throws(SingularSystem) -> [Double] {
    let goal = state(target)
    let entering = states.indices.map { transitions[$0][goal] }
    var values = try solveAbsorbed(entering)
    values[goal] = 1
    return values
  }

  /// The mean number of steps until the process is absorbed, from each state.
  public func expectedStepsToAbsorption() throws(SingularSystem) -> [Double] {
    try solveAbsorbed(states.map { _ in 1 })
  }

  private func solveAbsorbed(_ rewards: [Double]) throws(SingularSystem) -> [Double] {
    try solveBellman(
      rows: sparseRows, rewards: rewards, discount: 1, ends: states.indices.map { transitions[$0][$0] == 1 },
      names: states)
  }

  var sparseRows: [[(state: Int, probability: Double)]] {
    transitions.map { row in
      row.enumerated().filter { $0.element != 0 }.map { (state: $0.offset, probability: $0.element) }
    }
  }
}

private func product(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
  a.map { row in
    var result = [Double](repeating: 0, count: row.count)
    for (k, x) in row.enumerated() where x != 0 {
      for j in result.indices { result[j] += x * b[k][j] }
    }
    return result
  }
}
