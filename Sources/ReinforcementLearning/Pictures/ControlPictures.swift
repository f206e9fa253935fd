import Figures

// The four control problems as drawings. All lengths are the environments' own.

extension CartPole {
  /// The cart on its track between the two ends, and the pole.
  public func draw() -> Scene? {
    let (x, angle) = (position, lean)
    let degrees = fixed(abs(angle) * 180 / .pi, 1)
    var scene = Scene(
      x: -2.6...2.6, y: -0.35...1.35,
      description: "Cart at \(fixed(x, 2)), pole leaning \(degrees)° to the \(angle < 0 ? "left" : "right")")
    scene.line((-2.4, 0), (2.4, 0), ink: .muted)
    for end in [-2.4, 2.4] { scene.line((end, -0.1), (end, 0.1), ink: .muted) }
    scene.rectangle((x - 0.25, -0.12), (x + 0.25, 0.12), ink: .blue, isFilled: true)
    scene.line((x, 0.12), (x + sine(angle), 0.12 + cosine(angle)), ink: .orange, width: 6)
    scene.circle((x, 0.12), radius: 0.05, ink: .ink, isFilled: true)
    return scene
  }
}

extension MountainCar {
  /// The valley, the car and the flag.
  public func draw() -> Scene? {
    func height(_ x: Double) -> Double { sine(3 * x) * 0.45 + 0.55 }
    let x = place
    var scene = Scene(
      x: -1.25...0.65, y: 0...1.25, description: "Car at \(fixed(x, 2)) in the valley, the flag at 0.5")
    scene.line(
      through: (0...36).map { i in
        let x = -1.2 + 1.8 * Double(i) / 36
        return (x, height(x))
      }, ink: .muted)
    scene.line((0.5, height(0.5)), (0.5, height(0.5) + 0.18), ink: .ink)
    scene.polygon(
      [(0.5, height(0.5) + 0.18), (0.58, height(0.5) + 0.15), (0.5, height(0.5) + 0.12)], ink: .green,
      isFilled: true)
    scene.circle((x, height(x) + 0.04), radius: 0.04, ink: .blue, isFilled: true)
    return scene
  }
}

extension Acrobot {
  /// The two links, and the line that the tip has to reach.
  public func draw() -> Scene? {
    let joint = (sine(angles.0), -cosine(angles.0))
    let tip = (joint.0 + sine(angles.0 + angles.1), joint.1 - cosine(angles.0 + angles.1))
    var scene = Scene(
      x: -2.2...2.2, y: -2.2...2.2,
      description: "Tip of the double pendulum at a height of \(fixed(tip.1, 2)), the line at 1")
    scene.line((-2.2, 1), (2.2, 1), ink: .green, isDashed: true)
    scene.line((0, 0), joint, ink: .blue, width: 6)
    scene.line(joint, tip, ink: .orange, width: 6)
    for place in [(0, 0), joint] { scene.circle(place, radius: 0.08, ink: .ink, isFilled: true) }
    return scene
  }
}

extension Pendulum {
  /// The rod about its axle, upright at the top.
  public func draw() -> Scene? {
    let tip = (sine(tilt), cosine(tilt))
    var scene = Scene(
      x: -1.2...1.2, y: -1.2...1.2,
      description: "Pendulum with its tip at a height of \(fixed(tip.1, 2)), upright is 1")
    scene.circle((0, 0), radius: 1, ink: .faint)
    scene.line((0, 0), tip, ink: .orange, width: 8)
    scene.circle((0, 0), radius: 0.05, ink: .ink, isFilled: true)
    return scene
  }
}
