extension TabularEnvironment {
  /// The sums of rewards of whole episodes under a policy.
  ///
  ///     FrozenLake().evaluate(learnt.policy, episodes: 1000, seed: 1).mean
  public func evaluate(
    _ policy: Policy, episodes: Int = 100, maximumSteps: Int = 10_000, seed: Int? = nil
  ) -> Returns {
    var environment = self
    var random = PCG64(seed: seed ?? seedFromLibrary())
    let firstSeed = random.integer(below: 1 << 31)
    return Returns(
      (0..<episodes).map { episode in
        var state = environment.reset(seed: episode == 0 ? firstSeed : nil)
        var total = 0.0
        for _ in 0..<maximumSteps {
          let step = environment.step(policy.sample(state, using: &random))
          total += step.reward
          if step.isOver { break }
          state = step.observation
        }
        return total
      })
  }

  /// An episode under a policy, as text after every step: a policy that is followed.
  public func trajectory(
    _ policy: Policy, maximumSteps: Int = 1000, seed: Int? = nil
  ) -> Trajectory<Int, Int> {
    var environment = self
    var random = PCG64(seed: seed ?? seedFromLibrary())
    let start = random.integer(below: 1 << 31)
    return environment.play(seed: start, limit: maximumSteps, recordingFrames: true) {
      policy.sample($0, using: &random)
    }
  }
}

/// The sums of rewards of several episodes.
public struct Returns: Hashable, Sendable, CustomStringConvertible {
  /// The sum of each episode.
  public let values: [Double]

  /// The sums of some episodes.
  public init(_ values: [Double]) { self.values = values }

  /// The number of episodes.
  public var count: Int { values.count }
  /// Their mean, 0 of none.
  public var mean: Double { values.reduce(0, +) / Double(max(count, 1)) }
  /// With n − 1.
  public var standardDeviation: Double {
    let mean = mean
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(count - 1, 1))).squareRoot()
  }
  public var description: String {
    "\(fixed(mean, 2)) ± \(fixed(standardDeviation, 2)) over \(count) episodes"
  }
}
