public import CellOutputs

/// A drawing of simple shapes in a box of coordinates, x to the right and y upwards.
///
///     var scene = Scene(x: -2.4...2.4, y: -0.5...1.5, description: "The pole leans to the right")
///     scene.line((-2.4, 0), (2.4, 0), ink: .muted)
///     scene.rectangle((-0.2, 0), (0.2, 0.2), ink: .blue, isFilled: true)
///     scene.line((0, 0.2), (0.3, 1.1), ink: .orange, width: 6)
///     scene
public struct Scene: CellDisplayable, CustomStringConvertible, Sendable {
  public typealias Ink = SceneOutput.Ink
  public var output: SceneOutput

  /// - Parameters:
  ///   - description: what can be seen, for readers who do not see it; else the shapes are counted.
  ///   - isDownward: whether y grows downwards, as rows are counted.
  public init(
    x: ClosedRange<Double>, y: ClosedRange<Double>, title: String? = nil, description: String? = nil,
    isDownward: Bool = false
  ) {
    output = SceneOutput(
      title: title, description: description, x: .init(x.lowerBound, x.upperBound),
      y: .init(y.lowerBound, y.upperBound), isDownward: isDownward)
  }

  /// A line from one place to another.
  public mutating func line(
    _ a: (Double, Double), _ b: (Double, Double), ink: Ink = .ink, width: Double = 2, isDashed: Bool = false
  ) {
    line(through: [a, b], ink: ink, width: width, isDashed: isDashed)
  }

  /// A line through several places.
  public mutating func line(
    through points: [(Double, Double)], ink: Ink = .ink, width: Double = 2, isDashed: Bool = false
  ) {
    add(.line, points, ink: ink, size: width, isDashed: isDashed)
  }

  /// A line with a head at its end.
  public mutating func arrow(
    _ a: (Double, Double), _ b: (Double, Double), ink: Ink = .ink, width: Double = 2
  ) {
    add(.arrow, [a, b], ink: ink, size: width)
  }

  public mutating func circle(
    _ center: (Double, Double), radius: Double, ink: Ink = .ink, isFilled: Bool = false, width: Double = 2
  ) {
    add(.circle, [center], radius: radius, ink: ink, isFilled: isFilled, size: width)
  }

  public mutating func polygon(
    _ points: [(Double, Double)], ink: Ink = .ink, isFilled: Bool = false, width: Double = 2
  ) {
    add(.polygon, points, ink: ink, isFilled: isFilled, size: width)
  }

  /// A rectangle between two opposite corners.
  public mutating func rectangle(
    _ a: (Double, Double), _ b: (Double, Double), ink: Ink = .ink, isFilled: Bool = false, width: Double = 2
  ) {
    polygon([a, (b.0, a.1), b, (a.0, b.1)], ink: ink, isFilled: isFilled, width: width)
  }

  /// Words whose middle is at a place.
  public mutating func text(
    _ text: String, at place: (Double, Double), ink: Ink = .ink, size: Double = 14
  ) {
    add(.text, [place], text: text, ink: ink, size: size)
  }

  private mutating func add(
    _ form: SceneOutput.Shape.Form, _ points: [(Double, Double)], radius: Double? = nil, text: String? = nil,
    ink: Ink, isFilled: Bool = false, size: Double, isDashed: Bool = false
  ) {
    output.shapes.append(
      SceneOutput.Shape(
        form, points.map { SceneOutput.Point(rounded($0.0), rounded($0.1)) }, radius: radius.map(rounded),
        text: text, ink: ink, isFilled: isFilled, size: size, isDashed: isDashed))
  }

  /// A ten-thousandth of the box is finer than a screen shows, and short in the record.
  private func rounded(_ value: Double) -> Double {
    let reach = max(output.x.high - output.x.low, output.y.high - output.y.low)
    guard reach > 0, reach.isFinite else { return value }
    var step = 1.0
    while step < reach { step *= 10 }
    while step >= reach { step /= 10 }
    // A power of ten below 1 is no exact number; its inverse is.
    let inverse = (10_000 / step).rounded()
    return inverse >= 1 ? (value * inverse).rounded() / inverse : value
  }

  public var cellOutput: CellOutput { .scene(output) }
  public var description: String { output.plainText }
}
