/// Gymnasium's MountainCar-v0 (Moore 1990): a car too weak for the hill must swing up. Actions: 0 push left, 1 nothing,
/// 2 push right; −1 a step until the flag at 0.5. An observation is [position, velocity].
public struct MountainCar: ControlEnvironment {
  public let actionSpace = Discrete(3)
  public let observationSpace = Box(low: [-1.2, -0.07], high: [0.6, 0.07])
  public var actionNames: [String] { ["push left", "coast", "push right"] }
  private var clock: EpisodeClock
  private var position = -0.5, velocity = 0.0
  var place: Double { position }

  /// - Parameter timeLimit: 200 steps by default, as in Gymnasium.
  public init(timeLimit: Int? = 200) { clock = EpisodeClock("MountainCar", limit: timeLimit) }

  public mutating func reset(seed: Int?) -> [Float] {
    clock.start(seed: seed)
    (position, velocity) = (clock.random.uniform(-0.6, -0.4), 0)
    return [Float(position), Float(velocity)]
  }

  /// Starts an episode in a state of one's own.
  @discardableResult
  public mutating func reset(to state: [Double]) -> [Float] {
    require(state.count == 2, .shape("MountainCar", found: state.count, expected: 2, what: "numbers"))
    clock.start(seed: 0)
    (position, velocity) = (state[0], state[1])
    return [Float(position), Float(velocity)]
  }

  public mutating func step(_ action: Int) -> Step<[Float]> {
    clock.check()
    checkAction(action, "MountainCar")
    velocity += Double(action - 1) * 0.001 + cosine(3 * position) * -0.0025
    velocity = min(max(velocity, -0.07), 0.07)
    position = min(max(position + velocity, -1.2), 0.6)
    if position == -1.2 && velocity < 0 { velocity = 0 }
    let terminated = position >= 0.5 && velocity >= 0
    let truncated = clock.tick(terminated: terminated)
    return Step(
      observation: [Float(position), Float(velocity)], reward: -1, terminated: terminated,
      truncated: truncated)
  }

  /// The valley, the car `o` and the flag `F`.
  public func render() -> String {
    let columns = 46
    var rows = [[Character]](repeating: [Character](repeating: " ", count: columns), count: 9)
    for column in 0..<columns {
      let x = -1.2 + 1.8 * Double(column) / Double(columns - 1)
      let height = Int((sine(3 * x) * 4 + 4).rounded())
      let here = Int(((position + 1.2) / 1.8 * Double(columns - 1)).rounded()) == column
      let flag = Int((1.7 / 1.8 * Double(columns - 1)).rounded()) == column
      rows[8 - height][column] = here ? "o" : flag ? "F" : "."
    }
    return rows.map { String($0) }.joined(separator: "\n")
  }
}
