/// Gymnasium's CartPole-v1 (Barto, Sutton & Anderson 1983): keep a pole upright on a cart by pushing it 0 left or
/// 1 right. Reward 1 a step; the episode ends where the cart leaves ±2.4 or the pole ±12°, and is cut off after 500.
///
/// An observation is [x, ẋ, θ, θ̇].
///
///     var pole = CartPole()
///     pole.reset(to: [0, 0, 0, 0])
///     pole.step(1).observation   // [0.0, 0.195122, 0.0, -0.292683]
public struct CartPole: ControlEnvironment {
  public let actionSpace = Discrete(2)
  public let observationSpace = Box(
    low: [-4.8, -.infinity, -0.41887903, -.infinity], high: [4.8, .infinity, 0.41887903, .infinity])
  public var actionNames: [String] { ["left", "right"] }
  private var clock: EpisodeClock
  private var x = 0.0, speed = 0.0, angle = 0.0, turn = 0.0

  // Metres, kilograms and seconds.
  private static let gravity = 9.8, poleMass = 0.1, totalMass = 1.1, halfLength = 0.5, force = 10.0,
    interval = 0.02
  private static let farthest = 2.4
  private static let widest = 12 * 2 * Double.pi / 360

  /// - Parameter timeLimit: 500 steps by default, as in Gymnasium.
  public init(timeLimit: Int? = 500) { clock = EpisodeClock("CartPole", limit: timeLimit) }

  public mutating func reset(seed: Int?) -> [Float] {
    clock.start(seed: seed)
    x = clock.random.uniform(-0.05, 0.05)
    speed = clock.random.uniform(-0.05, 0.05)
    angle = clock.random.uniform(-0.05, 0.05)
    turn = clock.random.uniform(-0.05, 0.05)
    return observation
  }

  /// Starts an episode in a state of one's own.
  @discardableResult
  public mutating func reset(to state: [Double]) -> [Float] {
    require(state.count == 4, .shape("CartPole", found: state.count, expected: 4, what: "numbers x, ẋ, θ, θ̇"))
    clock.start(seed: 0)
    (x, speed, angle, turn) = (state[0], state[1], state[2], state[3])
    return observation
  }

  public mutating func step(_ action: Int) -> Step<[Float]> {
    let (terminated, truncated) = advance(action)
    return Step(observation: observation, reward: 1, terminated: terminated, truncated: truncated)
  }

  /// One step of Euler's method, the observation left to be read from `components`.
  @inline(__always)
  mutating func advance(_ action: Int) -> (terminated: Bool, truncated: Bool) {
    typealias C = CartPole
    clock.check()
    checkAction(action, "CartPole")
    let push = action == 1 ? C.force : -C.force
    let (sine, cosine) = (sine(angle), cosine(angle))
    let moment = C.poleMass * C.halfLength
    let common = (push + moment * turn * turn * sine) / C.totalMass
    let turnRate =
      (C.gravity * sine - cosine * common)
      / (C.halfLength * (4.0 / 3.0 - C.poleMass * cosine * cosine / C.totalMass))
    let acceleration = common - moment * turnRate * cosine / C.totalMass
    x += C.interval * speed
    speed += C.interval * acceleration
    angle += C.interval * turn
    turn += C.interval * turnRate
    let terminated = abs(x) > C.farthest || abs(angle) > C.widest
    return (terminated, clock.tick(terminated: terminated))
  }

  /// Where the cart is and how far the pole leans, for drawing.
  var position: Double { x }
  var lean: Double { angle }
  var components: SIMD4<Float> { SIMD4(Float(x), Float(speed), Float(angle), Float(turn)) }
  private var observation: [Float] { [Float(x), Float(speed), Float(angle), Float(turn)] }

  /// The cart, 41 letters for −2.4 … 2.4, and the pole's lean.
  public func render() -> String {
    let place = min(max(Int((x / 2.4 * 20).rounded()), -20), 20) + 20
    let lean = min(max(Int((angle / CartPole.widest * 4).rounded()), -4), 4)
    let rows = (1...4).reversed().map { height -> String in
      let column = min(max(place + Int((Double(lean * height) / 4).rounded()), 0), 40)
      return String(repeating: " ", count: column) + (lean == 0 ? "|" : lean > 0 ? "/" : "\\")
    }
    let cart = String(repeating: "-", count: place) + "■" + String(repeating: "-", count: 40 - place)
    return (rows + [cart]).joined(separator: "\n")
  }
}
