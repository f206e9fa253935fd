public import Figures

/// A world that an agent acts in: Gymnasium's protocol.
///
///     var environment = CartPole()
///     var observation = environment.reset(seed: 42)
///     let step = environment.step(1)
///     step.reward                // 1.0
///     step.terminated            // false
///
/// Environments are values: a copy is a world of its own that goes on from the same place.
public protocol Environment<Observation, Action>: CustomStringConvertible {
  associatedtype Observation
  associatedtype Action
  associatedtype Actions: Space<Action>
  associatedtype Observations: Space<Observation>

  /// The actions that `step` takes.
  var actionSpace: Actions { get }
  /// Where observations lie.
  var observationSpace: Observations { get }

  /// Starts an episode and gives its first observation.
  /// - Parameter seed: starts the environment's random numbers; without one they go on, and the first time they
  ///   start from a seed that the library's own random numbers (`manualSeed`) give.
  mutating func reset(seed: Int?) -> Observation

  /// Does an action.
  mutating func step(_ action: Action) -> Step<Observation>

  /// The present state as text.
  func render() -> String

  /// The present state as a drawing, where that says more than text; `nil` by default.
  func draw() -> Scene?
}

extension Environment {
  /// Starts the next episode; the random numbers go on.
  public mutating func reset() -> Observation { reset(seed: nil) }

  public func render() -> String { "\(Self.self)" }

  public func draw() -> Scene? { nil }

  /// The present state as text.
  public var description: String { render() }
}

/// What an environment answers to an action.
public struct Step<Observation> {
  /// What the agent sees next.
  public var observation: Observation
  /// The reward for the action.
  public var reward: Double
  /// Whether the episode came to its own end: a goal, a fall. No reward can follow.
  public var terminated: Bool
  /// Whether the time limit cut the episode off: rewards could have followed.
  public var truncated: Bool

  /// An answer; nothing is cut off by default.
  @inlinable
  public init(observation: Observation, reward: Double, terminated: Bool, truncated: Bool = false) {
    self.observation = observation
    self.reward = reward
    self.terminated = terminated
    self.truncated = truncated
  }

  /// Whether the episode is over, for whichever reason.
  @inlinable public var isOver: Bool { terminated || truncated }
}

extension Step: Sendable where Observation: Sendable {}
extension Step: Equatable where Observation: Equatable {}

/// What every environment keeps: its random numbers, and where in an episode it is.
///
/// An environment of one's own holds one, calls `start` in `reset` and `tick` in `step`: then the time limit, and the
/// help for a step at the wrong moment, come by themselves.
public struct EpisodeClock: Sendable {
  private enum Phase { case unstarted, running, terminated, truncated }

  /// What messages call the environment.
  public let name: String
  /// The number of steps after which an episode is cut off; `nil` for never.
  public let limit: Int?
  /// The number of steps since the last reset.
  public private(set) var steps = 0
  /// The environment's random numbers.
  public var random = PCG64(seed: 0)
  private var isSeeded = false
  private var phase = Phase.unstarted

  /// - Parameters:
  ///   - name: what messages call the environment.
  ///   - limit: of steps; none by default.
  public init(_ name: String, limit: Int? = nil) {
    require(
      limit.map { $0 > 0 } ?? true,
      .parameter("\(name), time limit", value: Double(limit ?? 0), rule: "it must be at least one step"))
    self.name = name
    self.limit = limit
  }

  /// Starts an episode.
  public mutating func start(seed: Int?) {
    if let seed {
      random = PCG64(seed: seed)
    } else if !isSeeded {
      random = PCG64()
    }
    isSeeded = true
    steps = 0
    phase = .running
  }

  /// Stops with help unless an episode is running.
  @inline(__always)
  public func check() { if phase != .running { complain() } }

  /// Counts a step, and tells whether the time limit cuts the episode off with it.
  @inline(__always)
  public mutating func tick(terminated: Bool) -> Bool {
    steps += 1
    let truncated = limit.map { steps >= $0 } ?? false
    if terminated { phase = .terminated } else if truncated { phase = .truncated }
    return truncated
  }

  /// The mistake of a step now, if it is one.
  package var mistake: Mistake? {
    switch phase {
    case .running: nil
    case .unstarted: .stepBeforeReset(name)
    case .terminated: .stepAfterEnd(name, steps: steps, why: "terminated")
    case .truncated: .stepAfterEnd(name, steps: steps, why: "cut off by the time limit")
    }
  }

  private func complain() { if let mistake { orStop { () throws(Mistake) in throw mistake } } }
}

/// Any environment with another time limit, as Gymnasium's wrapper of that name.
///
///     var short = TimeLimit(MountainCar(timeLimit: nil), 50)
public struct TimeLimit<Base: Environment>: Environment {
  /// The environment within.
  public var base: Base
  private var clock: EpisodeClock

  /// - Parameter limit: the number of steps after which an episode is cut off.
  public init(_ base: Base, _ limit: Int) {
    self.base = base
    clock = EpisodeClock("\(Base.self)", limit: limit)
  }

  public var actionSpace: Base.Actions { base.actionSpace }
  public var observationSpace: Base.Observations { base.observationSpace }

  public mutating func reset(seed: Int?) -> Base.Observation {
    clock.start(seed: 0)
    return base.reset(seed: seed)
  }

  public mutating func step(_ action: Base.Action) -> Step<Base.Observation> {
    clock.check()
    var step = base.step(action)
    step.truncated = clock.tick(terminated: step.isOver) || step.truncated
    return step
  }

  public func render() -> String { base.render() }
  public func draw() -> Scene? { base.draw() }
}
