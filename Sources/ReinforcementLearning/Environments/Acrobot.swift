/// Gymnasium's Acrobot-v1 (Sutton 1996): swing a double pendulum, driven at the joint between its links, above the
/// line. Actions: torque 0 −1, 1 0, 2 +1; −1 a step. An observation is [cos θ₁, sin θ₁, cos θ₂, sin θ₂, θ̇₁, θ̇₂].
public struct Acrobot: ControlEnvironment {
  public let actionSpace = Discrete(3)
  public let observationSpace = Box(
    low: [-1, -1, -1, -1, -4 * .pi, -9 * .pi], high: [1, 1, 1, 1, 4 * .pi, 9 * .pi])
  public var actionNames: [String] { ["torque -1", "torque 0", "torque 1"] }
  private var clock: EpisodeClock
  /// θ₁, θ₂, θ̇₁, θ̇₂.
  private var state = SIMD4<Double>(0, 0, 0, 0)
  var angles: (Double, Double) { (state[0], state[1]) }

  /// - Parameter timeLimit: 500 steps by default, as in Gymnasium.
  public init(timeLimit: Int? = 500) { clock = EpisodeClock("Acrobot", limit: timeLimit) }

  public mutating func reset(seed: Int?) -> [Float] {
    clock.start(seed: seed)
    for i in 0..<4 { state[i] = Double(Float(clock.random.uniform(-0.1, 0.1))) }
    return observation
  }

  /// Starts an episode in a state of one's own.
  @discardableResult
  public mutating func reset(to angles: [Double]) -> [Float] {
    require(
      angles.count == 4, .shape("Acrobot", found: angles.count, expected: 4, what: "numbers θ₁, θ₂, θ̇₁, θ̇₂"))
    clock.start(seed: 0)
    state = SIMD4(angles[0], angles[1], angles[2], angles[3])
    return observation
  }

  public mutating func step(_ action: Int) -> Step<[Float]> {
    clock.check()
    checkAction(action, "Acrobot")
    let torque = Double(action - 1)
    let h = 0.2
    let k1 = derivative(state, torque)
    let k2 = derivative(state + h / 2 * k1, torque)
    let k3 = derivative(state + h / 2 * k2, torque)
    let k4 = derivative(state + h * k3, torque)
    state += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    for i in 0..<2 {
      while state[i] > .pi { state[i] -= 2 * .pi }
      while state[i] < -.pi { state[i] += 2 * .pi }
    }
    state[2] = min(max(state[2], -4 * .pi), 4 * .pi)
    state[3] = min(max(state[3], -9 * .pi), 9 * .pi)
    let terminated = -cosine(state[0]) - cosine(state[1] + state[0]) > 1
    let truncated = clock.tick(terminated: terminated)
    return Step(
      observation: observation, reward: terminated ? 0 : -1, terminated: terminated, truncated: truncated)
  }

  /// The equations of motion of the book (Sutton & Barto, example 11.3 of the first edition); all masses and lengths 1.
  private func derivative(_ s: SIMD4<Double>, _ torque: Double) -> SIMD4<Double> {
    let (center, inertia, g) = (0.5, 1.0, 9.8)
    let (angle1, angle2, turn1, turn2) = (s[0], s[1], s[2], s[3])
    let d1 = center * center + (1 + center * center + 2 * center * cosine(angle2)) + 2 * inertia
    let d2 = center * center + center * cosine(angle2) + inertia
    let phi2 = center * g * cosine(angle1 + angle2 - .pi / 2)
    let phi1 =
      -center * turn2 * turn2 * sine(angle2) - 2 * center * turn2 * turn1 * sine(angle2)
      + (center + 1) * g * cosine(angle1 - .pi / 2) + phi2
    let acceleration2 =
      (torque + d2 / d1 * phi1 - center * turn1 * turn1 * sine(angle2) - phi2)
      / (center * center + inertia - d2 * d2 / d1)
    let acceleration1 = -(d2 * acceleration2 + phi1) / d1
    return SIMD4(turn1, turn2, acceleration1, acceleration2)
  }

  private var observation: [Float] {
    [cosine(state[0]), sine(state[0]), cosine(state[1]), sine(state[1]), state[2], state[3]].map { Float($0) }
  }

  /// The two links on a field of letters, the line to reach above them.
  public func render() -> String {
    var field = Canvas(height: 17, width: 33)
    for column in 0..<33 { field.mark(4, column, "-") }
    let joint = (x: sine(state[0]), y: -cosine(state[0]))
    let tip = (x: joint.x + sine(state[0] + state[1]), y: joint.y - cosine(state[0] + state[1]))
    func place(_ p: (x: Double, y: Double)) -> (Double, Double) { (8 - p.y * 4, 16 + p.x * 8) }
    field.line(from: place((0, 0)), to: place(joint), "#")
    field.line(from: place(joint), to: place(tip), "o")
    return field.text
  }
}

/// A field of letters to draw on.
struct Canvas {
  private var rows: [[Character]]

  init(height: Int, width: Int) {
    rows = Array(repeating: Array(repeating: " ", count: width), count: height)
  }

  mutating func mark(_ row: Int, _ column: Int, _ letter: Character) {
    if rows.indices.contains(row) && rows[row].indices.contains(column) { rows[row][column] = letter }
  }

  mutating func line(from a: (Double, Double), to b: (Double, Double), _ letter: Character) {
    for i in 0...32 {
      let t = Double(i) / 32
      mark(Int((a.0 + t * (b.0 - a.0)).rounded()), Int((a.1 + t * (b.1 - a.1)).rounded()), letter)
    }
  }

  var text: String { rows.map { String($0) }.joined(separator: "\n") }
}
