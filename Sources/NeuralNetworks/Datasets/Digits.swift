import Tensors

extension Datasets {
  /// Pictures of handwritten-looking digits, [count, 1, 28, 28] with values from 0 to 1, made of strokes that
  /// are moved, slanted, turned, stretched, bent, drawn thicker or thinner, and made noisy at random.
  public static func digits(_ count: Int) -> Dataset {
    if count < 0 { stop("Datasets.digits: a count of \(count) is negative") }
    let labels = randomIntegers(below: 10, count: count)
    // Eight numbers of jitter a picture, and two for each corner of its strokes.
    let jitter = Tensor.normal([count, 8 + 2 * DigitStrokes.mostPoints]).scalars
    let noise = Tensor.normal([count, 784], standardDeviation: 0.03)
    let width = 8 + 2 * DigitStrokes.mostPoints
    let images = Tensor(uninitialized: [count, 1, 28, 28])
    inChunks(count, grain: 16) { start, n in
      for i in start..<start + n {
        let pose = Array(jitter[i * width..<(i + 1) * width])
        DigitStrokes.draw(labels[i], pose, noise.pointer + i * 784, into: images.pointer + i * 784)
      }
    }
    return Dataset(images, labels, classNames: (0..<10).map(String.init))
  }
}

/// The digits as lines through points, in a square from 0 to 1.
private enum DigitStrokes {
  static let mostPoints = 20

  private typealias Point = (x: Float, y: Float)

  private static let strokes: [[[Point]]] = [
    [arc(0.5, 0.5, 0.28, 0.4, from: 0, to: 2, 13)],
    [[(0.35, 0.25), (0.52, 0.1), (0.52, 0.9)]],
    [arc(0.5, 0.32, 0.26, 0.22, from: 1, to: 2.2, 8) + [(0.24, 0.88), (0.78, 0.88)]],
    [arc(0.48, 0.3, 0.24, 0.2, from: 1.1, to: 2.5, 8), arc(0.48, 0.69, 0.27, 0.21, from: -0.5, to: 0.9, 8)],
    [[(0.6, 0.1), (0.22, 0.62), (0.8, 0.62)], [(0.6, 0.1), (0.6, 0.92)]],
    [[(0.74, 0.12), (0.32, 0.12), (0.29, 0.46)] + arc(0.48, 0.66, 0.27, 0.24, from: 1.35, to: 2.85, 8)],
    [[(0.66, 0.1), (0.36, 0.4)] + arc(0.49, 0.68, 0.24, 0.22, from: 1.05, to: 3.1, 11)],
    [[(0.22, 0.12), (0.78, 0.12), (0.44, 0.9)]],
    [arc(0.5, 0.3, 0.21, 0.19, from: 0.5, to: 2.5, 9), arc(0.5, 0.7, 0.26, 0.21, from: -0.5, to: 1.5, 9)],
    [arc(0.49, 0.33, 0.23, 0.22, from: 0, to: 2, 10) + [(0.72, 0.33), (0.7, 0.6), (0.58, 0.9)]],
  ]

  /// Part of an ellipse; angles in multiples of π, 0 to the right, growing clockwise on the page.
  private static func arc(
    _ cx: Float, _ cy: Float, _ rx: Float, _ ry: Float, from: Float, to: Float, _ count: Int
  ) -> [Point] {
    (0..<count).map { i in
      let angle = Float.pi * (from + (to - from) * Float(i) / Float(count - 1))
      return (cx + rx * cos(angle), cy + ry * sin(angle))
    }
  }

  static func draw(
    _ digit: Int, _ pose: [Float], _ noise: UnsafePointer<Float>, into image: UnsafeMutablePointer<Float>
  ) {
    func bounded(_ i: Int, _ size: Float) -> Float { max(-2, min(2, pose[i])) * size }
    let (turn, slant) = (bounded(0, 0.12), bounded(1, 0.15))
    let (stretchX, stretchY) = (1 + bounded(2, 0.1), 1 + bounded(3, 0.07))
    let (moveX, moveY) = (bounded(4, 1.1), bounded(5, 1.1))
    let thickness = 1.25 + bounded(6, 0.28)
    let ink = 0.92 + bounded(7, 0.04)
    var next = 8
    let lines = strokes[digit].map { stroke in
      stroke.map { point -> Point in
        let (jx, jy) = (bounded(next % pose.count, 0.012), bounded((next + 1) % pose.count, 0.012))
        next = next + 3 < pose.count ? next + 2 : 8
        let (u, v) = ((point.x - 0.5 + jx) * stretchX, (point.y - 0.5 + jy) * stretchY)
        let sheared = u - slant * v
        let (x, y) = (sheared * cos(turn) - v * sin(turn), sheared * sin(turn) + v * cos(turn))
        return (14 + 20 * x + moveX, 14 + 20 * y + moveY)
      }
    }
    for row in 0..<28 {
      for column in 0..<28 {
        let point: Point = (Float(column) + 0.5, Float(row) + 0.5)
        let away = lines.map { distance(point, $0) }.min() ?? 99
        let value = ink * max(0, min(1, thickness + 0.5 - away))
        image[row * 28 + column] = max(0, min(1, value + (value > 0 ? noise[row * 28 + column] : 0)))
      }
    }
  }

  /// From a point to the nearest place on a line of segments.
  private static func distance(_ p: Point, _ line: [Point]) -> Float {
    var best = Float.infinity
    for (a, b) in zip(line, line.dropFirst()) {
      let (dx, dy) = (b.x - a.x, b.y - a.y)
      let length = dx * dx + dy * dy
      let t = length > 0 ? max(0, min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / length)) : 0
      let (ex, ey) = (a.x + t * dx - p.x, a.y + t * dy - p.y)
      best = min(best, ex * ex + ey * ey)
    }
    return best.squareRoot()
  }
}
