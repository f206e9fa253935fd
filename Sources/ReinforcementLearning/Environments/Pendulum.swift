/// Gymnasium's Pendulum-v1: swing a pendulum up and hold it by a torque from −2 to 2. Reward
/// −(θ² + 0.1 θ̇² + 0.001 u²), θ = 0 upright. An observation is [cos θ, sin θ, θ̇], an action [u].
public struct Pendulum: Environment, Sendable {
  public let actionSpace = Box(low: [-2], high: [2])
  public let observationSpace = Box(low: [-1, -1, -8], high: [1, 1, 8])
  private var clock: EpisodeClock
  private var angle = Double.pi, turn = 0.0
  var tilt: Double { angle }

  /// - Parameter timeLimit: 200 steps by default, as in Gymnasium.
  public init(timeLimit: Int? = 200) { clock = EpisodeClock("Pendulum", limit: timeLimit) }

  public mutating func reset(seed: Int?) -> [Float] {
    clock.start(seed: seed)
    angle = clock.random.uniform(-.pi, .pi)
    turn = clock.random.uniform(-1, 1)
    return observation
  }

  /// Starts an episode with an angle and a speed of one's own.
  @discardableResult
  public mutating func reset(to state: [Double]) -> [Float] {
    require(state.count == 2, .shape("Pendulum", found: state.count, expected: 2, what: "numbers θ, θ̇"))
    clock.start(seed: 0)
    (angle, turn) = (state[0], state[1])
    return observation
  }

  /// - Parameter action: the torque [u]; one beyond ±2 counts as ±2, as in Gymnasium.
  public mutating func step(_ action: [Float]) -> Step<[Float]> {
    clock.check()
    require(
      action.count == 1 && action[0].isFinite, .action("\(action)", in: "Pendulum", space: "\(actionSpace)"))
    let torque = min(max(Double(action[0]), -2), 2)
    var tilt = (angle + .pi).truncatingRemainder(dividingBy: 2 * .pi)
    if tilt < 0 { tilt += 2 * .pi }
    tilt -= .pi
    let cost = tilt * tilt + 0.1 * turn * turn + 0.001 * torque * torque
    turn = min(max(turn + (15 * sine(angle) + 3 * torque) * 0.05, -8), 8)
    angle += turn * 0.05
    let truncated = clock.tick(terminated: false)
    return Step(observation: observation, reward: -cost, terminated: false, truncated: truncated)
  }

  private var observation: [Float] { [Float(cosine(angle)), Float(sine(angle)), Float(turn)] }

  public func render() -> String {
    var field = Canvas(height: 9, width: 17)
    field.line(from: (4, 8), to: (4 - 4 * cosine(angle), 8 - 8 * sine(angle)), "#")
    field.mark(4, 8, "+")
    return field.text
  }
}
