/// Several copies of an environment stepped together, as Gymnasium's `SyncVectorEnv`. A copy whose episode is over starts
/// the next one by itself: its observation is then the new episode's first, and `finalObservations` holds the last one.
///
///     var poles = VectorEnvironment(CartPole(), count: 8)
///     poles.reset(seed: 0)
///     poles.step([0, 1, 0, 1, 0, 1, 0, 1]).rewards
public struct VectorEnvironment<Base: Environment> {
  /// The copies.
  public private(set) var environments: [Base]
  /// The number of copies.
  public var count: Int { environments.count }

  /// - Parameter count: of copies, at least 1.
  public init(_ environment: Base, count: Int) {
    require(
      count > 0, .parameter("VectorEnvironment, count", value: Double(count), rule: "it must be at least 1"))
    environments = Array(repeating: environment, count: count)
  }

  /// Starts all of them; copy i is seeded with seed + i, as in Gymnasium.
  @discardableResult
  public mutating func reset(seed: Int? = nil) -> [Base.Observation] {
    let seed = seed ?? seedFromLibrary()
    return environments.indices.map { environments[$0].reset(seed: seed + $0) }
  }

  /// What all of them answer, in their order.
  public struct Steps {
    /// What each sees next.
    public var observations: [Base.Observation] = []
    /// What each action earned.
    public var rewards: [Double] = []
    /// Whether each episode came to its own end.
    public var terminated: [Bool] = []
    /// Whether each episode was cut off.
    public var truncated: [Bool] = []
    /// The last observation of an episode that this step ended, `nil` where it goes on.
    public var finalObservations: [Base.Observation?] = []
  }

  /// Does action i in copy i.
  public mutating func step(_ actions: [Base.Action]) -> Steps {
    require(
      actions.count == count,
      .shape("VectorEnvironment", found: actions.count, expected: count, what: "actions"))
    var result = Steps()
    for (i, action) in actions.enumerated() {
      let step = environments[i].step(action)
      result.observations.append(step.isOver ? environments[i].reset(seed: nil) : step.observation)
      result.finalObservations.append(step.isOver ? step.observation : nil)
      result.rewards.append(step.reward)
      result.terminated.append(step.terminated)
      result.truncated.append(step.truncated)
    }
    return result
  }
}
