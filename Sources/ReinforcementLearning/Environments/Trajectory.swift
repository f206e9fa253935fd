public import Figures

/// What happened from a reset to an end: τ = s₀, a₀, r₁, s₁, a₁, r₂, …
public struct Trajectory<Observation, Action> {
  /// What was seen, the last observation included: one more than the actions.
  public var observations: [Observation] = []
  /// What was done.
  public var actions: [Action] = []
  /// `rewards[t]` came for `actions[t]`.
  public var rewards: [Double] = []
  /// Whether the episode came to its own end; else it was cut off.
  public var terminated = false
  /// The state as text after each observation, where it was asked for.
  public var frames: [String] = []
  /// The state as a drawing after each observation, where it was asked for and there is one.
  public var scenes: [Scene] = []
  /// What each action is called, where actions have names.
  var actionNames: [String] = []

  /// A trajectory of no steps.
  public init() {}

  /// The number of steps.
  public var count: Int { actions.count }
  /// The sum of the rewards, without a discount.
  public var totalReward: Double { rewards.reduce(0, +) }
  /// The return from each step on.
  public func returns(discount: Double) -> [Double] { discountedReturns(rewards, discount: discount) }
}

extension Trajectory: Sendable where Observation: Sendable, Action: Sendable {}

extension Environment {
  /// Plays an episode: `policy` gives the action for an observation.
  ///
  ///     var pole = CartPole()
  ///     pole.play(seed: 0) { observation in observation[2] > 0 ? 1 : 0 }.totalReward
  ///
  /// - Parameters:
  ///   - limit: at most so many steps, 100,000 by default.
  ///   - recordingFrames: whether the state is kept as text and as a drawing after every step; no by default.
  public mutating func play(
    seed: Int? = nil, limit: Int = 100_000, recordingFrames: Bool = false, _ policy: (Observation) -> Action
  ) -> Trajectory<Observation, Action> {
    var path = Trajectory<Observation, Action>()
    path.observations.append(reset(seed: seed))
    path.actionNames =
      (self as? any ControlEnvironment)?.actionNames ?? (self as? any TabularEnvironment)?.actionNames ?? []
    func record() {
      guard recordingFrames else { return }
      path.frames.append(render())
      if let scene = draw() { path.scenes.append(scene) }
    }
    record()
    while path.count < limit {
      let action = policy(path.observations[path.count])
      let step = step(action)
      path.actions.append(action)
      path.rewards.append(step.reward)
      path.observations.append(step.observation)
      record()
      if step.isOver {
        path.terminated = step.terminated
        break
      }
    }
    return path
  }
}
